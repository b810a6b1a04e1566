"""The table of a dataset folder, for commands that need its rows."""

from __future__ import annotations

from pathlib import Path

from klipnet_live.dataset_format import TABLE, TableRow, read_table
from klipnet_live.types import UserError


def table_rows(folder: Path, table: str = TABLE) -> list[TableRow]:
    """Rows of a folder's table, each with a path. UserError for a missing or malformed table."""
    path = folder / table
    if not path.is_file():
        raise UserError(
            "{folder} has no {table}: give the name of its table with --table.", folder=folder, table=table
        )
    rows = list(read_table(path))
    if not rows:
        raise UserError(
            "{path} lists no clips: write a row for each, or prepare the folder again.", path=path
        )
    if any("path" not in row for row in rows):
        raise UserError(
            "{table} has a row without a path; the columns are path, speaker, text, split, session, align.",
            table=path,
        )
    return rows
