"""A subset of a prepared folder, without copying its clips."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from klipnet_live.dataset_format import COLUMNS, TABLE, write_table


def write_part(folder: Path, prepared: Path, rows: Iterable[dict[str, str]]) -> Path:
    """Write a folder with a table of these rows, which refer to the clips of the prepared folder."""
    folder.mkdir(parents=True, exist_ok=True)
    root = prepared.resolve()
    placed = [
        row | {name: str(root / row[name]) for name in ("path", "align") if name in row} for row in rows
    ]
    write_table(folder / TABLE, COLUMNS, placed)
    return folder
