"""Confusion matrices of symbols and visemes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import jiwer
import numpy as np
from jamo import is_jamo_modern, j2hcj
from numpy.typing import NDArray

from klipnet_live.lips.hangul import FINALS, decompose

MISSING = "∅"
"""Label of the missing side of an insertion or deletion."""

_SPACE = "␣"

Tokens = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class Confusion:
    """`counts[i, j]`: how often label i was said and label j was recognised."""

    labels: tuple[str, ...]
    counts: NDArray[np.int64]


def confusion(pairs: Iterable[tuple[str, str]], tokens: Tokens) -> Confusion:
    """Confusion matrix over (truth, hypothesis) pairs, aligned by edit distance."""
    found = [pair for truth, hypothesis in pairs for pair in _aligned(tokens(truth), tokens(hypothesis))]
    labels = (*sorted({label for pair in found for label in pair} - {MISSING}), MISSING)
    index = {label: i for i, label in enumerate(labels)}
    counts = np.zeros((len(labels), len(labels)), np.int64)
    for truth, hypothesis in found:
        counts[index[truth], index[hypothesis]] += 1
    return Confusion(labels, counts)


def symbols_of(text: str) -> list[str]:
    """Letters or jamo and spaces; a final consonant has a dash: -ㄱ."""
    return [_shown(symbol) for symbol in decompose(text)]


def _shown(symbol: str) -> str:
    if symbol == " ":
        return _SPACE
    if not is_jamo_modern(symbol):
        return symbol
    return ("-" if symbol in FINALS else "") + str(j2hcj(symbol))


def _aligned(truth: Sequence[str], hypothesis: Sequence[str]) -> list[tuple[str, str]]:
    if not truth:
        return [(MISSING, token) for token in hypothesis]
    (chunks,) = jiwer.process_words(_as_words(truth), _as_words(hypothesis)).alignments
    pairs: list[tuple[str, str]] = []
    for chunk in chunks:
        left = truth[chunk.ref_start_idx : chunk.ref_end_idx]
        right = hypothesis[chunk.hyp_start_idx : chunk.hyp_end_idx]
        size = max(len(left), len(right))
        pairs += zip(_filled(left, size), _filled(right, size), strict=True)
    return pairs


def _as_words(tokens: Sequence[str]) -> str:
    return " ".join(token.replace(" ", "_") for token in tokens)


def _filled(tokens: Sequence[str], size: int) -> list[str]:
    return [*tokens, *[MISSING] * (size - len(tokens))]
