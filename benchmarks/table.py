"""Prints the figures of several runs as a table and writes them as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

Figures = dict[str, Any]


def report(runs: Sequence[Figures], out: Path | None) -> None:
    """Print the runs side by side; the first figure of each is its heading. `out`: a JSON file to write."""
    first, *rest = list(runs[0])
    table = Table("figure", *(Path(str(run[first])).name for run in runs))
    for key in rest:
        table.add_row(key.replace("_", " "), *(_cell(run[key]) for run in runs))
    Console().print(table)
    if out is not None:
        out.write_text(json.dumps(runs, indent=2) + "\n", encoding="utf-8")


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name.replace('_', ' ')} {number}" for name, number in value.items()) or "-"
    return ", ".join(value) or "-" if isinstance(value, list) else str(value)
