"""Layouts with a folder for each speaker and `.align` files: the GRID corpus and the seeds.

GRID: Cooke, Barker, Cunningham, Shao 2006, doi:10.1121/1.2229005.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from training.data.clips import read_alignment
from training.data.recordings import Recording

VIDEO_SUFFIXES = frozenset({".mpg", ".mpeg", ".mp4", ".avi", ".mov", ".mkv", ".webm"})
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
    """The sentence that the name of a GRID recording spells: `bbaf2n` is "bin blue at f two now"."""
    if len(name) != len(_GRID_WORDS):
        return None
    words = [choices.get(letter) for choices, letter in zip(_GRID_WORDS, name.lower(), strict=True)]
    return " ".join(word for word in words if word) if all(words) else None


def read_grid(folder: Path) -> Iterator[Recording]:
    """Videos anywhere below the folders of speakers (s1, s2, ...), with alignments or without."""
    aligns = Alignments(folder)
    for speaker in speaker_folders(folder):
        for video in sorted(speaker.rglob("*")):
            if video.suffix.lower() in VIDEO_SUFFIXES:
                yield _recording(video, speaker.name, "", aligns)


def read_seed(folder: Path) -> Iterator[Recording]:
    """`datasets/{train,val}/SPEAKER/` with videos or folders of mouth pictures, `datasets/align/`."""
    root = folder / "datasets" if (folder / "datasets").is_dir() else folder
    aligns = Alignments(folder)
    for split in SEED_SPLITS:
        for source in sorted((root / split).glob("*/*")):
            pictures = source.is_dir() and any(source.glob("*.png"))
            if pictures or source.suffix.lower() in VIDEO_SUFFIXES:
                yield _recording(source, source.parent.name, split, aligns)


def speaker_folders(folder: Path) -> list[Path]:
    """Folders named s1, s2, ... at any depth that are not inside each other; the folder itself counts."""
    if SPEAKER_FOLDER.fullmatch(folder.name):
        return [folder]
    found = (path for path in folder.rglob("s*") if path.is_dir() and SPEAKER_FOLDER.fullmatch(path.name))
    return sorted(path for path in found if not _in_speaker_folder(path.relative_to(folder).parent))


class Alignments:
    """All `.align` files below a folder, found by clip and speaker."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._paths: dict[str, list[Path]] = defaultdict(list)
        for path in sorted(folder.rglob("*.align")):
            self._paths[path.stem].append(path.relative_to(folder))

    def find(self, clip: str, speaker: str) -> Path | None:
        """The speaker's own file, else one that lies in no speaker's folder."""
        paths = self._paths[clip]
        own = (path for path in paths if speaker in path.parts)
        shared = (path for path in paths if not _in_speaker_folder(path))
        found = next(own, None) or next(shared, None)
        return self._folder / found if found else None


def _in_speaker_folder(path: Path) -> bool:
    return any(map(SPEAKER_FOLDER.fullmatch, path.parts))


def _recording(source: Path, speaker: str, split: str, aligns: Alignments) -> Recording:
    align = aligns.find(source.stem, speaker)
    text, problem = sentence_of(source.stem) or "", ""
    try:
        text = " ".join(word.text for word in read_alignment(align)) if align else text
    except (ValueError, OSError) as error:
        problem = f"{align} is not an alignment ({error}): expected `start end word` in each line."
    if not text and not problem:
        problem = f"{source} has no alignment, and its name spells no sentence: add an .align file."
    return Recording(source, speaker, text, split, align=align, problem=problem)
