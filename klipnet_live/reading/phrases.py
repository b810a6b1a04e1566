"""Matches lines with the phrases of a speaker's profile, as soon as the lips rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from klipnet_live.phrases.in_use import ReadTake, TakeMemory
from klipnet_live.phrases.matcher import Example, PhraseMatch, PhraseMatcher
from klipnet_live.phrases.profile import Encode, Profile
from klipnet_live.phrases.span import spoken_span
from klipnet_live.phrases.visible import is_covered
from klipnet_live.types import FPS, FloatArray, GreyImage, UserError

SURE = 0.6
"""Minimum confidence for showing a phrase as read; below it the nearest phrases are offered."""

REST_FRAMES = round(0.36 * FPS)
"""Rest of the lips that ends a phrase; sentences get more time."""


@dataclass(frozen=True, slots=True)
class ActiveProfile:
    """An active profile. `speaker`: whose lines it applies to; None for everyone.

    `examples`: how the mouth looks when nothing is in front of it.
    """

    name: str
    matcher: PhraseMatcher
    speaker: str | None = None
    examples: tuple[Example, ...] = ()

    def match(self, features: FloatArray) -> PhraseMatch:
        """Match a take; not accepted if something covers the mouth."""
        match = self.matcher.match(features)
        return replace(match, accepted=match.accepted and not is_covered(features, self.examples))


@dataclass(frozen=True, slots=True)
class PhraseReading:
    """Match of a line with the phrases of its speaker, and the crops and features used.

    `first`, `last`: frames of the line in which the phrase is spoken; `features`: of `crops`.
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
    """The active profiles, and the encoder for their features."""

    def __init__(
        self, encode: Encode, profiles: Sequence[ActiveProfile], memory: TakeMemory | None = None
    ) -> None:
        self._encode = encode
        self._profiles = tuple(profiles)
        self._memory = memory

    def remember(self, speaker: str, start_s: float, reading: PhraseReading) -> None:
        """Keep the take of a line, so that it can be added to the phrase that was meant."""
        if self._memory is not None:
            self._memory.add(ReadTake(speaker, start_s, reading.crops, reading.features))

    def knows(self, speaker: str) -> bool:
        """Whether a profile applies to this speaker."""
        return any(True for _ in self._of(speaker))

    def read(self, speaker: str, crops: Sequence[GreyImage]) -> PhraseReading | None:
        """Match the crops of a line; None if the lips hardly moved."""
        span = spoken_span(crops)
        if span is None:
            return None
        features = self._encode(crops[span])
        matches = [profile.match(features) for profile in self._of(speaker)]
        best = max(matches, key=lambda match: (match.accepted, match.confidence))
        return PhraseReading(best, span.start, span.stop - 1, tuple(crops[span]), features)

    def _of(self, speaker: str) -> list[ActiveProfile]:
        return [profile for profile in self._profiles if profile.speaker in (None, speaker)]


def activate(profile: Profile, blocks: int, speaker: str | None = None) -> ActiveProfile:
    """A matcher for a profile. UserError if it has no takes."""
    if not profile.info.takes:
        raise UserError("The profile {name} is empty. Record its phrases first.", name=profile.name)
    examples = tuple(profile.examples)
    return ActiveProfile(profile.name, PhraseMatcher(examples, blocks), speaker, examples)
