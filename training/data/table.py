"""Writes the tab-separated tables that `clips.read_table` reads."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from klipnet_live.atomic_file import write_atomically


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Replace a table at once, so that an interruption leaves the old one. Errors: OSError."""
    text = io.StringIO()
    table = csv.DictWriter(text, columns, "", delimiter="\t", quoting=csv.QUOTE_NONE, lineterminator="\n")
    table.writeheader()
    # A tab or a line break within a cell would break the table; blanks are all one to a text.
    table.writerows({column: " ".join(cell.split()) for column, cell in row.items()} for row in rows)
    write_atomically(path, text.getvalue().encode())
