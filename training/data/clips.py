"""A prepared dataset: mouth crops at 25 fps, what is said, and when."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from klipnet_live.types import UserError
from training.data.stored import Crops as Crops
from training.data.stored import StoredCrops, read_crops

ALIGN_UNITS_PER_FRAME = 1000
"""`.align` files count in thousandths of a 25 fps frame."""

SILENCE_LABELS = frozenset({"sil", "sp"})
UNKNOWN = "*"
"""Stands for words at the start of a transcript that nobody wrote down."""

IN_MEMORY_CLIPS = 8000
"""About 3 GB of three-second clips; of larger folders each clip is read when it is used."""


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
    crops: Crops | StoredCrops
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
    in_memory = len(rows) <= IN_MEMORY_CLIPS
    return [_load(folder, row, in_memory) for row in rows]


def read_table(path: Path) -> Iterator[Row]:
    """Rows of a tab-separated file with a header; empty cells become missing keys."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield {key: value for key, value in row.items() if key and value}


def read_alignment(path: Path) -> tuple[Word, ...]:
    """Words of an `.align` file, without its silences. UserError for a line of another form."""
    try:
        rows = [line.split() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        words = [Word(label, _frame(start), _frame(end)) for start, end, label in rows]
    except ValueError as error:
        raise UserError("{path} is no alignment: write `start end word` in each line.", path=path) from error
    return tuple(word for word in words if word.text not in SILENCE_LABELS)


def _frame(units: str) -> float:
    return int(units) / ALIGN_UNITS_PER_FRAME


def _wanted(row: Row, split: str | None, session: str | None) -> bool:
    return split in (None, row.get("split", "train")) and session in (None, row.get("session"))


def _load(folder: Path, row: Row, in_memory: bool) -> Clip:
    path = folder / row["path"]
    words = read_alignment(folder / row["align"]) if "align" in row else ()
    return Clip(
        path.stem,
        row.get("speaker", ""),
        row.get("session", ""),
        row.get("split", "train"),
        row.get("text", ""),
        read_crops(path) if in_memory else StoredCrops(path),
        words,
    )
