"""CTC prefix beam search, one frame at a time.

Hannun, Maas, Jurafsky, Ng 2014, "First-Pass Large Vocabulary Continuous Speech Recognition using
Bi-Directional Recurrent DNNs", algorithm 1. Probabilities are kept linear and rescaled in every
frame: sums need no logarithms then, and nothing underflows.
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
from klipnet_live.decoding.rescoring import Score, rescored
from klipnet_live.decoding.sentence import best_sentence
from klipnet_live.decoding.transcript import Reading, Transcript
from klipnet_live.lips.alphabet import BLANK, Alphabet
from klipnet_live.types import FloatArray

Masses = NDArray[np.float64]


class Prefix(NamedTuple):
    """Symbols that were written, and where in the grammar they lead.

    `frames[i]` is where `ids[i]` was written, `peaks[i]` its probability there.
    """

    ids: tuple[int, ...]
    frames: tuple[int, ...]
    peaks: tuple[float, ...]
    node: int

    @property
    def last(self) -> int:
        return self.ids[-1] if self.ids else BLANK

    def followed_by(self, symbol: int, frame: int, peak: float, node: int) -> Prefix:
        return Prefix((*self.ids, symbol), (*self.frames, frame), (*self.peaks, peak), node)


@dataclass(frozen=True, slots=True)
class BeamState:
    """Hypotheses after `frames` frames, best first; each array has one element for each.

    `blank` and `symbol`: probability of the alignments that end in a blank and in the last symbol,
    in units of exp(log_unit).
    """

    prefixes: tuple[Prefix, ...]
    blank: Masses
    symbol: Masses
    frames: int = 0
    log_unit: float = 0.0

    @property
    def masses(self) -> Masses:
        return self.blank + self.symbol

    def readings(self, factors: Masses | float = 1.0) -> list[Reading]:
        """The hypotheses, their masses times `factors`; those without mass are left out."""
        weighted = zip((self.masses * factors).tolist(), self.prefixes, strict=True)
        found = (Reading(mass, *prefix[:3]) for mass, prefix in weighted if mass)
        return sorted(found, reverse=True)


def _largest(masses: Masses, n: int) -> NDArray[np.intp]:
    """Places of the `n` largest masses, the largest first; those of no mass are left out."""
    if len(masses) > n:
        # A sub-word alphabet offers 100,000 continuations; only the best few need an order.
        found = np.argpartition(-masses, n)[:n]
        found.sort()
    else:
        found = np.arange(len(masses))
    found = found[np.argsort(-masses[found], kind="stable")]
    return found[masses[found] > 0]


def merged(stays: BeamState, births: Masses, row: Masses) -> BeamState:
    """Move each birth that is a kept hypothesis already into it.

    A hypothesis is dated by the largest mass that entered it in one frame.
    """
    prefixes, symbol, masses = list(stays.prefixes), stays.symbol.copy(), stays.masses
    for child, parent in _parents(stays.prefixes):
        last, node = prefixes[child].last, prefixes[child].node
        entering = births[parent, last]
        if entering > masses[child]:
            before = stays.prefixes[parent]
            prefixes[child] = before.followed_by(last, stays.frames, float(row[last]), node)
        symbol[child] += entering
        births[parent, last] = 0.0
    return replace(stays, prefixes=tuple(prefixes), symbol=symbol)


def _parents(prefixes: Sequence[Prefix]) -> list[tuple[int, int]]:
    """(child, parent) of the hypotheses that are kept with the one they grew from."""
    index = {prefix.ids: i for i, prefix in enumerate(prefixes)}
    return [
        (i, index[prefix.ids[:-1]])
        for i, prefix in enumerate(prefixes)
        if prefix.ids and prefix.ids[:-1] in index
    ]


SKIP_BLANK: Final = 0.999
"""A frame this sure of "nothing new" cannot change the order of the beam; most frames are such."""

HEAD_WIDTHS: Final = {"stream": 8, "final": 24}
"""Texts that are kept while a line is open, in every chunk, and when it is read carefully."""


class BeamSearch:
    """Keeps the `width` most probable texts, optionally only those that a grammar can complete."""

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
        self._grammar = grammar
        self._guide = BeamConstraints(alphabet.size, grammar, prior)
        self._calibration = calibration

    def start(self) -> BeamState:
        """The state before the first frame: nothing is written."""
        return BeamState((Prefix((), (), (), self._guide.start),), np.ones(1), np.zeros(1))

    def step(self, log_probs: FloatArray, state: BeamState) -> BeamState:
        """The state after the frames of `log_probs` (time, symbols), natural logarithms."""
        for row in np.exp(checked_log_probs(log_probs, self.alphabet.size), dtype=np.float64):
            if row[BLANK] > SKIP_BLANK:
                nothing = np.zeros_like(state.symbol)
                state = replace(state, blank=state.masses, symbol=nothing, frames=state.frames + 1)
            else:
                state = self._advance(row, state)
        return state

    def best(self, state: BeamState, *, final: bool = False) -> Transcript:
        """The most probable text. A `final` one ends here for the prior, and is whole for the grammar.

        Where no kept hypothesis is whole, nothing was read: no words, with confidence 0.
        """
        found = self.judged(self.readings(state, final=final), state)
        return found.ended() if final else found

    def readings(self, state: BeamState, *, final: bool = False) -> list[Reading]:
        """The hypotheses, best first; of a `final` state those that may end here."""
        if not final:
            return state.readings()
        return state.readings(
            np.array([self._guide.ending(prefix.ids, prefix.node) for prefix in state.prefixes])
        )

    def judged(self, readings: Sequence[Reading], state: BeamState) -> Transcript:
        """The first of `readings`; all of them, in masses of `state`, say how sure its words are."""
        return transcribe(readings, self.alphabet, self._calibration, state.log_unit)

    def line(self, log_probs: FloatArray, score: Score | None = None) -> Transcript:
        """The text of a whole line, log-probabilities of shape (time, symbols).

        `score`: weighs the best texts again, where the model has a decoder for whole texts.

        Where the best hypothesis is no whole sentence of the grammar, the search may have lost the right
        one on its way: the most probable one is looked for by itself. The hypotheses of the search still
        say how sure its words are.
        """
        state = self.step(log_probs, self.start())
        if score is not None:
            return self.judged(rescored(self.readings(state, final=True), score), state).ended()
        found = self.best(state, final=True)
        if self._grammar is None or state.prefixes[0].node in self._grammar.accepting:
            return found
        log_prob, sentence = best_sentence(log_probs, self._grammar)
        if log_prob <= found.log_prob:
            return found
        mass = max(math.exp(log_prob - state.log_unit), sys.float_info.min)
        votes = [sentence._replace(mass=mass), *state.readings()]
        return self.judged(votes, state).ended()

    def _advance(self, row: Masses, state: BeamState) -> BeamState:
        """The best hypotheses after a frame of probabilities `row`, shape (symbols,)."""
        last = np.array([prefix.last for prefix in state.prefixes])
        births = state.masses[:, None] * row
        # A symbol is written twice only across a blank; without one it is still the same symbol.
        births[np.arange(len(last)), last] = state.blank * row[last]
        births *= np.array([self._guide.factors(prefix.ids, prefix.node) for prefix in state.prefixes])
        stays = replace(state, blank=state.masses * row[BLANK], symbol=state.symbol * row[last])
        return self._selected(merged(stays, births, row), births, row)

    def _selected(self, stays: BeamState, births: Masses, row: Masses) -> BeamState:
        """The `width` best of the hypotheses that stay and of those born of them in this frame.

        `births`: (hypotheses, symbols), the mass of each hypothesis followed by each symbol.
        """
        blank = np.concatenate([stays.blank, np.zeros(births.size)])
        symbol = np.concatenate([stays.symbol, births.ravel()])
        masses = blank + symbol
        best = _largest(masses, self.width)
        unit = float(masses[best[0]])
        old = len(stays.prefixes)
        prefixes = (
            stays.prefixes[i] if i < old else self._born(stays, row, *divmod(i - old, len(row)))
            for i in best.tolist()
        )
        log_unit = stays.log_unit + math.log(unit)
        return BeamState(tuple(prefixes), blank[best] / unit, symbol[best] / unit, stays.frames + 1, log_unit)

    def _born(self, state: BeamState, row: Masses, parent: int, symbol: int) -> Prefix:
        before = state.prefixes[parent]
        node = self._guide.follow(before.node, symbol)
        return before.followed_by(symbol, state.frames, float(row[symbol]), node)
