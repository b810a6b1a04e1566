"""Weights that a grammar and a prior give to the next symbol of a hypothesis."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from klipnet_live.decoding.automaton import Automaton
from klipnet_live.decoding.ngram import END, Prior
from klipnet_live.lips.alphabet import BLANK

Factors = NDArray[np.float64]

CACHED_NODES: Final = 4096
"""A line visits few nodes, even in a large grammar; 2 MB at most."""


class BeamConstraints:
    """Factors on the probabilities of `size` symbols: 0 for symbols that the grammar forbids."""

    def __init__(self, size: int, grammar: Automaton | None, prior: Prior | None) -> None:
        self._size = size
        self._grammar = grammar
        self._prior = prior
        self._allowed = lru_cache(CACHED_NODES)(self._mask)

    @property
    def are_any(self) -> bool:
        """Whether there is a grammar or a prior, so that hypotheses may have different factors."""
        return self._grammar is not None or self._prior is not None

    @property
    def start(self) -> int:
        """Start node of the grammar; 0 without a grammar."""
        return self._grammar.start if self._grammar else 0

    def follow(self, node: int, symbol: int) -> int:
        """The node after an allowed symbol."""
        return self._grammar.arcs[node][symbol] if self._grammar else node

    def factors(self, ids: tuple[int, ...], node: int) -> Factors:
        """Factor of each symbol after `ids`, shape (size,); 0 for the blank, which extends nothing."""
        allowed = self._allowed(node)
        return allowed * self._prior.factors(ids) if self._prior else allowed

    def ending(self, ids: tuple[int, ...], node: int) -> float:
        """Factor of a line that ends after `ids`; 0 if the sentence is incomplete."""
        if self._grammar and node not in self._grammar.accepting:
            return 0.0
        return float(self._prior.factors(ids)[END]) if self._prior else 1.0

    def _mask(self, node: int) -> Factors:
        mask = np.zeros(self._size) if self._grammar else np.ones(self._size)
        if self._grammar:
            mask[list(self._grammar.arcs[node])] = 1.0
        mask[BLANK] = 0.0
        return mask
