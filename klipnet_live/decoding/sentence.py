"""The most probable sentence of a grammar: exhaustive Viterbi search over the automaton.

Time and memory grow with the number of nodes, so it runs only where the beam has lost every complete
sentence, for example because a word was not seen at all.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from klipnet_live.decoding.automaton import Automaton
from klipnet_live.decoding.checks import LOG_FLOOR
from klipnet_live.decoding.transcript import CtcHypothesis
from klipnet_live.lips.alphabet import BLANK
from klipnet_live.types import FloatArray

_Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class _Arcs:
    """Arcs sorted by target; those into node n are `sources[first[n - 1]:first[n]]`. None leads to node 0."""

    entered_by: _Indices
    sources: _Indices
    targets: _Indices
    first: _Indices

    @classmethod
    def of(cls, grammar: Automaton) -> _Arcs:
        pairs = sorted((target, source) for source, row in enumerate(grammar.arcs) for target in row.values())
        targets, sources = np.array(pairs, np.intp).reshape(-1, 2).T
        first = np.searchsorted(targets, np.arange(1, len(grammar.arcs)))
        return cls(np.array(grammar.entered_by, np.intp), sources, targets, first)

    def into(self, node: int) -> slice:
        return slice(*np.searchsorted(self.targets, [node, node + 1]))


@dataclass(frozen=True, slots=True)
class _Trellis:
    """Best log-probability of each node after each frame, shapes (time + 1, nodes).

    `symbol`: the last frame emits the node's symbol; `blank`: it emits a blank.
    """

    arcs: _Arcs
    blank: FloatArray
    symbol: FloatArray

    @classmethod
    def filled(cls, arcs: _Arcs, log_probs: FloatArray) -> _Trellis:
        """Graves et al. 2006, "Connectionist temporal classification", equation 6, with max for the sum."""
        shape = len(log_probs) + 1, len(arcs.entered_by)
        trellis = cls(arcs, np.full(shape, -np.inf, np.float32), np.full(shape, -np.inf, np.float32))
        blank, symbol = trellis.blank, trellis.symbol
        blank[0, 0] = 0.0
        for t, row in enumerate(log_probs):
            entering = np.maximum.reduceat(trellis.leaving(t, slice(None)), arcs.first)
            symbol[t + 1, 1:] = np.maximum(symbol[t, 1:], entering) + row[arcs.entered_by[1:]]
            blank[t + 1] = np.maximum(blank[t], symbol[t]) + row[BLANK]
        return trellis

    def leaving(self, t: int, some: slice) -> FloatArray:
        """Score of `some` arcs after frame t; a repeated symbol requires a blank in between."""
        sources, targets = self.arcs.sources[some], self.arcs.targets[some]
        repeated = self.arcs.entered_by[sources] == self.arcs.entered_by[targets]
        over = self.blank[t, sources]
        written = np.where(repeated, np.float32(-np.inf), self.symbol[t, sources])
        leaving: FloatArray = np.maximum(over, written)
        return leaving

    def trace(self, node: int) -> tuple[list[int], list[int]]:
        """Symbols and frames of the best path to `node`, last first."""
        ids: list[int] = []
        frames: list[int] = []
        writing = self.symbol[-1, node] > self.blank[-1, node]
        for t in range(len(self.blank) - 2, -1, -1):
            if not writing:
                writing = self.symbol[t, node] > self.blank[t, node]
                continue
            entering = self.leaving(t, self.arcs.into(node))
            if self.symbol[t, node] >= entering.max():
                continue
            ids.append(int(self.arcs.entered_by[node]))
            frames.append(t)
            node = int(self.arcs.sources[self.arcs.into(node)][entering.argmax()])
            writing = entering.max() > self.blank[t, node]
        return ids, frames


def best_sentence(log_probs: FloatArray, grammar: Automaton) -> tuple[float, CtcHypothesis]:
    """The sentence of the best alignment as (log-probability, hypothesis of mass 1).

    `log_probs`: (time, symbols). The sentence may be empty.
    """
    floored = np.maximum(log_probs, LOG_FLOOR)
    trellis = _Trellis.filled(_Arcs.of(grammar), floored)
    ends = np.maximum(trellis.blank[-1], trellis.symbol[-1])
    node = max(grammar.accepting, key=lambda node: float(ends[node]))
    ids, frames = trellis.trace(node)
    peaks = np.exp(floored[frames, ids]).tolist()
    ordered = (tuple(reversed(values)) for values in (ids, frames, peaks))
    return float(ends[node]), CtcHypothesis(1.0, *ordered)
