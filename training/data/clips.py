"""A prepared dataset in memory: mouth crops at 25 fps, what is said, and when."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from klipnet_live.types import UserError

ALIGN_UNITS_PER_FRAME = 1000
"""`.align` files count in thousandths of a 25 fps frame."""

SILENCE_LABELS = frozenset({"sil", "sp"})
UNKNOWN = "*"
"""Stands for words at the start of a transcript that nobody wrote down."""

Crops = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Word:
    """One spoken word; frames are fractional, at 25 fps."""

    text: str
    start_frame: float
    end_frame: float


@dataclass(frozen=True, slots=True)
class Clip:
    """One recording: crops (frames, height, width) u8. `words` is empty where no alignment exists."""

    name: str
    speaker: str
    session: str
    split: str
    text: str
    crops: Crops
    words: tuple[Word, ...]


Row = dict[str, str]
Division = Callable[[Sequence[Row]], list[Row]]
"""Gives rows of a table their splits."""


def load_clips(
    folder: Path, split: str | None = None, session: str | None = None, division: Division = list
) -> list[Clip]:
    """Clips of a folder that `klipnet-data prepare` wrote, optionally of one split or session.

    `division` may give the rows other splits than the table's.
    """
    table = folder / "transcripts.tsv"
    if not table.is_file():
        raise UserError("{folder} holds no transcripts.tsv: run `klipnet-data prepare` first.", folder=folder)
    rows = [row for row in division(list(read_table(table))) if _wanted(row, split, session)]
    if not rows:
        raise UserError(
            "{folder} has no clip in split {split}: run `klipnet-data split`, or choose another folder.",
            folder=folder,
            split=split or "any",
        )
    return [_load(folder, row) for row in rows]


def read_table(path: Path) -> Iterator[Row]:
    """Rows of a tab-separated file with a header; empty cells become missing keys."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield {key: value for key, value in row.items() if key and value}


def read_alignment(path: Path) -> tuple[Word, ...]:
    """Words of an `.align` file, without its silences."""
    words = []
    for line in path.read_text(encoding="utf-8").splitlines():
        start, end, label = line.split()
        if label not in SILENCE_LABELS:
            words.append(Word(label, int(start) / ALIGN_UNITS_PER_FRAME, int(end) / ALIGN_UNITS_PER_FRAME))
    return tuple(words)


def _wanted(row: Row, split: str | None, session: str | None) -> bool:
    return split in (None, row.get("split", "train")) and session in (None, row.get("session"))


def _load(folder: Path, row: Row) -> Clip:
    path = folder / row["path"]
    if not path.is_file():
        raise UserError("{path} is missing: run `klipnet-data prepare` again.", path=path)
    with np.load(path) as file:
        crops = file["crops"]
    words = read_alignment(folder / row["align"]) if "align" in row else ()
    return Clip(
        path.stem,
        row.get("speaker", ""),
        row.get("session", ""),
        row.get("split", "train"),
        row.get("text", ""),
        crops,
        words,
    )
