"""When each word of a known text was said: the likeliest CTC path that writes exactly that text.

Forced alignment by the Viterbi algorithm over the symbols with blanks between them (Graves et al. 2006,
section 4; Kürzinger et al. 2020, arXiv:2007.09127). No path writes while nobody speaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from klipnet_live.lips.alphabet import BLANK, Alphabet
from klipnet_live.types import FloatArray
from klipnet_training.data.alignments import AlignedWord

LEAD_FRAMES, LATE_FRAMES = 3, 8
"""Symbols may be written a little before speech is seen, and heads write them late (as in training)."""

_WRITTEN_LATE = 2
"""Frames between the end of a word and the space that the final head writes after it: 2.3 in the mean on 52
clips of GRID's s1, 1.9 on 10 of s26, whom the model has never seen."""

_NEVER = -1e9


@dataclass(frozen=True, slots=True)
class Alignment:
    """Words in frames. `cost`: by how much a symbol of this text is less likely than what is read freely."""

    words: tuple[AlignedWord, ...]
    cost: float


def align(
    log_probs: FloatArray, speaking: NDArray[np.bool_], text: str, alphabet: Alphabet
) -> Alignment | None:
    """The words of `text` in log-probabilities (time, symbols); None where they do not fit in the speech.

    `speaking`: frames (time,) in which somebody speaks. Errors: ValueError for a text of other letters.
    """
    symbols = alphabet.encode(text)
    spoken = np.flatnonzero(speaking)
    if not symbols or not spoken.size:
        return None
    begin, end = int(spoken[0]), int(spoken[-1]) + 1
    first, last = max(0, begin - LEAD_FRAMES), min(len(log_probs), end + LATE_FRAMES)
    heard = log_probs[first:last]
    found = _viterbi(heard, symbols)
    if found is None:
        return None
    frames, score = found
    cost = (float(heard.max(axis=1).sum()) - score) / len(symbols)
    return Alignment(_words(text, symbols, frames + first, begin, end, alphabet), cost)


def _viterbi(log_probs: FloatArray, symbols: Sequence[int]) -> tuple[NDArray[np.intp], float] | None:
    """The frame in which each symbol is written first, and the log-probability of the path."""
    states = np.full(2 * len(symbols) + 1, BLANK)
    states[1::2] = symbols
    emitted = log_probs[:, states].astype(np.float64)
    skips = np.zeros(len(states), bool)
    skips[3::2] = states[3::2] != states[1:-2:2]
    score = np.full(len(states), _NEVER)
    score[:2] = emitted[0, :2]
    came = np.zeros(emitted.shape, np.int8)
    for frame in range(1, len(emitted)):
        ways = np.full((3, len(states)), _NEVER)
        ways[0] = score
        ways[1, 1:] = score[:-1]
        ways[2, 2:] = np.where(skips[2:], score[:-2], _NEVER)
        came[frame] = ways.argmax(axis=0)
        score = ways.max(axis=0) + emitted[frame]
    state = len(states) - 1 if score[-1] >= score[-2] else len(states) - 2
    best = float(score[state])
    if best < _NEVER / 2:
        return None
    frames = np.zeros(len(symbols), np.intp)
    for frame in range(len(emitted) - 1, -1, -1):
        if state % 2:
            frames[state // 2] = frame
        state -= came[frame, state]
    return frames, best


def _words(
    text: str, symbols: Sequence[int], frames: NDArray[np.intp], begin: int, end: int, alphabet: Alphabet
) -> tuple[AlignedWord, ...]:
    """Words from the first to the last frame of speech; one ends where the space before the next is."""
    spaces = [
        int(frames[place]) - _WRITTEN_LATE for place, symbol in enumerate(symbols) if symbol == alphabet.space
    ]
    limits = np.clip([begin, *spaces, end], begin, end).astype(float)
    # At least a little of each word, in order, whatever was written at once.
    limits = np.maximum.accumulate(limits + np.arange(len(limits)) * 1e-3)
    return tuple(
        AlignedWord(word, float(start), float(stop))
        for word, start, stop in zip(text.split(), limits[:-1], limits[1:], strict=True)
    )
