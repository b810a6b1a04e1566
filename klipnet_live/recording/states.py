"""What the window sees of the studios. Light, since the window imports it at its start."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from klipnet_live.types import FloatArray, GreyImage, UserError


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


@dataclass(frozen=True, slots=True)
class ShownTake:
    """A take that was seen: its crops, from the first to the last movement, and their features."""

    crops: tuple[GreyImage, ...]
    features: FloatArray


@dataclass(frozen=True, slots=True)
class PhraseStudioState:
    """`crop`: the newest mouth; `moving`: a phrase is being shown; `faces`: how many are in the picture."""

    running: bool
    faces: int
    moving: bool
    crop: GreyImage | None
    problem: UserError | None
