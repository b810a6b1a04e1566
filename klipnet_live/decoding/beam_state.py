"""The hypotheses of a beam search, and what becomes of them when two are the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from klipnet_live.decoding.transcript import Reading
from klipnet_live.lips.alphabet import BLANK

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
