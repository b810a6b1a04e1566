"""Prints the doctor's report to a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from klipnet_live.doctor.check import Check
from klipnet_live.plain_text import one_line


def print_report(checks: Sequence[Check], console: Console | None = None) -> int:
    """Print a line for each check, then the remedies. Returns 1 if something required is missing, else 0."""
    console = console or Console(highlight=False)
    table = Table(box=None, show_header=False, pad_edge=False)
    for check in checks:
        table.add_row(_state(check), Text(one_line(check.name)), Text(one_line(check.detail)))
    console.print(table)
    for check in checks:
        if check.remedy:
            # Without line wrapping, so that commands can be copied.
            remedy = one_line(check.remedy)
            console.print(Text.assemble("\n", (check.name, "bold"), ": ", remedy), soft_wrap=True)
    return int(any(check.needed and not check.ok for check in checks))


def _state(check: Check) -> Text:
    if check.ok:
        return Text("ok", "green")
    return Text("missing", "bold red") if check.needed else Text("not found", "yellow")
