"""Forced alignment: the times of the words of a known text, from the likeliest CTC path that emits it.

Viterbi algorithm over the symbols with blanks between them (Graves et al. 2006, section 4; Kürzinger et al.
2020, arXiv:2007.09127). Symbols are emitted only while the person speaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from klipnet_live.dataset_format import AlignedWord
from klipnet_live.lips.alphabet import BLANK, Alphabet
from klipnet_live.types import FloatArray

LEAD_FRAMES, LATE_FRAMES = 3, 8
"""Symbols may be emitted this many frames before speech is detected and after it ends (as in training)."""

_SPACE_DELAY_FRAMES = 2
"""Frames between the end of a word and the space that the final head emits after it: 2.3 on average for 52
clips of GRID's s1, 1.9 for 10 of s26, an unseen speaker."""

_IMPOSSIBLE = -1e9


@dataclass(frozen=True, slots=True)
class Alignment:
    """Word times in frames. `cost`: log-likelihood per symbol lost against the unconstrained best path."""

    words: tuple[AlignedWord, ...]
    cost: float


def align(
    log_probs: FloatArray, speaking: NDArray[np.bool_], text: str, alphabet: Alphabet
) -> Alignment | None:
    """Align `text` to log-probabilities (time, symbols); None if the speech is too short for it.

    `speaking`: speech mask (time,). ValueError for characters outside the alphabet.
    """
    symbols = alphabet.encode(text)
    spoken = np.flatnonzero(speaking)
    if not symbols or not spoken.size:
        return None
    begin, end = int(spoken[0]), int(spoken[-1]) + 1
    first, last = max(0, begin - LEAD_FRAMES), min(len(log_probs), end + LATE_FRAMES)
    emissions = log_probs[first:last]
    found = _viterbi(emissions, symbols)
    if found is None:
        return None
    frames, score = found
    cost = (float(emissions.max(axis=1).sum()) - score) / len(symbols)
    return Alignment(_words(text, symbols, frames + first, begin, end, alphabet), cost)


def _viterbi(log_probs: FloatArray, symbols: Sequence[int]) -> tuple[NDArray[np.intp], float] | None:
    """The first frame of each symbol, and the log-probability of the path; None if no path fits."""
    states = np.full(2 * len(symbols) + 1, BLANK)
    states[1::2] = symbols
    emitted = log_probs[:, states].astype(np.float64)
    skips = np.zeros(len(states), bool)
    skips[3::2] = states[3::2] != states[1:-2:2]
    score = np.full(len(states), _IMPOSSIBLE)
    score[:2] = emitted[0, :2]
    step_back = np.zeros(emitted.shape, np.int8)
    for frame in range(1, len(emitted)):
        paths = np.full((3, len(states)), _IMPOSSIBLE)
        paths[0] = score
        paths[1, 1:] = score[:-1]
        paths[2, 2:] = np.where(skips[2:], score[:-2], _IMPOSSIBLE)
        step_back[frame] = paths.argmax(axis=0)
        score = paths.max(axis=0) + emitted[frame]
    state = len(states) - 1 if score[-1] >= score[-2] else len(states) - 2
    best = float(score[state])
    if best < _IMPOSSIBLE / 2:
        return None
    frames = np.zeros(len(symbols), np.intp)
    for frame in range(len(emitted) - 1, -1, -1):
        if state % 2:
            frames[state // 2] = frame
        state -= step_back[frame, state]
    return frames, best


def _words(
    text: str, symbols: Sequence[int], frames: NDArray[np.intp], begin: int, end: int, alphabet: Alphabet
) -> tuple[AlignedWord, ...]:
    """Words between the first and last frame of speech, divided at the emitted spaces."""
    spaces = [
        int(frames[place]) - _SPACE_DELAY_FRAMES
        for place, symbol in enumerate(symbols)
        if symbol == alphabet.space
    ]
    limits = np.clip([begin, *spaces, end], begin, end).astype(float)
    # Word ends must increase strictly, even if several symbols were emitted at once.
    limits = np.maximum.accumulate(limits + np.arange(len(limits)) * 1e-3)
    return tuple(
        AlignedWord(word, float(start), float(stop))
        for word, start, stop in zip(text.split(), limits[:-1], limits[1:], strict=True)
    )
