"""Shows a run in the terminal: a progress bar per epoch, then its metrics and sample readings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from klipnet_live.plain_text import one_line
from klipnet_training.data.starred import comparable
from klipnet_training.run.watcher import HeadReadings

_SAMPLES = 6
_SMOOTHING = 0.9
"""Smoothing factor of the values next to the bar."""


class TerminalWatcher:
    """Shows progress on a rich console; use it as a context manager, which removes the bar at the end."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self.bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("loss {task.fields[loss]:.2f}  CER {task.fields[cer]:.1%}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
        )
        self._task: TaskID | None = None
        self._loss = self._cer = 0.0
        self._seen = 0

    def __enter__(self) -> TerminalWatcher:
        self.bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.bar.stop()

    def epoch_begins(self, epoch: int, epochs: int, steps: int, done: int) -> None:
        self._loss = self._cer = 0.0
        self._seen = 0
        label = f"epoch {epoch + 1}/{epochs}"
        self._task = self.bar.add_task(label, total=steps, completed=done, loss=0.0, cer=0.0)

    def step(self, loss: float, cer: float) -> None:
        self._seen += 1
        past = _SMOOTHING if self._seen > 1 else 0.0
        self._loss = past * self._loss + (1 - past) * loss
        self._cer = past * self._cer + (1 - past) * cer
        if self._task is not None:
            self.bar.update(self._task, advance=1, loss=self._loss, cer=self._cer)

    def epoch_ends(self, record: Mapping[str, float], readings: Sequence[HeadReadings]) -> None:
        if self._task is not None:
            self.bar.remove_task(self._task)
        self._console.print("  ".join(f"{name} {value:g}" for name, value in record.items()))
        if readings:
            self._console.print(sample_table(readings))


def sample_table(readings: Sequence[HeadReadings]) -> Table:
    """Transcripts and hypotheses of each head for a few evenly spaced clips."""
    chosen = readings[:: max(1, len(readings) // _SAMPLES)][:_SAMPLES]
    table = Table("truth", *chosen[0].read, show_edge=False)
    for reading in chosen:
        table.add_row(
            escape(one_line(reading.truth)), *(_marked(text, reading.truth) for text in reading.read.values())
        )
    return table


def _marked(text: str, truth: str) -> Text:
    reference, hypothesis = comparable(truth, text)
    return Text(one_line(text), style="green" if hypothesis == reference else "")
