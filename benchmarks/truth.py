"""What is really said in a recording of a dataset folder, and when."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

_ALIGN_UNITS_PER_S = 25_000
_SILENCE = ("sil", "sp")


@dataclass(frozen=True, slots=True)
class Word:
    """A spoken word and when it is spoken, in seconds of the recording."""

    text: str
    start_s: float
    end_s: float


def words_of(source: str) -> list[Word]:
    """The words of a recording whose dataset folder has alignments; else none."""
    path = Path(source).resolve()
    for folder in path.parents:
        table = folder / "transcripts.tsv"
        if table.is_file():
            with table.open(encoding="utf-8", newline="") as file:
                rows = [row for row in csv.DictReader(file, delimiter="\t") if folder / row["path"] == path]
            aligned = [row["align"] for row in rows if row.get("align")]
            return _aligned(folder / aligned[0]) if aligned else []
    return []


def _aligned(path: Path) -> list[Word]:
    rows = [line.split() for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Word(word, int(start) / _ALIGN_UNITS_PER_S, int(end) / _ALIGN_UNITS_PER_S)
        for start, end, word in rows
        if word not in _SILENCE
    ]
