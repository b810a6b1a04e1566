"""The network of a run and its optimisation steps."""

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
from klipnet_training.run.loss import consistency, ctc, delayed_distillation, quiet, speech_activity
from klipnet_training.run.parallel import Process, distributed, total, with_synchronised_batch_norm
from klipnet_training.run.running_mean import warming_average

_ONE_STEP = 1e-3

_STATEFUL = ("model", "mean", "optimiser", "schedule")

_COUNTED = "num_batches_tracked"
"""Suffix of the batch counters of batch normalisation, which are not used here."""


@dataclass(frozen=True, slots=True)
class Step:
    """Result of one step: the loss over all processes, and the outputs for this process's clips."""

    loss: float
    heads: Heads


class Learner:
    """A network, the moving average of its weights, its optimiser and learning-rate schedule."""

    def __init__(self, config: Config, symbols: int, steps: int, process: Process) -> None:
        """`steps`: number of batches in the whole run."""
        settings = self._settings = config.optimisation
        self._process = process
        torch.manual_seed(settings.seed)
        self.model = build_network(config.model, symbols).to(process.device)
        self.mean = AveragedModel(
            self.model, multi_avg_fn=warming_average(settings.average), use_buffers=True
        )
        if process.count > 1:
            with_synchronised_batch_norm(self.model)
        self._distributed = distributed(self.model, process)
        self.optimiser = torch.optim.AdamW(
            self.model.parameters(), settings.learning_rate, weight_decay=settings.weight_decay
        )
        self.schedule = learning_rate_schedule(self.optimiser, settings, steps)
        self._start: dict[str, Tensor] = {}

    def step(self, batch: Batch, place: tuple[int, int]) -> Step:
        """One optimisation step. `place`: epoch and step number, which seed its random numbers."""
        settings, device = self._settings, self._process.device
        torch.manual_seed(_seed(settings.seed, *place, self._process.index))
        self.model.train()
        batch = batch.to(device)
        with torch.autocast(device.type, torch.bfloat16, enabled=settings.bfloat16):
            heads: Heads = self._distributed(batch.frames, batch.lengths)
        loss = self._loss(heads, batch)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), settings.clip_norm)
        self.optimiser.step()
        self.schedule.step()
        self.mean.update_parameters(self.model)
        return Step(float(total(loss.detach())) / self._process.count, heads)

    def state(self) -> dict[str, Any]:
        """State for resuming. It has no random state, as each step is seeded by its place."""
        parts = {name: getattr(self, name).state_dict() for name in _STATEFUL}
        return parts | ({"start": self._start} if self._start else {})

    def resume(self, state: dict[str, Any]) -> None:
        """Restore a `state()`. UserError if it belongs to another network."""
        try:
            for name in _STATEFUL:
                getattr(self, name).load_state_dict(state[name])
            self._anchor(state.get("start", {}))
        except (KeyError, RuntimeError, ValueError) as error:
            raise UserError(
                "The checkpoint is of another network: resume with the run's original configuration."
            ) from error

    def start_from(self, weights: dict[str, Tensor]) -> list[str]:
        """Start from the weights of another network; returns the layers that stay newly initialised.

        These are layers of another shape, e.g. for another alphabet. UserError if no layer fits.
        """
        own = self.model.state_dict()
        taken = {name: w for name, w in weights.items() if name in own and own[name].shape == w.shape}
        if not taken:
            raise UserError(
                "No weights of start_from fit this network: choose the same architecture and sizes."
            )
        self.model.load_state_dict(own | taken)
        self.mean.module.load_state_dict(own | taken)
        if self._settings.near_start:
            self._anchor(taken)
        new = (name for name in own if name not in taken and not name.endswith(_COUNTED))
        return list(dict.fromkeys(name.rpartition(".")[0] for name in new))

    def _anchor(self, start: dict[str, Tensor]) -> None:
        """Penalise the distance from these starting weights; new layers are not penalised."""
        trained = dict(self.model.named_parameters())
        self._start = {name: w.to(self._process.device) for name, w in start.items() if name in trained}

    def _distance(self) -> Tensor:
        """Half the squared distance from the starting weights."""
        trained = dict(self.model.named_parameters())
        squares = [((trained[name] - start) ** 2).sum() for name, start in self._start.items()]
        return torch.stack(squares).sum() / 2

    def _loss(self, heads: Heads, batch: Batch) -> Tensor:
        settings = self._settings
        loss = settings.final_weight * ctc(heads.final, batch) + settings.quiet_weight * quiet(
            heads.final, batch
        )
        if heads.stream is not None:
            loss = loss + settings.stream_weight * ctc(heads.stream, batch)
            loss = loss + settings.quiet_weight * quiet(heads.stream, batch)
            loss = loss + settings.distillation * delayed_distillation(
                heads.stream, heads.final, batch, settings.distillation_frames
            )
        if self._start:
            loss = loss + settings.near_start * self._distance()
        if settings.consistency:
            loss = loss + settings.consistency * sum(
                consistency(text, batch) for text in heads.texts().values()
            )
        if heads.speaking is not None:
            loss = loss + settings.speaking_weight * self._process.count * speech_activity(
                heads.speaking, batch
            )
        return loss


def _seed(*numbers: int) -> int:
    return int(np.random.SeedSequence(numbers).generate_state(1, np.uint64)[0] >> np.uint64(1))


def learning_rate_schedule(
    optimiser: torch.optim.Optimizer, settings: Optimisation, steps: int
) -> torch.optim.lr_scheduler.LRScheduler:
    if settings.schedule == "constant":
        return torch.optim.lr_scheduler.LambdaLR(optimiser, _constant_factor)
    # torch divides by zero if the rate rises for exactly one step.
    rising_steps = settings.warmup * (steps + 1)
    part = settings.warmup if abs(rising_steps - 1) > _ONE_STEP else 1.5 / (steps + 1)
    return torch.optim.lr_scheduler.OneCycleLR(
        optimiser, settings.learning_rate, pct_start=part, total_steps=steps + 1, cycle_momentum=False
    )


def _constant_factor(_: int) -> float:
    return 1.0
