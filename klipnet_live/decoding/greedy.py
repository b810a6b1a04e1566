"""Greedy CTC decoding: the best symbol of each frame, with repeats and blanks removed."""

from __future__ import annotations

import math
from dataclasses import dataclass

from klipnet_live.decoding.checks import checked_log_probs
from klipnet_live.decoding.transcript import CtcHypothesis, Transcript, split_words, transcript_of
from klipnet_live.lips.alphabet import BLANK, Alphabet
from klipnet_live.types import FloatArray


@dataclass(frozen=True, slots=True)
class GreedyState:
    """Decoder state after `frames` frames. `written[i]` is the frame in which `ids[i]` began, `peaks[i]` its
    probability there.

    `last` is the symbol of the newest frame, which may be the blank.
    """

    ids: tuple[int, ...] = ()
    written: tuple[int, ...] = ()
    peaks: tuple[float, ...] = ()
    last: int = BLANK
    frames: int = 0
    log_prob: float = 0.0


class GreedySearch:
    """The fastest decoder, with the interface of `BeamSearch`: a baseline, and a preview during training."""

    def __init__(self, alphabet: Alphabet) -> None:
        self.alphabet = alphabet

    def start(self) -> GreedyState:
        """The state before the first frame."""
        return GreedyState()

    def step(self, log_probs: FloatArray, state: GreedyState) -> GreedyState:
        """The state after `log_probs` of shape (time, symbols), natural logarithms."""
        rows = checked_log_probs(log_probs, self.alphabet.size)
        path, heights = rows.argmax(axis=1).tolist(), rows.max(axis=1).tolist()
        before = [state.last, *path]
        new = [i for i, symbol in enumerate(path) if symbol not in (BLANK, before[i])]
        return GreedyState(
            state.ids + tuple(path[i] for i in new),
            state.written + tuple(state.frames + i for i in new),
            state.peaks + tuple(math.exp(heights[i]) for i in new),
            before[-1],
            state.frames + len(path),
            state.log_prob + math.fsum(heights),
        )

    def best(self, state: GreedyState, *, final: bool = False) -> Transcript:
        """The text so far; a word's confidence is the geometric mean of its symbols' probabilities."""
        silence = math.exp(state.log_prob)
        spans = split_words(CtcHypothesis(silence, state.ids, state.written, state.peaks), self.alphabet)
        confidences = [span.evidence for span in spans]
        found = transcript_of(state.ids, spans, confidences, silence, state.log_prob, self.alphabet)
        return found.ended() if final else found

    def line(self, log_probs: FloatArray) -> Transcript:
        """Decode a complete line of log-probabilities, shape (time, symbols)."""
        return self.best(self.step(log_probs, self.start()), final=True)
