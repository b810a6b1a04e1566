"""Small tasks that can run in other processes and on other machines."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from klipnet_live.batch.messages import PartialResult, Progress, Report
from klipnet_live.types import UserError


@dataclass(frozen=True, slots=True)
class Square:
    number: int

    def __call__(self, report: Report) -> int:
        report(PartialResult(f"{self.number} squared"))
        return self.number**2


@dataclass(frozen=True, slots=True)
class Refuse:
    def __call__(self, report: Report) -> int:
        raise UserError("{name} lasts {seconds:.1f} s: cut it.", name=Path("a.mp4"), seconds=2.25)


@dataclass(frozen=True, slots=True)
class Die:
    def __call__(self, report: Report) -> int:
        os.kill(os.getpid(), signal.SIGKILL)
        return 0


class _Foreign:
    """Cannot be unpickled, like a value of another version of the program."""

    def __reduce__(self) -> tuple[object, ...]:
        return (int, ("no number",))


@dataclass(frozen=True, slots=True)
class AnswerStrangely:
    def __call__(self, report: Report) -> object:
        return _Foreign()


@dataclass(frozen=True, slots=True)
class Wait:
    """Reports until it is cancelled, at the latest after `seconds`; each run adds a line to `log`."""

    log: Path
    seconds: float

    def __call__(self, report: Report) -> str:
        with self.log.open("a") as log:
            log.write(f"{os.getpid()}\n")
        end_s = time.monotonic() + self.seconds
        while time.monotonic() < end_s:
            report(Progress(0.5))
            time.sleep(0.05)
        return self.log.name
