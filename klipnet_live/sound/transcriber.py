"""Transcribes a stream of sound: partial results during an utterance, and a final one at its end."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from klipnet_live.sound.agreement import WordAgreement
from klipnet_live.sound.base import RATE_HZ, Recogniser
from klipnet_live.sound.clock import SampleClock
from klipnet_live.sound.loops import without_loops
from klipnet_live.sound.segments import Segments
from klipnet_live.sound.voice_activity import STEP
from klipnet_live.types import FloatArray, Sound, Utterance, Word

_BEFORE = round(0.4 * RATE_HZ)
"""Samples to include before speech is detected: GRID's first words begin up to 0.25 s earlier."""
_GAP_S = 0.6
"""A longer gap between two blocks counts as silence: an idle output, or a device that stalled."""
_MAX_GAP_S = 1.0
"""Maximum silence to insert for a gap: enough to end an utterance."""
_FIRST_S = 0.5
"""Voice before the first partial result."""
_REDRAW_S, _EARLY_REDRAW_S, _EARLY_S = 0.5, 0.3, 1.4
"""Time between partial results; the second applies in the first 1.4 s of an utterance, where a result is
often empty, or its speaker uncertain."""
_EARLY_STEPS = 12
"""Steps of silence (0.38 s) after which an utterance is recognised ahead of its end. Most utterances have
ended then, so that their line is ready as soon as the silence is long enough."""
_SHARE = 3.0
"""Pause between partial results, relative to their computing time: at most a third of a core is used."""
_MIN_CONFIDENCE = 0.3
"""Minimum mean word confidence of an utterance; less certain ones are noise that resembles a voice."""


class Activity(Protocol):
    """Detects voice, in steps of `STEP` samples."""

    def push(self, samples: FloatArray) -> NDArray[np.float32]: ...

    def reset(self) -> None: ...


class Transcriber:
    """Processes the blocks of one source in order. Not thread-safe.

    `final`: decodes finished utterances instead of `recogniser`. `live`: give partial results during
    utterances; for a file processed faster than real time only the final ones matter.
    """

    def __init__(
        self,
        recogniser: Recogniser,
        activity: Activity,
        *,
        final: Recogniser | None = None,
        hints: Sequence[str] = (),
        live: bool = True,
    ) -> None:
        self._recogniser, self._final, self._activity = recogniser, final or recogniser, activity
        self._hints = tuple(hints)
        self._live = live
        self._segments, self._timeline = Segments(), SampleClock()
        self._samples = np.zeros(0, np.float32)
        self._first = self._received = 0
        """Sample positions: of the first sample kept, and after the last step classified."""
        self._start: int | None = None
        self._number = 0
        self._agreement = WordAgreement()
        self._next_reading = 0
        self._early: tuple[int, tuple[Word, ...]] | None = None
        """Voiced steps of the open utterance when it was read as if it had ended, and its words."""

    @property
    def recogniser(self) -> Recogniser:
        """Recogniser of open utterances."""
        return self._recogniser

    @property
    def speaking(self) -> bool:
        """Whether a voice is detected now."""
        return self._segments.speaking

    def push(self, sound: Sound) -> Iterator[Utterance]:
        """Process a block, mono at 16 kHz; gives new and changed utterances."""
        end = self._first + len(self._samples)
        gap_s = sound.clock_s - self._timeline.clock_s(end) if end else 0.0
        if gap_s > _GAP_S:
            yield from self._hear(np.zeros(round(min(gap_s, _MAX_GAP_S) * RATE_HZ), np.float32))
        self._timeline.add(self._first + len(self._samples), sound.clock_s)
        yield from self._hear(sound.samples)
        if self._live and self._start is not None and self._received >= self._next_reading:
            yield self._partial(self._start)

    def finish(self) -> Iterator[Utterance]:
        """The source has ended: complete the open utterance, if any."""
        if self._start is not None:
            yield self._completed(self._start, self._first + len(self._samples))

    def _hear(self, samples: FloatArray) -> Iterator[Utterance]:
        self._samples = np.concatenate([self._samples, samples])
        for probability in self._activity.push(samples):
            self._received += STEP
            change = self._segments.update(float(probability))
            if change == "begun":
                self._begin()
            elif change == "ended" and self._start is not None:
                yield self._completed(self._start, self._received)
        if self._start is None:
            self._forget(self._received - 2 * _BEFORE)
        elif self._live and self._segments.silent_steps >= _EARLY_STEPS:
            self._read_early(self._start)

    def _read_early(self, start: int) -> None:
        """Read the open utterance the last time, unless that was done since its last voice."""
        voiced = self._segments.voiced_steps
        if self._early is None or self._early[0] != voiced:
            self._early = voiced, self._read(self._final, self._between(start, self._received), start)
            self._next_reading = self._received + round(_REDRAW_S * RATE_HZ)

    def _begin(self) -> None:
        voiced = self._segments.voiced_steps * STEP
        self._start = max(self._first, self._received - voiced - _BEFORE)
        self._next_reading = self._received - voiced + round(_FIRST_S * RATE_HZ)
        self._agreement = WordAgreement()
        self._number += 1

    def _partial(self, start: int) -> Utterance:
        began_s = time.perf_counter()
        samples = self._between(start, self._first + len(self._samples))
        words = self._read(self._recogniser, samples, start)
        self._agreement, shown = self._agreement.update(words)
        early = self._received - start < _EARLY_S * RATE_HZ
        redraw_s = _EARLY_REDRAW_S if early else _REDRAW_S
        wait_s = max(redraw_s, _SHARE * (time.perf_counter() - began_s))
        self._next_reading = self._received + round(wait_s * RATE_HZ)
        sound = Sound(samples, RATE_HZ, self._timeline.clock_s(start))
        return Utterance(self._number, shown, len(self._agreement.committed), False, sound)

    def _completed(self, start: int, end: int) -> Utterance:
        samples = self._between(start, end)
        early, self._early = self._early, None
        if early is not None and early[0] == self._segments.voiced_steps:
            words = early[1]
        else:
            words = self._read(self._final, samples, start)
        words = self._agreement.completed(words)
        sound = Sound(samples, RATE_HZ, self._timeline.clock_s(start))
        self._start = None
        self._forget(end - _BEFORE)
        return Utterance(self._number, words, len(words), True, sound)

    def _read(self, recogniser: Recogniser, samples: FloatArray, start: int) -> tuple[Word, ...]:
        words = without_loops(recogniser.recognise(samples, self._hints))
        if not words or sum(word.confidence for word in words) / len(words) < _MIN_CONFIDENCE:
            return ()
        clock_s = self._timeline.clock_s
        return tuple(
            replace(
                word,
                start_s=clock_s(start + word.start_s * RATE_HZ),
                end_s=clock_s(start + word.end_s * RATE_HZ),
            )
            for word in words
        )

    def _between(self, start: int, end: int) -> FloatArray:
        return self._samples[start - self._first : end - self._first].copy()

    def _forget(self, before: int) -> None:
        """Drop sound that cannot belong to an utterance any more."""
        before = max(self._first, before)
        self._samples = self._samples[before - self._first :].copy()
        self._timeline.forget(before)
        self._first = before
