"""Probability of texts under a CTC network: many sentences at once, and single words within a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from klipnet_live.decoding.checks import checked_log_probs
from klipnet_live.lips.alphabet import BLANK
from klipnet_live.types import FloatArray

Scores = NDArray[np.float64]

_TINY: Final = 1e-300


def sentence_log_probs(log_probs: FloatArray, sentences: Sequence[Sequence[int]]) -> Scores:
    """Natural log-probability of each sentence (symbol ids) over all alignments, shape (sentences,).

    `log_probs`: (time, symbols). Graves et al. 2006, "Connectionist temporal classification", forward
    variables of equations 6 to 8, rescaled in each frame. Sentences too long for the frames get a very low
    value.
    """
    if not sentences:
        return np.zeros(0)
    probabilities = np.exp(checked_log_probs(log_probs, log_probs.shape[1]), dtype=np.float64)
    states, skips, last = _expanded(sentences)
    # Two columns of zeros on the left represent the states before the first.
    forward = np.zeros((len(sentences), states.shape[1] + 2))
    forward[:, 2] = 1.0
    log_unit = np.zeros(len(sentences))
    for i, row in enumerate(probabilities):
        arriving = forward[:, 2:].copy()
        if i:
            arriving += forward[:, 1:-1] + np.where(skips, forward[:, :-2], 0.0)
        else:
            arriving[:, 1] = 1.0
        forward[:, 2:] = arriving * row[states]
        unit = np.maximum(forward.max(axis=1), _TINY)
        forward /= unit[:, None]
        log_unit += np.log(unit)
    rows = np.arange(len(sentences))
    before_last = np.where(last > 0, forward[rows, last + 1], 0.0)
    ending: Scores = log_unit + np.log(forward[rows, last + 2] + before_last + _TINY)
    return ending


def best_log_prob(log_probs: FloatArray) -> float:
    """Log-probability of the best path, an upper bound for the best path of any text."""
    return float(checked_log_probs(log_probs, log_probs.shape[1]).max(axis=1).sum())


def spotting_score(log_probs: FloatArray, word: Sequence[int]) -> float:
    """How well a word fits somewhere in these frames, per symbol; 0 where the network outputs it.

    `log_probs`: (time, symbols) around the word. Natural log-probability of the best path through the word
    minus that of the best path of the same frames, so that surrounding frames cost nothing.
    """
    if not word or not len(log_probs):
        return 0.0
    rows = checked_log_probs(log_probs, log_probs.shape[1])
    relative = rows - rows.max(axis=1, keepdims=True)
    states, skips, _ = _expanded([word])
    # The path starts and ends with a symbol of the word; blanks are only in between.
    states, skips = states[0, 1:-1], skips[0, 1:-1]
    path = np.full(len(states) + 2, -np.inf)
    best = -np.inf
    for row in relative:
        arriving = np.maximum(path[2:], path[1:-1])
        arriving = np.where(skips, np.maximum(arriving, path[:-2]), arriving)
        arriving[0] = max(arriving[0], 0.0)
        path[2:] = arriving + row[states]
        best = max(best, path[-1])
    return float(best) / len(word) if np.isfinite(best) else float(np.log(_TINY)) / len(word)


def _expanded(
    sentences: Sequence[Sequence[int]],
) -> tuple[NDArray[np.intp], NDArray[np.bool_], NDArray[np.intp]]:
    """Symbols with blanks between them, whether the blank before a symbol may be skipped, and the last
    state.
    """
    longest = max(1, max(map(len, sentences)))
    states = np.full((len(sentences), 2 * longest + 1), BLANK, np.intp)
    for row, sentence in zip(states, sentences, strict=True):
        row[1 : 2 * len(sentence) : 2] = sentence
    skips = np.zeros(states.shape, bool)
    skips[:, 3::2] = states[:, 3::2] != states[:, 1:-2:2]
    return states, skips, np.array([2 * len(sentence) for sentence in sentences], np.intp)
