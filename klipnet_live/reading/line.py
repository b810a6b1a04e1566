"""One line of one speaker, from the first lip motion to the end of the sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from klipnet_live.decoding.beam import BeamSearch
from klipnet_live.decoding.commit import LocalAgreement
from klipnet_live.decoding.known_words import KnownWordsDecoder
from klipnet_live.decoding.readability import (
    ALL_READABLE,
    MIN_FRAMES,
    NO_EVIDENCE,
    LineEntropies,
    Readability,
)
from klipnet_live.decoding.rescoring import Rescorer
from klipnet_live.decoding.transcript import DecodedWord
from klipnet_live.reading.feature_statistics import SpeakerStatistics
from klipnet_live.reading.lip_movement import LipMovement
from klipnet_live.reading.live_line_text import LiveLineText
from klipnet_live.reading.model import Chunk, State
from klipnet_live.types import FPS, FloatArray, GreyImage, Hypothesis, Word

SPEAKING = 0.5
"""Minimum probability of a speech frame."""

END_FRAMES = round(0.6 * FPS)
"""Frames without speech that end a line."""

FALSE_START_FRAMES = round(1.0 * FPS)
"""A line that was opened by motion is dropped after this long without speech."""

MAX_FRAMES = round(12 * FPS)
"""Maximum length of a line, which keeps re-decoding fast."""

_SPOKEN_FRAMES = 3

_MOVED_FRAMES = round(0.3 * FPS)
"""Minimum number of frames with lip motion; otherwise the line is empty, whatever the model outputs.

A cut to another moment of the same face also moves the lips: at once, and for five frames while the crop
follows.
"""

REREAD_FRAMES = 6
"""Interval at which an open line is re-decoded with the final head, once speech has started."""

SELDOM_REREAD_FRAMES = 20
"""Interval for large models with a decoder: on one core a line of 3 s takes them 0.14 to 0.3 s."""


@dataclass(frozen=True, slots=True)
class Decoders:
    """Decoders of a model: a fast one for open lines, a careful one for their end.

    `readability`: which lines are shown. `familiarity`: which lines are read without normalising the face.
    """

    stream: BeamSearch
    final: KnownWordsDecoder
    rule: LocalAgreement
    readability: Readability = ALL_READABLE
    familiarity: Readability = ALL_READABLE
    reread_frames: int = REREAD_FRAMES


class OpenLine:
    """State of a line. Frames are counted from its first one.

    `number`: of its captions, 0 before the first. `crops`: of all frames, if `keeps_crops`. `statistics`: of
    the face in its earlier lines.
    """

    def __init__(
        self,
        state: State,
        decoders: Decoders,
        *,
        keeps_crops: bool = False,
        statistics: SpeakerStatistics | None = None,
    ) -> None:
        self.state = state
        self.number = 0
        self.crops: list[GreyImage] = []
        self._statistics = statistics
        self._is_familiar = True
        self._keeps_crops = keeps_crops
        self._lips = LipMovement(END_FRAMES)
        self._decoders = decoders
        self._beam = decoders.stream.start()
        self._draft = LiveLineText(decoders.rule)
        self._reread_at = 0
        self._evidence = NO_EVIDENCE
        self._seems_readable = decoders.readability.accepts_partial(NO_EVIDENCE)
        self._committed_words: tuple[Word, ...] = ()
        self._kept: list[FloatArray] = []
        self._streamed: list[FloatArray] = []
        self._times: list[float] = []
        self._spoken: list[int] = []

    def read(self, chunk: Chunk, times_s: Sequence[float], crops: Sequence[GreyImage]) -> None:
        """Process the model's output for the next crops and their times."""
        self._lips.see(crops)
        if self._keeps_crops:
            self.crops += crops
        first = len(self._times)
        self._times += times_s
        self._spoken += [first + i for i, probability in enumerate(chunk.speaking) if probability >= SPEAKING]
        self._kept.append(chunk.kept)
        self._streamed.append(chunk.log_probs)
        self.state = chunk.state
        self._beam = self._decoders.stream.step(chunk.log_probs, self._beam)
        if self.has_speech:
            self._draft.add(self._decoders.stream.best(self._beam))

    @property
    def wants_rereading(self) -> bool:
        """Whether there is speech, and enough new frames since the last re-reading."""
        return not self.is_over and self.has_speech and self.unread_frames >= self._decoders.reread_frames

    @property
    def unread_frames(self) -> int:
        """Number of frames since the line was last re-read."""
        return len(self._times) - self._reread_at

    def judge(self, log_probs: FloatArray) -> None:
        """Judge whether the line is readable and its face familiar.

        `log_probs`: the final head's output for the frames so far, (time, symbols), without normalisation:
        normalised features make all speech look more like that of the training data.
        """
        entropies = LineEntropies.of(log_probs, np.concatenate(self._streamed))
        self._evidence = self._decoders.readability.judge(entropies)
        familiarity = self._decoders.familiarity
        evidence = familiarity.judge(entropies)
        self._is_familiar = evidence.frames < MIN_FRAMES or familiarity.accepts(evidence)

    def normalised(self) -> FloatArray | None:
        """The features as if the face were one of the training data; None for a familiar face."""
        if self._is_familiar or self._statistics is None:
            return None
        return self._statistics.normalised(self.kept)

    def reread(self, log_probs: FloatArray) -> None:
        """Process the final head's output for the frames so far, which have been judged."""
        self._reread_at = len(self._times)
        self._seems_readable = self._decoders.readability.accepts_partial(self._evidence)
        self._draft.revise(self._decoders.final.partial(log_probs), trusted=self._seems_readable)
        self._remember_committed()

    def finish(self, log_probs: FloatArray, rescorer: Rescorer | None = None) -> Hypothesis:
        """The final text, from the output for the whole line, which has been judged; `shown` may hide it.

        `rescorer`: rescores whole texts, if the model can.
        """
        self._seems_readable = self._decoders.readability.accepts(self._evidence)
        return self._draft.completed(self._decoders.final.line(log_probs, rescorer))

    @property
    def is_readable(self) -> bool:
        """Whether words are shown; a line once judged readable stays readable."""
        return self._seems_readable or bool(self._committed_words)

    @property
    def has_words(self) -> bool:
        """Whether the model has output any words, shown or not."""
        return bool(self._draft.shown.text)

    @property
    def shown(self) -> Hypothesis:
        """The text to display now."""
        if not self.is_readable:
            return Hypothesis("", "", self.confidence)
        return replace(self._draft.shown, confidence=self.confidence)

    @property
    def confidence(self) -> float:
        """Expected share of right words, shown or not."""
        words = self._read_words()
        if not words:
            return self._draft.shown.confidence
        return sum(word.confidence for word in words) / len(words)

    @property
    def words(self) -> tuple[Word, ...]:
        """The displayed words, with times on the clock of the frames."""
        return self._read_words() if self.is_readable else ()

    def _remember_committed(self) -> None:
        """Fix times and confidence of committed words too."""
        count = len(self._draft.shown.committed.split())
        if count > len(self._committed_words):
            self._committed_words = self._read_words()[:count]

    def _read_words(self) -> tuple[Word, ...]:
        known = len(self._committed_words)
        return self._committed_words + tuple(self._timed(word) for word in self._draft.words[known:])

    def _timed(self, word: DecodedWord) -> Word:
        last = len(self._times) - 1
        return Word(
            word.text,
            self._times[min(word.first_frame, last)],
            self._times[min(word.last_frame, last)] + 1 / FPS,
            self._decoders.readability.confidence(word.confidence, self._evidence),
        )

    @property
    def kept(self) -> FloatArray:
        """Features of the whole line for the final head, (time, features)."""
        return np.concatenate(self._kept)

    @property
    def has_speech(self) -> bool:
        """Whether there is speech with moving lips."""
        return self._seems_spoken and self._lips.moved_frames >= _MOVED_FRAMES

    @property
    def _seems_spoken(self) -> bool:
        return len(self._spoken) >= _SPOKEN_FRAMES

    @property
    def is_over(self) -> bool:
        """Whether there was no speech for a while, or the line is too long."""
        length = len(self._times)
        if not self._seems_spoken:
            return length >= FALSE_START_FRAMES
        silent = length - 1 - self._spoken[-1] >= END_FRAMES
        return silent or self._lips.rests or self.is_too_long

    @property
    def is_too_long(self) -> bool:
        return len(self._times) >= MAX_FRAMES

    def time_s(self, frame: int) -> float:
        """Time of a frame."""
        return self._times[min(frame, len(self._times) - 1)]

    @property
    def first_s(self) -> float:
        """Time of the first frame, before speech starts."""
        return self._times[0]

    @property
    def start_s(self) -> float:
        return self._times[self._spoken[0] if self._spoken else 0]

    @property
    def end_s(self) -> float:
        return self._times[self._spoken[-1] if self._spoken else -1]

    @property
    def newest_s(self) -> float:
        return self._times[-1]
