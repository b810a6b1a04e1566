"""The doctor's report, on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from klipnet_live.doctor.check import Check
from klipnet_live.plain_text import one_line


def print_report(checks: Sequence[Check], console: Console | None = None) -> int:
    """A line for each check, then what to do. Gives 1 where something that is needed is missing, else 0."""
    console = console or Console(highlight=False)
    table = Table(box=None, show_header=False, pad_edge=False)
    for check in checks:
        table.add_row(_state(check), Text(one_line(check.name)), Text(one_line(check.detail)))
    console.print(table)
    for check in checks:
        if check.remedy:
            # Unwrapped, so that a command can be copied.
            remedy = one_line(check.remedy)
            console.print(Text.assemble("\n", (check.name, "bold"), ": ", remedy), soft_wrap=True)
    return int(any(check.needed and not check.ok for check in checks))


def _state(check: Check) -> Text:
    if check.ok:
        return Text("ok", "green")
    return Text("missing", "bold red") if check.needed else Text("not there", "yellow")
