"""Lines of people whose phrases are known: matched as a whole, as soon as the lips rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from klipnet_live.phrases.matcher import PhraseMatch, PhraseMatcher
from klipnet_live.phrases.profile import Encode, Profile
from klipnet_live.phrases.span import spoken_span
from klipnet_live.types import FPS, GreyImage, UserError, Word

SURE = 0.6
"""Confidence from which a phrase is shown as read; below it the nearest ones are offered."""


@dataclass(frozen=True, slots=True)
class ActiveProfile:
    """A profile that is on. `speaker`: whose lines it reads; None: everyone's."""

    name: str
    matcher: PhraseMatcher
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class PhraseReading:
    """What a line is among the phrases of its speaker, and the crops and features that say so.

    `first`, `last`: frames of the line in which it is spoken.
    """

    match: PhraseMatch
    first: int
    last: int

    @property
    def is_sure(self) -> bool:
        return self.match.accepted and self.match.confidence >= SURE


class PhraseReader:
    """The profiles that are on, and the networks that see what they hold."""

    def __init__(self, encode: Encode, profiles: Sequence[ActiveProfile]) -> None:
        self._encode = encode
        self._profiles = tuple(profiles)

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
        return PhraseReading(best, span.start, span.stop - 1)

    def _of(self, speaker: str) -> list[ActiveProfile]:
        return [profile for profile in self._profiles if profile.speaker in (None, speaker)]


def activate(profile: Profile, blocks: int, speaker: str | None = None) -> ActiveProfile:
    """A matcher for a profile. UserError where nothing was shown yet."""
    if not profile.info.takes:
        raise UserError("The profile {name} is empty: show its phrases first.", name=profile.name)
    return ActiveProfile(profile.name, PhraseMatcher(profile.examples, blocks), speaker)


def words_of(text: str, start_s: float, end_s: float, confidence: float) -> tuple[Word, ...]:
    """The words of a phrase that was read as a whole, its time shared out by their lengths."""
    parts = text.split()
    per_letter = (end_s - start_s) / max(1, sum(map(len, parts)))
    words, at = [], start_s
    for part in parts:
        words.append(Word(part, at, at + per_letter * len(part), confidence))
        at += per_letter * len(part)
    return tuple(words)


REST_FRAMES = round(0.36 * FPS)
"""Lips that rest for so long have finished a phrase; a sentence is given more time."""
