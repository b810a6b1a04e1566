"""Reads layouts with one folder per speaker and `.align` files: the GRID corpus and the LipNet seed corpora.

GRID: Cooke, Barker, Cunningham, Shao 2006, doi:10.1121/1.2229005.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from klipnet_live.media.suffixes import is_video
from klipnet_live.types import UserError
from klipnet_training.data.alignments import read_alignment
from klipnet_training.data.files import files_below, pictures_in, readable_name
from klipnet_training.data.recordings import Recording

SEED_SPLITS = ("train", "val")
SPEAKER_FOLDER = re.compile(r"s\d+", re.IGNORECASE)

_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_GRID_WORDS = (
    {"b": "bin", "l": "lay", "p": "place", "s": "set"},
    {"b": "blue", "g": "green", "r": "red", "w": "white"},
    {"a": "at", "b": "by", "i": "in", "w": "with"},
    {letter: letter for letter in "abcdefghijklmnopqrstuvxyz"},
    {"z": "zero"} | {str(digit): word for digit, word in enumerate(_DIGITS) if digit},
    {"a": "again", "n": "now", "p": "please", "s": "soon"},
)


def sentence_of(name: str) -> str | None:
    """Decode the name of a GRID recording: `bbaf2n` is "bin blue at f two now"; None for other names."""
    if len(name) != len(_GRID_WORDS):
        return None
    words = [choices.get(letter) for choices, letter in zip(_GRID_WORDS, name.lower(), strict=True)]
    return " ".join(word for word in words if word) if all(words) else None


def read_grid(folder: Path) -> Iterator[Recording]:
    """Videos anywhere below speaker folders (s1, s2, ...), with or without alignments."""
    aligns = Alignments(folder)
    for path in files_below(folder):
        speaker = speaker_of(folder, path)
        if speaker and is_video(path):
            yield _recording(path, speaker, "", aligns)


def read_seed(folder: Path) -> Iterator[Recording]:
    """Read videos or image folders in `datasets/{train,val}/SPEAKER/`, alignments in `datasets/align/`."""
    root = folder / "datasets" if (folder / "datasets").is_dir() else folder
    aligns = Alignments(root / "align")
    for split in SEED_SPLITS:
        for source in sorted((root / split).glob("*/[!.]*")):
            pictures = source.is_dir() and any(pictures_in(source))
            if pictures or is_video(source):
                yield _recording(source, source.parent.name, split, aligns)


def speaker_of(folder: Path, path: Path) -> str | None:
    """The innermost folder named s1, s2, ... that contains a file; the dataset folder itself may be one."""
    names = (folder.name, *path.relative_to(folder).parts[:-1])
    return next((name for name in reversed(names) if SPEAKER_FOLDER.fullmatch(name)), None)


class Alignments:
    """All `.align` files below a folder, found by clip and speaker."""

    def __init__(self, folder: Path) -> None:
        self._paths: dict[str, dict[str | None, Path]] = defaultdict(dict)
        for path in files_below(folder):
            if path.suffix.lower() == ".align":
                self._paths[_key(path.stem)].setdefault(speaker_of(folder, path), path)

    def find(self, clip: str, speaker: str) -> Path | None:
        """The speaker's own file, else one outside all speaker folders, else None."""
        paths = self._paths[_key(clip)]
        return paths.get(speaker) or paths.get(None)


def _key(clip: str) -> str:
    """Match names of clips and alignments regardless of case and Unicode normalisation."""
    return readable_name(clip).casefold()


def _recording(source: Path, speaker: str, split: str, aligns: Alignments) -> Recording:
    align = aligns.find(source.stem, speaker)
    text, problem = sentence_of(source.stem) or "", ""
    try:
        text = " ".join(word.text for word in read_alignment(align)) if align else text
    except UserError as error:
        problem = str(error)
    if not text and not problem:
        problem = f"{source} has no alignment, and its name is not a GRID sentence code: add an .align file."
    return Recording(source, speaker, text, split, align=align, problem=problem)
