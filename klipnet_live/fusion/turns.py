"""Speaker turns of one utterance: the speaker of each word is settled in order, and does not change again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from klipnet_live.fusion.sound_delay import NO_DELAY, DelayEstimate
from klipnet_live.fusion.who import SpokenBy
from klipnet_live.types import UNSURE, Utterance, Word

SURE: Final = 0.85
"""Minimum probability for settling the speaker of a word that may still change."""

DOUBTFUL: Final = 0.6
"""If a word and its neighbours have a lower probability, no speaker is named."""

SAME_TURN_S: Final = 1.5
"""A speaker who continues within this time after another's words stays in the same line: both talk at once.
"""

_TOUCH_S: Final = 0.2

LOOK_S: Final = 0.2
"""How much must be observed after a word before its speaker is settled."""

DOUBTFUL_LOOK_S: Final = 3.0
"""The same for a word whose speaker is uncertain, or that seems to be said off screen while a mouth in view
speaks: by then most sentences have ended, and their lips are read."""


@dataclass(slots=True)
class Turn:
    """The part of an utterance by one speaker.

    `number`: of its caption line, once shown. `mixed`: another speaker talks at the same time.
    """

    speaker: str
    end_s: float
    number: int | None = None
    words: tuple[Word, ...] = ()
    committed: tuple[Word, ...] = ()
    text: str = ""
    mixed: bool = False

    @property
    def start_s(self) -> float:
        return self.words[0].start_s if self.words else self.end_s

    def commit(self, words: Sequence[Word]) -> None:
        """Commit these words, if they extend the words committed so far."""
        before = [word.text for word in self.committed]
        if len(words) > len(before) and [word.text for word in words[: len(before)]] == before:
            self.committed = tuple(words)


@dataclass(slots=True)
class Turns:
    """The turns of one utterance so far."""

    heard: Utterance
    """On the clock of the sound; `utterance`: the same on the clock of the video."""
    utterance: Utterance = field(init=False)
    turns: list[Turn] = field(default_factory=list)
    segments: list[tuple[float, int]] = field(default_factory=list)
    """End time and turn index of each segment, in order of time."""
    waits_until_s: float | None = None
    delay: DelayEstimate = NO_DELAY
    """Delay of its sound, the same for all words, so that their order is kept."""

    def __post_init__(self) -> None:
        self.utterance = self.heard

    def hear(self, heard: Utterance, delay: DelayEstimate) -> None:
        """What is heard now, on the clock of the sound, and its delay."""
        earlier_s = delay.seconds - self.delay.seconds
        self.heard, self.delay, self.utterance = heard, delay, heard.earlier(delay.seconds)
        self.segments = [(end_s - earlier_s, turn) for end_s, turn in self.segments]
        for turn in self.turns:
            turn.end_s -= earlier_s

    @property
    def settled_s(self) -> float:
        """Time until which speakers are settled."""
        return self.segments[-1][0] if self.segments else float("-inf")

    def is_settled(self, word: Word) -> bool:
        """Whether the speaker of a word does not change any more."""
        return _middle(word) <= self.settled_s

    def settle(
        self, words: Sequence[Word], attributions: Sequence[SpokenBy], seen_s: float, final: bool
    ) -> None:
        """Settle the speakers of the words in order, up to the first uncertain one.

        `seen_s`: time until which mouths were observed. `final`: settle all words.
        """
        committed = self.utterance.committed
        for i, (word, found) in enumerate(zip(words, attributions, strict=True)):
            if self.is_settled(word):
                continue
            unsure = found.probability < SURE
            look_s = DOUBTFUL_LOOK_S if unsure or found.contested else LOOK_S
            if not final and ((unsure and i >= committed) or seen_s < word.end_s + look_s):
                return
            around = attributions[max(0, i - 1) : i + 2]
            sure = max(other.probability for other in around if other.speaker == found.speaker)
            self._add(found.speaker if sure >= DOUBTFUL else UNSURE, word)

    def divide(self, words: Sequence[Word], attributions: Sequence[SpokenBy]) -> None:
        """Assign the words to turns; unsettled ones go to the last turn if its speaker matches."""
        for turn in self.turns:
            turn.words = ()
        for i, own in groupby(zip(words, attributions, strict=True), key=lambda pair: self._index(*pair)):
            if i is not None:
                self.turns[i].words += tuple(word for word, _ in own)
        for turn in self.turns:
            turn.mixed = any(other is not turn and _touch(turn, other) for other in self.turns)

    def _add(self, speaker: str, word: Word) -> None:
        for i, turn in enumerate(self.turns):
            if turn.speaker == speaker and word.start_s - turn.end_s < SAME_TURN_S:
                turn.end_s = word.end_s
                self.segments.append((word.end_s, i))
                return
        self.segments.append((word.end_s, len(self.turns)))
        self.turns.append(Turn(speaker, word.end_s))

    def _index(self, word: Word, found: SpokenBy) -> int | None:
        for end_s, turn in self.segments:
            if _middle(word) <= end_s:
                return turn
        last = self.segments[-1][1] if self.segments else None
        return last if last is not None and found.speaker == self.turns[last].speaker else None


def _touch(turn: Turn, other: Turn) -> bool:
    if not (turn.words and other.words):
        return False
    return turn.start_s < other.end_s + _TOUCH_S and other.start_s < turn.end_s + _TOUCH_S


def _middle(word: Word) -> float:
    return (word.start_s + word.end_s) / 2
