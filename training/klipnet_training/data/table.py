"""The tab-separated tables of dataset folders."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from klipnet_live.atomic_file import write_atomically
from klipnet_live.types import UserError

DEFAULT_TABLE = "transcripts.tsv"

Row = dict[str, str]


def table_rows(folder: Path, table: str = DEFAULT_TABLE) -> list[Row]:
    """Rows of a folder's table, each with a path. UserError for a table that is not so."""
    path = folder / table
    if not path.is_file():
        raise UserError("{folder} holds no {table}: name its table with --table.", folder=folder, table=table)
    rows = list(read_table(path))
    if not rows:
        raise UserError("{path} names no clip: write a row for each, or prepare the folder again.", path=path)
    if any("path" not in row for row in rows):
        raise UserError(
            "{table} has a row without a path: its columns are path, speaker, text, split, session, align.",
            table=path,
        )
    return rows


def read_table(path: Path) -> Iterator[Row]:
    """Rows of a tab-separated file with a header; empty cells become missing keys.

    A byte order mark, as Excel and Notepad write it, is no part of the first column's name.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                yield {key: value for key, value in row.items() if key and value}
    except UnicodeDecodeError as error:
        raise UserError("{path} is not UTF-8 text: save it as UTF-8.", path=path) from error


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Replace a table at once, so that an interruption leaves the old one. Errors: OSError."""
    text = io.StringIO()
    table = csv.DictWriter(text, columns, "", delimiter="\t", quoting=csv.QUOTE_NONE, lineterminator="\n")
    table.writeheader()
    # A tab or a line break within a cell would break the table; blanks are all one to a text.
    table.writerows({column: " ".join(cell.split()) for column, cell in row.items()} for row in rows)
    write_atomically(path, text.getvalue().encode())
