"""Lines of people whose phrases are known: matched as a whole, as soon as the lips rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from klipnet_live.phrases.in_use import ReadTake, TakeMemory
from klipnet_live.phrases.matcher import PhraseMatch, PhraseMatcher
from klipnet_live.phrases.profile import Encode, Profile
from klipnet_live.phrases.span import spoken_span
from klipnet_live.types import FPS, FloatArray, GreyImage, UserError

SURE = 0.6
"""Confidence from which a phrase is shown as read; below it the nearest ones are offered."""

REST_FRAMES = round(0.36 * FPS)
"""Lips that rest for so long have finished a phrase; a sentence is given more time."""


@dataclass(frozen=True, slots=True)
class ActiveProfile:
    """A profile that is on. `speaker`: whose lines it reads; None: everyone's."""

    name: str
    matcher: PhraseMatcher
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class PhraseReading:
    """What a line is among the phrases of its speaker, and the crops and features that say so.

    `first`, `last`: frames of the line in which it is spoken; `features` are those of `crops`.
    """

    match: PhraseMatch
    first: int
    last: int
    crops: tuple[GreyImage, ...]
    features: FloatArray

    @property
    def is_sure(self) -> bool:
        return self.match.accepted and self.match.confidence >= SURE


class PhraseReader:
    """The profiles that are on, and the networks that see what they hold."""

    def __init__(
        self, encode: Encode, profiles: Sequence[ActiveProfile], memory: TakeMemory | None = None
    ) -> None:
        self._encode = encode
        self._profiles = tuple(profiles)
        self._memory = memory

    def remember(self, speaker: str, start_s: float, reading: PhraseReading) -> None:
        """Keeps what was seen of a line, so that it can become a take of the phrase that it really was."""
        if self._memory is not None:
            self._memory.add(ReadTake(speaker, start_s, reading.crops, reading.features))

    def knows(self, speaker: str) -> bool:
        """Whether this speaker's lines are matched with phrases."""
        return any(True for _ in self._of(speaker))

    def read(self, speaker: str, crops: Sequence[GreyImage]) -> PhraseReading | None:
        """The phrase in the crops of a line; None where the lips hardly moved."""
        span = spoken_span(crops)
        if span is None:
            return None
        features = self._encode(crops[span])
        matches = [profile.matcher.match(features) for profile in self._of(speaker)]
        best = max(matches, key=lambda match: (match.accepted, match.confidence))
        return PhraseReading(best, span.start, span.stop - 1, tuple(crops[span]), features)

    def _of(self, speaker: str) -> list[ActiveProfile]:
        return [profile for profile in self._profiles if profile.speaker in (None, speaker)]


def activate(profile: Profile, blocks: int, speaker: str | None = None) -> ActiveProfile:
    """A matcher for a profile. UserError where nothing was shown yet."""
    if not profile.info.takes:
        raise UserError("The profile {name} is empty: show its phrases first.", name=profile.name)
    return ActiveProfile(profile.name, PhraseMatcher(profile.examples, blocks), speaker)
