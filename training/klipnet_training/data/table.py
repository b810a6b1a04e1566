"""Reads and writes the tab-separated tables of dataset folders."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from klipnet_live.atomic_file import write_atomically
from klipnet_live.types import UserError

DEFAULT_TABLE = "transcripts.tsv"

_MAX_BYTES = 1 << 30

Row = dict[str, str]


def table_rows(folder: Path, table: str = DEFAULT_TABLE) -> list[Row]:
    """Rows of a folder's table, each with a path. Errors: UserError for a missing or malformed table."""
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


def read_table(path: Path) -> Iterator[Row]:
    """Rows of a tab-separated file with a header; empty cells become missing keys.

    Accepts what Excel and Notepad write: a byte order mark, UTF-16, spaces and quotes around cells, and
    column names in capitals.
    """
    lines = _text_of(path).splitlines(keepends=True)
    try:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            cells = ((_plain(key).lower(), _plain(value)) for key, value in row.items() if key and value)
            yield {key: value for key, value in cells if key and value}
    except csv.Error as error:
        raise UserError(
            "{path} cannot be read as a table ({reason}): write one row per clip, with tabs between cells.",
            path=path,
            reason=error,
        ) from error


def _text_of(path: Path) -> str:
    with path.open("rb") as file:
        data = file.read(_MAX_BYTES)
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UserError("{path} is not UTF-8 text: save it as UTF-8.", path=path) from error


def _plain(cell: str | list[str]) -> str:
    """A cell without the spaces and quotes that spreadsheets put around it."""
    text = " ".join(cell) if isinstance(cell, list) else cell
    text = text.strip().strip("\u00a0\u200b\u3000\ufeff").strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1].replace('""', '"').strip()
    return text


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Replace a table atomically, so that an interruption leaves the old one. Errors: OSError."""
    text = io.StringIO()
    table = csv.DictWriter(text, columns, "", delimiter="\t", quoting=csv.QUOTE_NONE, lineterminator="\n")
    table.writeheader()
    # A tab or line break in a cell would break the table; in texts all white space is equal.
    table.writerows({column: " ".join(cell.split()) for column, cell in row.items()} for row in rows)
    write_atomically(path, text.getvalue().encode())
