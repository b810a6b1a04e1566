"""What is known of phrases while they are being shown."""

from __future__ import annotations

from dataclasses import dataclass

from klipnet_live.types import FloatArray, GreyImage, UserError


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
