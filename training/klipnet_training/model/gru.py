"""`torch.nn.GRU` with an equivalent training pass for CPUs that is several times faster.

On a CPU, torch runs the time loop of a GRU as separate differentiable steps, whose backward pass allocates a
zero-filled sequence for every step. Here the whole loop is one differentiable function with an explicit
gradient (Cho et al. 2014, in the cuDNN form with the reset gate after the recurrent product).
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence


class _Scan(torch.autograd.Function):
    """Hidden states (time, batch, hidden) from input gates (time, batch, 3 hidden) and the first state."""

    @staticmethod
    def forward(ctx: Any, gates: Tensor, start: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
        time, batch, _ = gates.shape
        hidden = start.shape[-1]
        states = gates.new_empty(time + 1, batch, hidden)
        reset_update = gates.new_empty(time, batch, 2 * hidden)
        candidates, recalls = gates.new_empty(time, batch, hidden), gates.new_empty(time, batch, hidden)
        states[0] = start
        transposed = weight.t().contiguous()
        for t in range(time):
            recurrent = torch.addmm(bias, states[t], transposed)
            torch.add(gates[t, :, : 2 * hidden], recurrent[:, : 2 * hidden], out=reset_update[t]).sigmoid_()
            recalls[t] = recurrent[:, 2 * hidden :]
            torch.addcmul(
                gates[t, :, 2 * hidden :], reset_update[t, :, :hidden], recalls[t], out=candidates[t]
            ).tanh_()
            torch.lerp(candidates[t], states[t], reset_update[t, :, hidden:], out=states[t + 1])
        ctx.save_for_backward(states, reset_update, candidates, recalls, weight)
        return states[1:]

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        states, reset_update, candidates, recalls, weight = ctx.saved_tensors
        outer = gradients[0]
        hidden = candidates.shape[-1]
        reset, update = reset_update[..., :hidden], reset_update[..., hidden:]
        # Gradient factors that do not depend on later steps, for all steps at once.
        to_candidate = (1 - update) * (1 - candidates.square())
        to_update = (states[:-1] - candidates) * update * (1 - update)
        to_reset = to_candidate * recalls * reset * (1 - reset)
        to_gates = torch.cat([to_reset, to_update, to_candidate], dim=-1)
        to_recurrent = torch.cat([to_reset, to_update, to_candidate * reset], dim=-1)
        in_gates, in_recurrent = torch.empty_like(to_gates), torch.empty_like(to_gates)
        carried = torch.zeros_like(candidates[0])
        for t in range(len(candidates) - 1, -1, -1):
            whole = outer[t] + carried
            tripled = whole.repeat(1, 3)
            torch.mul(tripled, to_gates[t], out=in_gates[t])
            torch.mul(tripled, to_recurrent[t], out=in_recurrent[t])
            carried = torch.addmm(whole * update[t], in_recurrent[t], weight)
        flat = in_recurrent.flatten(0, 1)
        return in_gates, carried, flat.t() @ states[:-1].flatten(0, 1), flat.sum(0)


class GRU(nn.GRU):
    """Batch-first GRU with the parameters of `torch.nn.GRU`; `read` adds lengths for padded batches."""

    def read(
        self, inputs: Tensor, start: Tensor | None = None, lengths: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """Outputs (batch, time, directions x hidden) and last states; undefined beyond `lengths`."""
        if not self.training or inputs.is_cuda:
            return self._whole(inputs, start, lengths)
        sequence, last = inputs.transpose(0, 1), []
        directions = 2 if self.bidirectional else 1
        for layer in range(self.num_layers):
            outputs = []
            for direction in range(directions):
                first = self._start(inputs, start, layer * directions + direction)
                outputs.append(self._layer(sequence, first, layer, direction, lengths))
                last.append(outputs[-1][-1])
            sequence = torch.cat(outputs, dim=-1) if directions == 2 else outputs[0]
            if layer + 1 < self.num_layers:
                sequence = nn.functional.dropout(sequence, self.dropout)
        return sequence.transpose(0, 1), torch.stack(last)

    def _start(self, inputs: Tensor, start: Tensor | None, row: int) -> Tensor:
        return inputs.new_zeros(inputs.shape[0], self.hidden_size) if start is None else start[row]

    def _layer(
        self, sequence: Tensor, start: Tensor, layer: int, direction: int, lengths: Tensor | None
    ) -> Tensor:
        suffix = f"l{layer}" + ("_reverse" if direction else "")
        weight_in, weight = getattr(self, f"weight_ih_{suffix}"), getattr(self, f"weight_hh_{suffix}")
        bias_in, bias = getattr(self, f"bias_ih_{suffix}"), getattr(self, f"bias_hh_{suffix}")
        turn = _reversal(sequence, lengths) if direction else None
        ordered = sequence if turn is None else _reversed(sequence, turn)
        gates = nn.functional.linear(ordered, weight_in, bias_in)
        # The state stays in float32 even under autocast, because errors accumulate over many steps.
        with torch.autocast("cpu", enabled=False):
            gates, start = gates.float().contiguous(), start.float()
            states: Tensor = _Scan.apply(gates, start, weight, bias)  # type: ignore[no-untyped-call]
        return states if turn is None else _reversed(states, turn)

    def _whole(self, inputs: Tensor, start: Tensor | None, lengths: Tensor | None) -> tuple[Tensor, Tensor]:
        if lengths is None:
            output, last = self(inputs, start)
            return output, last
        packed = pack_padded_sequence(inputs, lengths.cpu(), batch_first=True, enforce_sorted=False)
        output, last = self(packed, start)
        return pad_packed_sequence(output, batch_first=True, total_length=inputs.shape[1])[0], last


def _reversal(sequence: Tensor, lengths: Tensor | None) -> Tensor:
    """Indices (time, batch) that reverse each sequence within its own length."""
    time, batch = sequence.shape[:2]
    steps = torch.arange(time, device=sequence.device)[:, None]
    lasts = torch.full((batch,), time) if lengths is None else lengths
    ends = lasts.to(sequence.device)[None]
    return torch.where(steps < ends, ends - 1 - steps, steps)


def _reversed(sequence: Tensor, turn: Tensor) -> Tensor:
    return sequence.gather(0, turn[..., None].expand(-1, -1, sequence.shape[-1]))
