"""Reports the progress of an adaptation, and the comparison of the new model with the old one."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

from klipnet_live.errors import Problem
from klipnet_live.plain_text import say
from klipnet_live.types import UserError
from klipnet_training.run.metrics import count
from klipnet_training.run.watcher import HeadReadings


@dataclass(frozen=True, slots=True)
class HeldOutResult:
    """A held-out sentence, and what the base model and the new model read in it."""

    truth: str
    before: str
    after: str


class Report(Protocol):
    """Receives progress, notes and the result."""

    def part(self, stage: str, done: int, total: int) -> None: ...

    def note(self, text: str) -> None: ...

    def result(self, model: Path, readings: Sequence[HeldOutResult]) -> None: ...


class TextReport:
    """Text for people."""

    def __init__(self) -> None:
        self._stage = ""

    def part(self, stage: str, done: int, total: int) -> None:
        if stage != self._stage:
            self._stage = stage
            say(f"{stage}: {total} steps", sys.stderr)

    def note(self, text: str) -> None:
        say(text, sys.stderr)

    def result(self, model: Path, readings: Sequence[HeldOutResult]) -> None:
        for name in ("before", "after"):
            right, words = words_right(readings, name)
            say(f"{name}: {right} of {words} words right in {len(readings)} held-out sentences")
        say(f"The model is in {model}.")


class JsonReport:
    """One JSON object per line, for the window."""

    def part(self, stage: str, done: int, total: int) -> None:
        self._put(stage=stage, done=done, total=total)

    def note(self, text: str) -> None:
        self._put(note=text)

    def result(self, model: Path, readings: Sequence[HeldOutResult]) -> None:
        before, after = (words_right(readings, name) for name in ("before", "after"))
        listed = [asdict(reading) for reading in readings]
        self._put(model=str(model), words=after[1], before=before[0], after=after[0], readings=listed)

    def problem(self, error: UserError) -> None:
        plain = Problem.of(error)
        self._put(problem=plain.template, values=plain.values)

    def _put(self, **fields: object) -> None:
        say(json.dumps(fields))


class TrainingSteps:
    """Reports each training step as part of the whole training."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._done = self._total = 0

    def epoch_begins(self, epoch: int, epochs: int, steps: int, done: int) -> None:
        self._done, self._total = epoch * steps + done, epochs * steps
        self._report.part("training", self._done, self._total)

    def step(self, loss: float, cer: float) -> None:
        self._done += 1
        self._report.part("training", self._done, self._total)

    def epoch_ends(self, record: Mapping[str, float], readings: Sequence[HeadReadings]) -> None:
        self._report.note("  ".join(f"{name} {value:g}" for name, value in record.items()))


def words_right(readings: Sequence[HeldOutResult], which: str) -> tuple[int, int]:
    """Correct words less insertions, and words in the reference."""
    counts = [count(reading.truth, getattr(reading, which)) for reading in readings]
    words = sum(c.words for c in counts)
    return max(0, words - sum(c.word_errors for c in counts)), words
