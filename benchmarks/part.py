"""Part of a prepared folder, without a copy of its clips."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from klipnet_live.dataset_format import COLUMNS, TABLE, write_table


def write_part(folder: Path, prepared: Path, rows: Iterable[dict[str, str]]) -> Path:
    """A folder with these rows of the prepared one's table, which name its clips where they lie."""
    folder.mkdir(parents=True, exist_ok=True)
    root = prepared.resolve()
    placed = [
        row | {name: str(root / row[name]) for name in ("path", "align") if name in row} for row in rows
    ]
    write_table(folder / TABLE, COLUMNS, placed)
    return folder
