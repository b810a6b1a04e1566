"""The weights of a run and how a batch changes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.optim.swa_utils import AveragedModel

from klipnet_live.types import UserError
from klipnet_training.architectures import build_network
from klipnet_training.config.schema import Config, Optimisation
from klipnet_training.data.samples import Batch
from klipnet_training.model.heads import Heads
from klipnet_training.run.loss import consistency, ctc, late_distillation, quiet, speech_activity
from klipnet_training.run.parallel import Process, shared, total, with_shared_statistics
from klipnet_training.run.running_mean import warming_average

_ONE_STEP = 1e-3

_STATEFUL = ("model", "mean", "optimiser", "schedule")

_COUNTED = "num_batches_tracked"
"""Ends the names of counts that batch normalisation keeps and nothing here depends on."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one batch gave: the loss over all processes, and what this process's part was read as."""

    loss: float
    heads: Heads


class Learner:
    """A network, the running mean of its weights, its optimiser and the schedule of the rate."""

    def __init__(self, config: Config, symbols: int, steps: int, process: Process) -> None:
        """`steps`: batches in the whole run."""
        how = self._how = config.optimisation
        self._process = process
        torch.manual_seed(how.seed)
        self.model = build_network(config.model, symbols).to(process.device)
        self.mean = AveragedModel(self.model, multi_avg_fn=warming_average(how.average), use_buffers=True)
        if process.count > 1:
            with_shared_statistics(self.model)
        self._together = shared(self.model, process)
        self.optimiser = torch.optim.AdamW(
            self.model.parameters(), how.learning_rate, weight_decay=how.weight_decay
        )
        self.schedule = _schedule(self.optimiser, how, steps)
        self._start: dict[str, Tensor] = {}

    def step(self, batch: Batch, place: tuple[int, int]) -> Step:
        """One step down the gradient. `place`: epoch and step, which all its random numbers depend on."""
        how, device = self._how, self._process.device
        torch.manual_seed(_seed(how.seed, *place, self._process.index))
        self.model.train()
        batch = batch.to(device)
        with torch.autocast(device.type, torch.bfloat16, enabled=how.bfloat16):
            heads: Heads = self._together(batch.frames, batch.lengths)
        loss = self._loss(heads, batch)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), how.clip_norm)
        self.optimiser.step()
        self.schedule.step()
        self.mean.update_parameters(self.model)
        return Step(float(total(loss.detach())) / self._process.count, heads)

    def state(self) -> dict[str, Any]:
        """What a resumed run needs. Random numbers are drawn anew in each step, from its place alone."""
        parts = {name: getattr(self, name).state_dict() for name in _STATEFUL}
        return parts | ({"start": self._start} if self._start else {})

    def resume(self, state: dict[str, Any]) -> None:
        """Go on from `state()`. UserError when it belongs to another network."""
        try:
            for name in _STATEFUL:
                getattr(self, name).load_state_dict(state[name])
            self._hold_near(state.get("start", {}))
        except (KeyError, RuntimeError, ValueError) as error:
            raise UserError(
                "The checkpoint is of another network: resume with the configuration that it began with."
            ) from error

    def start_from(self, weights: dict[str, Tensor]) -> list[str]:
        """Begin with the weights of another network; returns the layers that stay new.

        Those are of another shape, as where another alphabet is written. UserError where all are.
        """
        own = self.model.state_dict()
        taken = {name: w for name, w in weights.items() if name in own and own[name].shape == w.shape}
        if not taken:
            raise UserError("No weight of start_from fits this network: choose its architecture and sizes.")
        self.model.load_state_dict(own | taken)
        self.mean.module.load_state_dict(own | taken)
        if self._how.near_start:
            self._hold_near(taken)
        new = (name for name in own if name not in taken and not name.endswith(_COUNTED))
        return list(dict.fromkeys(name.rpartition(".")[0] for name in new))

    def _hold_near(self, start: dict[str, Tensor]) -> None:
        """From now on these weights are held near where they were; layers that are new move freely."""
        trained = dict(self.model.named_parameters())
        self._start = {name: w.to(self._process.device) for name, w in start.items() if name in trained}

    def _distance(self) -> Tensor:
        """Half the squared distance of the weights from where the run began."""
        trained = dict(self.model.named_parameters())
        squares = [((trained[name] - start) ** 2).sum() for name, start in self._start.items()]
        return torch.stack(squares).sum() / 2

    def _loss(self, heads: Heads, batch: Batch) -> Tensor:
        how = self._how
        loss = how.final_weight * ctc(heads.final, batch) + how.quiet_weight * quiet(heads.final, batch)
        if heads.stream is not None:
            loss = loss + how.stream_weight * ctc(heads.stream, batch)
            loss = loss + how.quiet_weight * quiet(heads.stream, batch)
            loss = loss + how.distillation * late_distillation(
                heads.stream, heads.final, batch, how.distillation_frames
            )
        if self._start:
            loss = loss + how.near_start * self._distance()
        if how.consistency:
            loss = loss + how.consistency * sum(consistency(text, batch) for text in heads.texts().values())
        if heads.speaking is not None:
            loss = loss + how.speaking_weight * self._process.count * speech_activity(heads.speaking, batch)
        return loss


def _seed(*numbers: int) -> int:
    return int(np.random.SeedSequence(numbers).generate_state(1, np.uint64)[0] >> np.uint64(1))


def _schedule(
    optimiser: torch.optim.Optimizer, how: Optimisation, steps: int
) -> torch.optim.lr_scheduler.LRScheduler:
    if how.schedule == "constant":
        return torch.optim.lr_scheduler.LambdaLR(optimiser, _unchanged)
    # A rise of exactly one step divides by zero in torch.
    rises = how.warmup * (steps + 1)
    part = how.warmup if abs(rises - 1) > _ONE_STEP else 1.5 / (steps + 1)
    return torch.optim.lr_scheduler.OneCycleLR(
        optimiser, how.learning_rate, pct_start=part, total_steps=steps + 1, cycle_momentum=False
    )


def _unchanged(_: int) -> float:
    return 1.0
