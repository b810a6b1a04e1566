"""Tasks and states of both studios. Lightweight, since the window imports them at start-up."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from klipnet_live.types import FloatArray, GreyImage, UserError


@dataclass(frozen=True, slots=True)
class StudioTask:
    """What to record: source, folder, speaker, and whether with sound."""

    source: str
    folder: Path
    speaker: str
    sound: bool


@dataclass(frozen=True, slots=True)
class StudioState:
    """`spoken`: sentences kept so far; `faces`: number of faces in view."""

    running: bool
    recording: bool
    faces: int
    spoken: tuple[str, ...]
    problem: UserError | None


@dataclass(frozen=True, slots=True)
class PhraseTake:
    """A recorded take: crops from the first to the last motion, and their features."""

    crops: tuple[GreyImage, ...]
    features: FloatArray


@dataclass(frozen=True, slots=True)
class PhraseStudioState:
    """`crop`: the newest mouth; `moving`: a phrase is being shown; `faces`: number of faces in view."""

    running: bool
    faces: int
    moving: bool
    crop: GreyImage | None
    problem: UserError | None
