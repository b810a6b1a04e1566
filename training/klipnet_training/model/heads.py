"""Output of all networks for a batch of whole clips."""

from __future__ import annotations

from typing import NamedTuple

from torch import Tensor


class Heads(NamedTuple):
    """Log-probabilities (batch, time, symbols) and speech logits (batch, time); None: no such head."""

    stream: Tensor | None
    final: Tensor
    speaking: Tensor | None

    def texts(self) -> dict[str, Tensor]:
        """The heads with text output, by name."""
        return {"final": self.final} if self.stream is None else {"stream": self.stream, "final": self.final}
