"""What a grammar allows, according to the constraint that beam search uses."""

from __future__ import annotations

from collections.abc import Sequence

from klipnet_live.decoding.automaton import Automaton
from klipnet_live.decoding.constraints import BeamConstraints


class Allowed:
    """The sentences of a grammar over an alphabet of `size` symbols."""

    def __init__(self, grammar: Automaton, size: int) -> None:
        self._constraints = BeamConstraints(size, grammar, None)

    def node(self, ids: Sequence[int]) -> int | None:
        """The node reached by `ids`; None if no sentence starts like this."""
        node = self._constraints.start
        for place, symbol in enumerate(ids):
            if not self._constraints.factors(tuple(ids[:place]), node)[symbol]:
                return None
            node = self._constraints.follow(node, symbol)
        return node

    def is_complete(self, ids: Sequence[int]) -> bool:
        """Whether `ids` spell a complete sentence."""
        node = self.node(ids)
        return node is not None and self._constraints.ending(tuple(ids), node) > 0
