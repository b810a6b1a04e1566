"""Exports the Keras GRU as ONNX's GRU operator, which has the gates and reset rule that torch lacks."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn


def exported(gru: nn.Module, inputs: Tensor, *, layers: int, reset_after: bool, gates: str) -> Tensor:
    """The layers on (batch, time, inputs) as seen by the exporter; the returned values are placeholders."""
    sequence = inputs.transpose(0, 1)
    for layer in range(layers):
        weights = (_stacked(gru, name, layer) for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"))
        into, recurrent, bias_in, bias = weights
        biases = torch.cat([bias_in, bias], dim=-1)
        # (time, directions, batch, hidden)
        outputs = _Layer.apply(sequence, into, recurrent, biases, reset_after, gates)  # type: ignore[no-untyped-call]
        sequence = outputs.transpose(1, 2).flatten(2)
    return sequence.transpose(0, 1)


def _stacked(gru: nn.Module, name: str, layer: int) -> Tensor:
    """Weights of both directions, (2, 3 hidden, ...), with the gates in ONNX's order."""
    directions = []
    for suffix in (f"l{layer}", f"l{layer}_reverse"):
        reset, update, candidate = getattr(gru, f"{name}_{suffix}").chunk(3)
        directions.append(torch.cat([update, reset, candidate]))
    return torch.stack(directions)


class _Layer(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any, sequence: Tensor, into: Tensor, recurrent: Tensor, bias: Tensor, after: bool, gates: str
    ) -> Tensor:
        time, batch, _ = sequence.shape
        return sequence.new_zeros(time, 2, batch, recurrent.shape[-1])

    @staticmethod
    def symbolic(g: Any, sequence: Any, into: Any, recurrent: Any, bias: Any, after: bool, gates: str) -> Any:
        gate = "Sigmoid" if gates == "sigmoid" else "HardSigmoid"
        return g.op(
            "GRU",
            sequence,
            into,
            recurrent,
            bias,
            hidden_size_i=recurrent.type().sizes()[-1],
            direction_s="bidirectional",
            activations_s=[gate, "Tanh", gate, "Tanh"],
            linear_before_reset_i=int(after),
        )
