"""One line of one speaker, from the first movement of the lips to the end of the sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from klipnet_live.decoding.beam import BeamSearch
from klipnet_live.decoding.commit import LocalAgreement
from klipnet_live.decoding.known_words import KnownWordsDecoder
from klipnet_live.decoding.readability import ALL_READABLE, NO_EVIDENCE, LineEvidence, Readability
from klipnet_live.decoding.rescoring import Rescorer
from klipnet_live.decoding.transcript import DecodedWord
from klipnet_live.reading.lip_movement import LipMovement
from klipnet_live.reading.live_line_text import LiveLineText
from klipnet_live.reading.model import Chunk, State
from klipnet_live.types import FPS, FloatArray, GreyImage, Hypothesis, Word

SPEAKING = 0.5
"""Probability from which a frame counts as speech."""

END_FRAMES = round(0.6 * FPS)
"""Frames without speech that end a line."""

FALSE_START_FRAMES = round(1.0 * FPS)
"""A line that opened on a movement, but in which nobody speaks for so long, is dropped."""

LONGEST_FRAMES = round(12 * FPS)
"""A line is ended here whatever happens, so that reading it again stays quick."""

_SPOKEN_FRAMES = 3

_MOVED_FRAMES = round(0.3 * FPS)
"""Frames of moving lips below which a line says nothing, whatever the model reads in it.

A cut to another moment of the same face moves the lips too: at once, then for five frames while the crop
follows.
"""

REREAD_FRAMES = 6
"""From the first speech on, the line is read again after so many frames."""

SELDOM_REREAD_FRAMES = 20
"""The same for large models with a decoder: on one core a line of 3 s takes them 0.14 to 0.3 s."""


@dataclass(frozen=True, slots=True)
class Decoders:
    """How log-probabilities become text: quickly while the line is open, carefully at its end."""

    stream: BeamSearch
    final: KnownWordsDecoder
    rule: LocalAgreement
    readability: Readability = ALL_READABLE
    reread_frames: int = REREAD_FRAMES


class OpenLine:
    """What is known of a line so far. Frames are counted from its first one.

    `number`: of its captions, 0 before the first. `crops`: those of all frames, if `keeps_crops`.
    """

    def __init__(self, state: State, decoders: Decoders, *, keeps_crops: bool = False) -> None:
        self.state = state
        self.number = 0
        self.crops: list[GreyImage] = []
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
        """Take in what the model made of the next crops; `times_s` are theirs."""
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
        """Somebody speaks, and enough is new since the last reading."""
        return not self.is_over and self.has_speech and self.unread_frames >= self._decoders.reread_frames

    @property
    def unread_frames(self) -> int:
        """Those since the line was last read as a whole."""
        return len(self._times) - self._reread_at

    def reread(self, log_probs: FloatArray) -> None:
        """Take in the final head's reading of all frames so far, (time, symbols)."""
        self._reread_at = len(self._times)
        self._evidence = self._judge(log_probs)
        self._seems_readable = self._decoders.readability.accepts_partial(self._evidence)
        self._draft.revise(self._decoders.final.partial(log_probs), trusted=self._seems_readable)
        self._remember_committed()

    def finish(self, log_probs: FloatArray, rescorer: Rescorer | None = None) -> Hypothesis:
        """What the network has read, from a reading of the whole line. `shown`: what of it may be seen.

        `rescorer`: rescores whole texts, if the model can.
        """
        self._evidence = self._judge(log_probs)
        self._seems_readable = self._decoders.readability.accepts(self._evidence)
        return self._draft.completed(self._decoders.final.line(log_probs, rescorer))

    @property
    def is_readable(self) -> bool:
        """Whether words are shown: those of a line that was taken for readable once stay."""
        return self._seems_readable or bool(self._committed_words)

    @property
    def has_words(self) -> bool:
        """The network has read something, shown or not."""
        return bool(self._draft.shown.text)

    @property
    def shown(self) -> Hypothesis:
        """What a person sees of the line now."""
        if not self.is_readable:
            return Hypothesis("", "", self.confidence)
        return replace(self._draft.shown, confidence=self.confidence)

    @property
    def confidence(self) -> float:
        """The share of words, shown or not, that are expected to be right."""
        words = self._read_words()
        if not words:
            return self._draft.shown.confidence
        return sum(word.confidence for word in words) / len(words)

    @property
    def words(self) -> tuple[Word, ...]:
        """The words of what is shown, with times on the clock of the frames."""
        return self._read_words() if self.is_readable else ()

    def _judge(self, log_probs: FloatArray) -> LineEvidence:
        return self._decoders.readability.judge(log_probs, np.concatenate(self._streamed))

    def _remember_committed(self) -> None:
        """Words that no longer change keep their times and their confidence as well."""
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
        """Features of the whole line, (time, features), for the final head."""
        return np.concatenate(self._kept)

    @property
    def has_speech(self) -> bool:
        """Somebody spoke, with lips that moved."""
        return self._seems_spoken and self._lips.moved_frames >= _MOVED_FRAMES

    @property
    def _seems_spoken(self) -> bool:
        return len(self._spoken) >= _SPOKEN_FRAMES

    @property
    def is_over(self) -> bool:
        """Nobody has spoken for a while, or the line has grown too long."""
        length = len(self._times)
        if not self._seems_spoken:
            return length >= FALSE_START_FRAMES
        silent = length - 1 - self._spoken[-1] >= END_FRAMES
        return silent or self._lips.rests or self.is_too_long

    @property
    def is_too_long(self) -> bool:
        return len(self._times) >= LONGEST_FRAMES

    def time_s(self, frame: int) -> float:
        """When a frame was seen."""
        return self._times[min(frame, len(self._times) - 1)]

    @property
    def first_s(self) -> float:
        """When its first frame was seen, before anybody spoke."""
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
