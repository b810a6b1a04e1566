"""Task and state of a caption job. Lightweight, since the window imports it at start-up."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from klipnet_live.captions.gaps import MIN_CONFIDENCE
from klipnet_live.captions.lines import CaptionLine
from klipnet_live.types import Phrases, UserError


@dataclass(frozen=True, slots=True)
class CaptionTask:
    """What to do. `burn_in`: paint the captions into the frames of a video. `sound`: "auto" or "off".

    `sound_language`: by default that of the lips. `marks_unclear`: include unreadable lines with a
    placeholder text. `least_confidence`: words below it become gaps. `review`: the user approves the lines
    before they are written.
    """

    video: Path
    target: Path
    language: str
    model: str | None = None
    phrases: Phrases | None = None
    burn_in: bool = False
    sound: str = "auto"
    marks_unclear: bool = True
    least_confidence: float = MIN_CONFIDENCE
    review: bool = False
    sound_language: str | None = None


@dataclass(frozen=True, slots=True)
class JobState:
    """Progress of a job. `part`: of this stage, 0 to 1; `lines`: number of lines read.

    `to_review`: lines that wait for approval. `notes`: messages that do not stop the job, such as that nobody
    speaks.
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
