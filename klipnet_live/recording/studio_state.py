"""What a window asks of a studio, and sees of it. Light, since the window imports it at its start."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from klipnet_live.types import UserError


@dataclass(frozen=True, slots=True)
class StudioTask:
    """What is recorded, of whom, into which folder."""

    source: str
    folder: Path
    speaker: str
    sound: bool


@dataclass(frozen=True, slots=True)
class StudioState:
    """`spoken`: the sentences that are kept; `faces`: how many are in the picture."""

    running: bool
    recording: bool
    faces: int
    spoken: tuple[str, ...]
    problem: UserError | None
