"""What a window asks of a caption job, and sees of it. Light, since the window imports it at its start."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from klipnet_live.captions.gaps import LEAST_CONFIDENCE
from klipnet_live.captions.lines import CaptionLine
from klipnet_live.types import Phrases, UserError


@dataclass(frozen=True, slots=True)
class CaptionTask:
    """What is wanted. `burn_in`: into the pictures, where the target is a video. `sound`: "auto" or "off".

    `marks_unclear`: lines that could not be read say so; otherwise they are left out. `least_confidence`: of
    words that are no gap.
    `review`: lines are looked at and approved before they are written.
    """

    video: Path
    target: Path
    language: str
    model: str | None = None
    phrases: Phrases | None = None
    burn_in: bool = False
    sound: str = "auto"
    marks_unclear: bool = True
    least_confidence: float = LEAST_CONFIDENCE
    review: bool = False


@dataclass(frozen=True, slots=True)
class JobState:
    """How far a job is. `part`: of this stage, 0 to 1; `lines`: read so far in whole.

    `to_review`: the lines that wait to be approved. `notes`: what the user should know though the job goes
    on, such as that nobody spoke.
    """

    stage: Literal["reading", "reviewing", "writing", "done", "cancelled", "failed"]
    part: float = 0.0
    lines: int = 0
    problem: UserError | None = None
    notes: tuple[UserError, ...] = ()
    to_review: tuple[CaptionLine, ...] = ()

    @property
    def ended(self) -> bool:
        return self.stage in ("done", "cancelled", "failed")
