"""The tab-separated tables of dataset folders."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from klipnet_live.atomic_file import write_atomically
from klipnet_live.types import UserError

DEFAULT_TABLE = "transcripts.tsv"

_MOST_BYTES = 1 << 30

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

    Read as Excel and Notepad write it: with a byte order mark, as UTF-16, with blanks and quotes around
    cells, and columns in capitals.
    """
    lines = _text_of(path).splitlines(keepends=True)
    try:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            cells = ((_plain(key).lower(), _plain(value)) for key, value in row.items() if key and value)
            yield {key: value for key, value in cells if key and value}
    except csv.Error as error:
        raise UserError(
            "{path} cannot be read as a table ({reason}): write a row for each clip, tabs between cells.",
            path=path,
            reason=error,
        ) from error


def _text_of(path: Path) -> str:
    with path.open("rb") as file:
        data = file.read(_MOST_BYTES)
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UserError("{path} is not UTF-8 text: save it as UTF-8.", path=path) from error


def _plain(cell: str | list[str]) -> str:
    """A cell without the blanks and quotes that spreadsheets put around it."""
    text = " ".join(cell) if isinstance(cell, list) else cell
    text = text.strip().strip("\u00a0\u200b\u3000\ufeff").strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1].replace('""', '"').strip()
    return text


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Replace a table at once, so that an interruption leaves the old one. Errors: OSError."""
    text = io.StringIO()
    table = csv.DictWriter(text, columns, "", delimiter="\t", quoting=csv.QUOTE_NONE, lineterminator="\n")
    table.writeheader()
    # A tab or a line break within a cell would break the table; blanks are all one to a text.
    table.writerows({column: " ".join(cell.split()) for column, cell in row.items()} for row in rows)
    write_atomically(path, text.getvalue().encode())
