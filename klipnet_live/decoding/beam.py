"""CTC prefix beam search, one frame at a time.

Hannun, Maas, Jurafsky, Ng 2014, "First-Pass Large Vocabulary Continuous Speech Recognition using
Bi-Directional Recurrent DNNs", algorithm 1. Probabilities are linear and rescaled in every frame, so
that sums need no logarithms and nothing underflows.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from klipnet_live.decoding.automaton import Automaton
from klipnet_live.decoding.calibration import UNCALIBRATED, Calibration
from klipnet_live.decoding.checks import checked_log_probs
from klipnet_live.decoding.constraints import BeamConstraints
from klipnet_live.decoding.ngram import Prior
from klipnet_live.decoding.posterior import transcribe
from klipnet_live.decoding.rescoring import Rescorer
from klipnet_live.decoding.sentence import best_sentence
from klipnet_live.decoding.transcript import CtcHypothesis, Transcript
from klipnet_live.lips.alphabet import BLANK, Alphabet
from klipnet_live.types import FloatArray

Masses = NDArray[np.float64]


class Prefix(NamedTuple):
    """A sequence of symbols and the grammar node that it leads to.

    `frames[i]` is the frame in which `ids[i]` was emitted, `peaks[i]` its probability in that frame.
    """

    ids: tuple[int, ...]
    frames: tuple[int, ...]
    peaks: tuple[float, ...]
    node: int

    @property
    def last(self) -> int:
        return self.ids[-1] if self.ids else BLANK

    def extended(self, symbol: int, frame: int, peak: float, node: int) -> Prefix:
        return Prefix((*self.ids, symbol), (*self.frames, frame), (*self.peaks, peak), node)


@dataclass(frozen=True, slots=True)
class BeamState:
    """Hypotheses after `frames` frames, best first. Arrays have shape (hypotheses,).

    `blank` and `symbol`: total probability of the alignments that end with a blank and with the last
    symbol, in units of exp(log_unit).
    """

    prefixes: tuple[Prefix, ...]
    blank: Masses
    symbol: Masses
    frames: int = 0
    log_unit: float = 0.0

    @property
    def masses(self) -> Masses:
        return self.blank + self.symbol

    def hypotheses(self, factors: Masses | float = 1.0) -> list[CtcHypothesis]:
        """The hypotheses with their masses multiplied by `factors`, best first; zero masses are dropped."""
        weighted = zip((self.masses * factors).tolist(), self.prefixes, strict=True)
        found = (CtcHypothesis(mass, *prefix[:3]) for mass, prefix in weighted if mass)
        return sorted(found, reverse=True)


@dataclass(frozen=True, slots=True)
class Extensions:
    """The kept hypotheses, each extended by each candidate symbol in one frame.

    `symbols`: candidates in ascending order; `peaks`: their probabilities in the frame, both (candidates,);
    `masses`: (hypotheses, candidates).
    """

    symbols: NDArray[np.intp]
    peaks: Masses
    masses: Masses

    def column(self, symbol: int) -> int:
        return int(np.searchsorted(self.symbols, symbol))


def _largest(masses: Masses, n: int) -> NDArray[np.intp]:
    """Indices of the `n` largest masses, largest first; zero masses are dropped."""
    found = np.argsort(-masses, kind="stable")[:n]
    return found[masses[found] > 0]


def _largest_columns(masses: Masses, n: int) -> NDArray[np.intp]:
    """Columns that are among the `n` largest of any row; may repeat. `masses`: (rows, symbols)."""
    return np.argpartition(-masses, n - 1, axis=1)[:, :n].ravel()


def merge_extensions(kept: BeamState, extensions: Extensions) -> BeamState:
    """Add each extension that equals a kept hypothesis to that hypothesis.

    The frame of its last symbol becomes the current one if the added mass exceeds its previous mass.
    """
    prefixes, symbol, masses = list(kept.prefixes), kept.symbol.copy(), kept.masses
    for child, parent in _parents(kept.prefixes):
        last, node = prefixes[child].last, prefixes[child].node
        column = extensions.column(last)
        entering = extensions.masses[parent, column]
        if entering > masses[child]:
            before = kept.prefixes[parent]
            prefixes[child] = before.extended(last, kept.frames, float(extensions.peaks[column]), node)
        symbol[child] += entering
        extensions.masses[parent, column] = 0.0
    return replace(kept, prefixes=tuple(prefixes), symbol=symbol)


def _parents(prefixes: Sequence[Prefix]) -> list[tuple[int, int]]:
    """Index pairs (child, parent) of hypotheses whose parent, one symbol shorter, is also kept."""
    index = {prefix.ids: i for i, prefix in enumerate(prefixes)}
    return [
        (i, index[prefix.ids[:-1]])
        for i, prefix in enumerate(prefixes)
        if prefix.ids and prefix.ids[:-1] in index
    ]


SKIP_BLANK: Final = 0.999
"""A frame with a blank this probable cannot change the ranking; most frames are like this."""

FEW_SYMBOLS: Final = 200
"""Larger alphabets are pruned to the most probable symbols of a frame; in smaller ones that saves nothing."""

BEAM_WIDTHS: Final = {"stream": 8, "final": 24}
"""Beam widths: of the streaming head, which runs on every chunk, and of the final head."""


class BeamSearch:
    """Keeps the `width` most probable texts, optionally only those that a grammar can complete.

    Raises ValueError if `width` is below 1.
    """

    def __init__(
        self,
        alphabet: Alphabet,
        *,
        width: int = 16,
        grammar: Automaton | None = None,
        prior: Prior | None = None,
        calibration: Calibration = UNCALIBRATED,
    ) -> None:
        if width < 1:
            raise ValueError(f"expected a beam width of at least 1, got {width}")
        self.alphabet = alphabet
        self.width = width
        self._all_symbols = np.arange(alphabet.size)
        self._grammar = grammar
        self._constraints = BeamConstraints(alphabet.size, grammar, prior)
        self._calibration = calibration

    def start(self) -> BeamState:
        """The state before the first frame."""
        return BeamState((Prefix((), (), (), self._constraints.start),), np.ones(1), np.zeros(1))

    def step(self, log_probs: FloatArray, state: BeamState) -> BeamState:
        """The state after `log_probs` of shape (time, symbols), natural logarithms."""
        for row in np.exp(checked_log_probs(log_probs, self.alphabet.size), dtype=np.float64):
            if row[BLANK] > SKIP_BLANK:
                nothing = np.zeros_like(state.symbol)
                state = replace(state, blank=state.masses, symbol=nothing, frames=state.frames + 1)
            else:
                state = self._advance(row, state)
        return state

    def best(self, state: BeamState, *, final: bool = False) -> Transcript:
        """The most probable text. If `final`, the line ends here and must be a complete sentence.

        If no hypothesis is complete, the transcript has no words and confidence 0.
        """
        found = self.transcribe(self.hypotheses(state, final=final), state)
        return found.ended() if final else found

    def hypotheses(self, state: BeamState, *, final: bool = False) -> list[CtcHypothesis]:
        """The hypotheses, best first; if `final`, only those that may end here."""
        if not final:
            return state.hypotheses()
        return state.hypotheses(
            np.array([self._constraints.ending(prefix.ids, prefix.node) for prefix in state.prefixes])
        )

    def transcribe(self, hypotheses: Sequence[CtcHypothesis], state: BeamState) -> Transcript:
        """Transcript of the first hypothesis; all of them together determine the words' confidence."""
        return transcribe(hypotheses, self.alphabet, self._calibration, state.log_unit)

    def line(self, log_probs: FloatArray, rescorer: Rescorer | None = None) -> Transcript:
        """Decode a complete line of log-probabilities, shape (time, symbols).

        `rescorer` rescores the best texts, for models that can score whole texts.

        If the best hypothesis is not a complete sentence of the grammar, the beam may have pruned the
        right one. The most probable sentence is then searched exhaustively; the hypotheses of the beam
        still determine its words' confidence.
        """
        state = self.step(log_probs, self.start())
        if rescorer is not None and (complete := self.hypotheses(state, final=True)):
            return self.transcribe(rescorer(complete), state).ended()
        found = self.best(state, final=True)
        if self._grammar is None or state.prefixes[0].node in self._grammar.accepting:
            return found
        log_prob, sentence = best_sentence(log_probs, self._grammar)
        if log_prob <= found.log_prob:
            return found
        mass = max(math.exp(log_prob - state.log_unit), sys.float_info.min)
        votes = [sentence._replace(mass=mass), *state.hypotheses()]
        return self.transcribe(votes, state).ended()

    def _advance(self, row: Masses, state: BeamState) -> BeamState:
        """The best hypotheses after a frame with probabilities `row`, shape (symbols,)."""
        last = np.array([prefix.last for prefix in state.prefixes])
        extensions = self._extensions(row, state, last)
        kept = replace(state, blank=state.masses * row[BLANK], symbol=state.symbol * row[last])
        return self._selected(merge_extensions(kept, extensions), extensions)

    def _extensions(self, row: Masses, state: BeamState, last: NDArray[np.intp]) -> Extensions:
        """Each hypothesis extended by each symbol that can matter.

        At most `width` extensions of a hypothesis stay in the beam. Its `width` + 1 most probable symbols
        therefore suffice (its last symbol counts less than its probability), with those that lead to kept
        hypotheses. The result is the same; of a subword alphabet, 50 of 5,000 symbols are tried.
        """
        # Without a grammar and a prior the factors of all hypotheses are the same.
        constrained = state.prefixes if self._constraints.are_any else state.prefixes[:1]
        factors = np.array([self._constraints.factors(prefix.ids, prefix.node) for prefix in constrained])
        symbols, peaks = self._all_symbols, row
        if len(symbols) > FEW_SYMBOLS:
            symbols = np.unique(np.append(_largest_columns(row * factors, self.width + 1), last))
            peaks, factors = row[symbols], factors[:, symbols]
        masses = state.masses[:, None] * peaks
        # Only a blank separates two equal symbols; without one the symbol is merely held.
        masses[np.arange(len(last)), np.searchsorted(symbols, last)] = state.blank * row[last]
        return Extensions(symbols, peaks, masses * factors)

    def _selected(self, kept: BeamState, extensions: Extensions) -> BeamState:
        """The `width` best of the kept hypotheses and their extensions in this frame."""
        blank = np.concatenate([kept.blank, np.zeros(extensions.masses.size)])
        symbol = np.concatenate([kept.symbol, extensions.masses.ravel()])
        masses = blank + symbol
        best = _largest(masses, self.width)
        unit = float(masses[best[0]])
        old = len(kept.prefixes)
        prefixes = (
            kept.prefixes[i] if i < old else self._extend(kept, extensions, i - old) for i in best.tolist()
        )
        log_unit = kept.log_unit + math.log(unit)
        return BeamState(tuple(prefixes), blank[best] / unit, symbol[best] / unit, kept.frames + 1, log_unit)

    def _extend(self, state: BeamState, extensions: Extensions, index: int) -> Prefix:
        """The prefix of an element of the flattened `extensions.masses`."""
        parent, column = divmod(index, len(extensions.symbols))
        before, symbol = state.prefixes[parent], int(extensions.symbols[column])
        node = self._constraints.follow(before.node, symbol)
        return before.extended(symbol, state.frames, float(extensions.peaks[column]), node)
