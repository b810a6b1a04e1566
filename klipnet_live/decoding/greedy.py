"""Greedy CTC: the most probable symbol of each frame, without repeats and blanks."""

from __future__ import annotations

import math
from dataclasses import dataclass

from klipnet_live.decoding.checks import checked_log_probs
from klipnet_live.decoding.transcript import Reading, Transcript, split_words, transcript_of
from klipnet_live.lips.alphabet import BLANK, Alphabet
from klipnet_live.types import FloatArray


@dataclass(frozen=True, slots=True)
class GreedyState:
    """What is written after `frames` frames; `peaks[i]` is the probability of `ids[i]` where it began.

    `last` is the symbol of the newest frame, the blank included.
    """

    ids: tuple[int, ...] = ()
    written: tuple[int, ...] = ()
    peaks: tuple[float, ...] = ()
    last: int = BLANK
    frames: int = 0
    log_prob: float = 0.0


class GreedySearch:
    """The cheapest decoder, with the calls of `BeamSearch`: a baseline, and a quick look while training."""

    def __init__(self, alphabet: Alphabet) -> None:
        self.alphabet = alphabet

    def start(self) -> GreedyState:
        """The state before the first frame."""
        return GreedyState()

    def step(self, log_probs: FloatArray, state: GreedyState) -> GreedyState:
        """The state after the frames of `log_probs` (time, symbols), natural logarithms."""
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
        """What is written so far; a word is as sure as its frames are, on average."""
        silence = math.exp(state.log_prob)
        spans = split_words(Reading(silence, state.ids, state.written, state.peaks), self.alphabet)
        confidences = [span.evidence for span in spans]
        found = transcript_of(state.ids, spans, confidences, silence, state.log_prob, self.alphabet)
        return found.ended() if final else found

    def line(self, log_probs: FloatArray) -> Transcript:
        """The text of a whole line, log-probabilities of shape (time, symbols)."""
        return self.best(self.step(log_probs, self.start()), final=True)
