"""Clips of the validation split, for tests that read real lips."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Recording:
    """A video and its sentence."""

    path: Path
    text: str


def validation_clips(shared_data: Path, count: int) -> list[Recording]:
    """This many clips of GRID's validation split, evenly spread over the sentences."""
    folder = shared_data / "grid_s1"
    with (folder / "transcripts.tsv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["split"] == "val"]
    chosen = rows[:: len(rows) // count][:count]
    return [Recording(folder / row["path"], row["text"]) for row in chosen]
