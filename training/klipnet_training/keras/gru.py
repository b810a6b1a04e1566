"""GRU variants of Keras that torch lacks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import torch
from torch import Tensor, nn

from klipnet_training.keras.onnx_gru import exported
from klipnet_training.model.gru import GRU

Gates = Literal["sigmoid", "hard_sigmoid"]
"""`hard_sigmoid` is that of Keras 2: 0.2 x + 0.5, clipped to 0..1. Torch and Keras 3 have x / 6 + 0.5."""


class KerasGRU(GRU):
    """A batch-first bidirectional GRU with the parameters of `torch.nn.GRU`, computed step by step in Python.

    Without `reset_after` the reset gate is applied to the state before the recurrent matrix product, as in
    Cho et al. 2014, arXiv:1406.1078v3.
    """

    def __init__(
        self, inputs: int, hidden: int, layers: int, dropout: float, *, reset_after: bool, gates: Gates
    ) -> None:
        super().__init__(inputs, hidden, layers, batch_first=True, bidirectional=True, dropout=dropout)
        self.reset_after, self.gates = reset_after, gates
        self._gate: Callable[[Tensor], Tensor] = torch.sigmoid if gates == "sigmoid" else hard_sigmoid

    def read(
        self, inputs: Tensor, start: Tensor | None = None, lengths: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """Outputs (batch, time, 2 hidden) and last states; outputs beyond `lengths` are undefined."""
        if torch.onnx.is_in_onnx_export():
            # Steps in Python would fix the time axis. A graph for whole clips has no state.
            graph = exported(
                self, inputs, layers=self.num_layers, reset_after=self.reset_after, gates=self.gates
            )
            return graph, inputs.new_empty(0)
        sequence, last = inputs, []
        for layer in range(self.num_layers):
            outputs = []
            for direction in range(2):
                state = self._start_state(inputs, start, 2 * layer + direction)
                output, state = self._pass(sequence, state, layer, direction, lengths)
                outputs.append(output)
                last.append(state)
            sequence = torch.cat(outputs, dim=-1)
            if layer + 1 < self.num_layers:
                sequence = nn.functional.dropout(sequence, self.dropout, self.training)
        return sequence, torch.stack(last)

    def _start_state(self, inputs: Tensor, start: Tensor | None, row: int) -> Tensor:
        return inputs.new_zeros(inputs.shape[0], self.hidden_size) if start is None else start[row]

    def _pass(
        self, sequence: Tensor, state: Tensor, layer: int, direction: int, lengths: Tensor | None
    ) -> tuple[Tensor, Tensor]:
        """One layer in one direction; a clip's state is unchanged outside its length."""
        suffix = f"l{layer}" + ("_reverse" if direction else "")
        weight, bias = getattr(self, f"weight_hh_{suffix}"), getattr(self, f"bias_hh_{suffix}")
        gates = nn.functional.linear(
            sequence, getattr(self, f"weight_ih_{suffix}"), getattr(self, f"bias_ih_{suffix}")
        )
        steps = range(sequence.shape[1])
        outputs = [state] * len(steps)
        for t in reversed(steps) if direction else steps:
            after = self._step(gates[:, t], state, weight, bias)
            state = after if lengths is None else torch.where((lengths > t)[:, None], after, state)
            outputs[t] = state
        return torch.stack(outputs, dim=1), state

    def _step(self, gates: Tensor, state: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
        hidden = self.hidden_size
        rows = 3 * hidden if self.reset_after else 2 * hidden
        recurrent = nn.functional.linear(state, weight[:rows], bias[:rows])
        opened = self._gate(gates[:, : 2 * hidden] + recurrent[:, : 2 * hidden])
        reset, update = opened.chunk(2, dim=-1)
        if self.reset_after:
            recalled = reset * recurrent[:, 2 * hidden :]
        else:
            recalled = nn.functional.linear(reset * state, weight[2 * hidden :], bias[2 * hidden :])
        return torch.lerp(torch.tanh(gates[:, 2 * hidden :] + recalled), state, update)


def hard_sigmoid(inputs: Tensor) -> Tensor:
    """The hard sigmoid of Keras 2."""
    return (0.2 * inputs + 0.5).clamp(0.0, 1.0)
