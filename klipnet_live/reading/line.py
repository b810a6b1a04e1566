"""One line of one speaker, from the first movement of the lips to the end of the sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

import numpy as np

from klipnet_live.decoding.beam import BeamSearch
from klipnet_live.decoding.commit import LocalAgreement
from klipnet_live.decoding.transcript import Transcript
from klipnet_live.reading.model import Chunk, State
from klipnet_live.types import FPS, FloatArray, Hypothesis

SPEAKING = 0.5
"""Probability from which a frame counts as speech."""

END_FRAMES = round(0.6 * FPS)
"""Frames without speech that end a line."""

FALSE_START_FRAMES = round(1.0 * FPS)
"""A line that opened on a movement, but in which nobody speaks for so long, is dropped."""

LONGEST_FRAMES = round(12 * FPS)
"""A line is ended here whatever happens, so that its second reading stays quick."""

_SPOKEN_FRAMES = 3


COMMIT_CONFIDENCE = 0.95
"""Words less sure than this stay tentative: the second reading may still correct them."""


@dataclass(frozen=True, slots=True)
class Decoders:
    """How log-probabilities become text: quickly while the line is open, carefully at its end."""

    stream: BeamSearch
    final: BeamSearch
    rule: LocalAgreement


class OpenLine:
    """What is known of a line so far. Frames are counted from its first one."""

    def __init__(self, state: State, decoders: Decoders) -> None:
        self.state = state
        self._decoders = decoders
        self._beam = decoders.stream.start()
        self._rule = decoders.rule
        self._kept: list[FloatArray] = []
        self._times: list[float] = []
        self._spoken: list[int] = []
        self.shown = Hypothesis("", "", 0.0)

    def read(self, chunk: Chunk, times_s: Sequence[float]) -> None:
        """Take in the next chunk; `times_s` are the times of its frames."""
        first = len(self._times)
        self._times += times_s
        self._spoken += [first + i for i, probability in enumerate(chunk.speaking) if probability >= SPEAKING]
        self._kept.append(chunk.kept)
        self.state = chunk.state
        self._beam = self._decoders.stream.step(chunk.log_probs, self._beam)
        found = self._decoders.stream.best(self._beam)
        if self.has_speech:
            shown = found.text + found.dangling
            self._rule, self.shown = self._rule.update(shown, found.confidence, _sure(found))

    def finish(self, log_probs: FloatArray) -> Hypothesis:
        """The final text from the second reading. What was committed stays as it is."""
        found = self._decoders.final.line(log_probs)
        return Hypothesis(self._rule.completed(found.text), "", found.confidence)

    @property
    def kept(self) -> FloatArray:
        """Features of the whole line, (time, features), for the second reading."""
        return np.concatenate(self._kept)

    @property
    def has_speech(self) -> bool:
        return len(self._spoken) >= _SPOKEN_FRAMES

    @property
    def is_over(self) -> bool:
        """Nobody has spoken for a while, or the line has grown too long."""
        length = len(self._times)
        if not self.has_speech:
            return length >= FALSE_START_FRAMES
        return length - 1 - self._spoken[-1] >= END_FRAMES or self.is_too_long

    @property
    def is_too_long(self) -> bool:
        return len(self._times) >= LONGEST_FRAMES

    @property
    def start_s(self) -> float:
        return self._times[self._spoken[0] if self._spoken else 0]

    @property
    def end_s(self) -> float:
        return self._times[self._spoken[-1] if self._spoken else -1]

    @property
    def newest_s(self) -> float:
        return self._times[-1]


def _sure(found: Transcript) -> str:
    """The leading words that are confident enough; a space behind them says that the last one is over."""
    words = list(takewhile(lambda word: word.confidence >= COMMIT_CONFIDENCE, found.words))
    text = " ".join(word.text for word in words)
    return text + " " if words and (len(words) < len(found.words) or found.text.endswith(" ")) else text
