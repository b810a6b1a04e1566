"""CTC by its definition, enumerating every path: slow, but easy to verify."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict

import numpy as np
from hypothesis import strategies as st

from klipnet_live.lips.alphabet import BLANK, Alphabet
from klipnet_live.types import FloatArray

TINY = Alphabet("tiny", (" ", "a", "b"))
"""Small enough to enumerate all paths of a few frames."""


def collapse(path: tuple[int, ...]) -> tuple[int, ...]:
    """Removes repeats, then blanks."""
    return tuple(symbol for symbol, _ in itertools.groupby(path) if symbol != BLANK)


def path_probabilities(log_probs: FloatArray) -> dict[tuple[int, ...], float]:
    """Probability of each path, with one symbol per frame."""
    probs = np.exp(log_probs.astype(np.float64))
    paths = itertools.product(range(probs.shape[1]), repeat=len(probs))
    return {path: math.prod(row[i] for row, i in zip(probs, path, strict=True)) for path in paths}


def text_probabilities(log_probs: FloatArray) -> dict[tuple[int, ...], float]:
    """Probability of each text (symbols): the sum over its paths."""
    texts: defaultdict[tuple[int, ...], float] = defaultdict(float)
    for path, probability in path_probabilities(log_probs).items():
        texts[collapse(path)] += probability
    return dict(texts)


def random_log_probs(seed: int, frames: int, size: int, spread: float = 2.0) -> FloatArray:
    """Normalised log-probabilities (frames, size); a larger spread gives more confident frames."""
    logits = np.random.default_rng(seed).normal(0, spread, (frames, size))
    return (logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))).astype(np.float32)


def log_probs_of(alphabet: Alphabet, frames: list[str], sureness: float = 0.95) -> FloatArray:
    """One frame per item: its symbol, or "" for the blank."""
    rest = (1 - sureness) / (alphabet.size - 1)
    probs = np.full((len(frames), alphabet.size), rest, np.float32)
    for row, symbol in zip(probs, frames, strict=True):
        row[alphabet.encode(symbol)[0] if symbol else BLANK] = sureness
    return np.log(probs)


def tiny_log_probs(max_frames: int = 5) -> st.SearchStrategy[FloatArray]:
    """Random log-probabilities over `TINY`, with no frame confident enough to be skipped."""
    return st.builds(
        random_log_probs,
        st.integers(0, 2**32),
        st.integers(1, max_frames),
        st.just(TINY.size),
        st.sampled_from([0.5, 1.0, 1.5]),
    )
