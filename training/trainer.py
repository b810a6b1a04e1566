"""One training run: epochs, validation, checkpoints, and a record that a person can read."""

from __future__ import annotations

import csv
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from klipnet_live.lips.alphabet import Alphabet, alphabet_for
from training import checkpoint
from training.config import Config, DataSource
from training.data.clips import Clip, load_clips
from training.data.samples import Batch, Sample, collate, draw, whole
from training.loss import ctc, speech_activity
from training.metrics import error_rates
from training.model.cascade import Cascade

POOLED_BATCHES = 8
"""Batches that are drawn together and sorted by length."""


class Trainer:
    """Fits a network to the clips of a configuration. A run folder holds last.pt, best.pt, log.csv."""

    def __init__(self, config: Config, run: Path) -> None:
        self.config, self.run = config, run
        run.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(config.optimisation.seed)
        self.alphabet = alphabet_for(config.language)
        self.clips = [(source.share, clip) for source in config.data for clip in _load(source)]
        self.validation = [clip for source in config.validation for clip in _load(source)]
        self.model = Cascade(replace(config.model, symbols=self.alphabet.size))
        self.mean = AveragedModel(self.model, multi_avg_fn=get_ema_multi_avg_fn(config.optimisation.average), use_buffers=True)
        self.optimiser = torch.optim.AdamW(
            self.model.parameters(), config.optimisation.learning_rate, weight_decay=config.optimisation.weight_decay
        )
        self.steps_per_epoch = max(1, round(sum(share for share, _ in self.clips) / config.optimisation.batch))
        self.schedule = torch.optim.lr_scheduler.OneCycleLR(
            self.optimiser, config.optimisation.learning_rate, pct_start=config.optimisation.warmup,
            total_steps=self.steps_per_epoch * config.optimisation.epochs + 1, cycle_momentum=False,
        )
        self.epoch, self.best = 0, float("inf")

    def fit(self) -> None:
        """Train until the last epoch; each epoch is saved."""
        while self.epoch < self.config.optimisation.epochs:
            began = time.monotonic()
            loss = self._train_epoch()
            self.epoch += 1
            record = {"epoch": self.epoch, "loss": round(loss, 3)} | self.validate()
            record["seconds"] = round(time.monotonic() - began, 1)
            self._record(record)

    def _train_epoch(self) -> float:
        self.model.train()
        losses = [self._step(batch) for batch in self._batches()]
        return float(np.mean(losses))

    def _batches(self) -> Iterator[Batch]:
        random = np.random.default_rng((self.config.optimisation.seed, self.epoch))
        shares = np.array([share for share, _ in self.clips])
        count = self.steps_per_epoch * self.config.optimisation.batch
        order = _spread(shares, count, random)
        samples = (self._draw(self.clips[i][1], random) for i in order)
        yield from _alike_in_length(samples, self.config.optimisation.batch, random)

    def _draw(self, clip: Clip, random: np.random.Generator) -> Sample:
        return draw(clip, self.alphabet, self.config.sampling, self.config.augmentation, random)

    def _step(self, batch: Batch) -> float:
        how = self.config.optimisation
        with torch.autocast("cpu", torch.bfloat16, enabled=how.bfloat16):
            stream, final, speaking = self.model(batch.frames, batch.lengths)
        loss = (
            how.stream_weight * ctc(stream, batch)
            + how.final_weight * ctc(final, batch)
            + how.speaking_weight * speech_activity(speaking, batch)
        )
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), how.clip_norm)
        self.optimiser.step()
        self.schedule.step()
        self.mean.update_parameters(self.model)
        return float(loss.detach())

    @torch.no_grad()
    def validate(self) -> dict[str, float]:
        """Greedy error rates of both heads of the averaged weights, in per cent."""
        self.mean.eval()
        truth = [clip.text for clip in self.validation]
        texts: dict[str, list[str]] = {"stream": [], "final": []}
        samples = (whole(clip, self.alphabet) for clip in self.validation)
        for batch in _in_batches(samples, 30):
            stream, final, _ = self.mean(batch.frames, batch.lengths)
            texts["stream"] += read_greedily(stream, batch.lengths, self.alphabet)
            texts["final"] += read_greedily(final, batch.lengths, self.alphabet)
        figures = {}
        for head, read in texts.items():
            rates = error_rates(truth, read)
            figures |= {f"{head}_cer": round(100 * rates.cer, 2), f"{head}_wer": round(100 * rates.wer, 2)}
        for clip, stream_text, final_text in list(zip(self.validation, texts["stream"], texts["final"], strict=True))[::30]:
            print(f"    {clip.text:32} | {stream_text:32} | {final_text}", flush=True)
        return figures

    def _record(self, record: dict[str, float]) -> None:
        print(record, flush=True)
        table = self.run / "log.csv"
        new = not table.exists()
        with table.open("a", newline="") as file:
            writer = csv.DictWriter(file, list(record))
            if new:
                writer.writeheader()
            writer.writerow(record)
        checkpoint.save(self.run / "last.pt", self.state())
        score = record.get("final_cer", 0.0) + record.get("stream_cer", 0.0) / 2
        if score < self.best:
            self.best = score
            checkpoint.save(self.run / "best.pt", {"config": self.config.as_dict(), "model": self.mean.module.state_dict()})

    def state(self) -> dict[str, Any]:
        """Everything that a resumed run needs to go on as if it had never stopped."""
        return {
            "config": self.config.as_dict(), "epoch": self.epoch, "best": self.best,
            "model": self.model.state_dict(), "mean": self.mean.state_dict(),
            "optimiser": self.optimiser.state_dict(), "schedule": self.schedule.state_dict(),
            "random": torch.get_rng_state(),
        }

    def resume(self, state: dict[str, Any]) -> None:
        """Go on from `state()`."""
        for name in ("model", "mean", "optimiser", "schedule"):
            getattr(self, name).load_state_dict(state[name])
        self.epoch, self.best = state["epoch"], state["best"]
        torch.set_rng_state(state["random"])


    def start_from(self, weights: dict[str, Tensor]) -> None:
        """Begin with the weights of another run; layers of another shape (the alphabet's) stay new."""
        own = self.model.state_dict()
        own.update({name: value for name, value in weights.items() if own[name].shape == value.shape})
        self.model.load_state_dict(own)
        self.mean.module.load_state_dict(own)


def greedy_ids(log_probs: np.ndarray) -> list[int]:  # type: ignore[type-arg]
    best = log_probs.argmax(-1)
    return [int(i) for i, before in zip(best, [0, *best[:-1]], strict=True) if i not in (0, before)]


def read_greedily(log_probs: Tensor, lengths: Tensor, alphabet: Alphabet) -> list[str]:
    """Texts of a batch of log-probabilities, (batch, time, symbols)."""
    return [
        alphabet.decode(greedy_ids(row[:length].float().numpy()))
        for row, length in zip(log_probs, lengths.tolist(), strict=True)
    ]


def _load(source: DataSource) -> list[Clip]:
    return load_clips(Path(source.folder), source.split, source.session)


def _spread(shares: np.ndarray, count: int, random: np.random.Generator) -> np.ndarray:  # type: ignore[type-arg]
    """Indices in random order, each as often as its share says."""
    whole_times = np.repeat(np.arange(len(shares)), np.floor(shares).astype(int))
    rest = np.flatnonzero(random.random(len(shares)) < shares % 1)
    order = random.permutation(np.concatenate([whole_times, rest]))
    return np.resize(order, count)


def _alike_in_length(samples: Iterator[Sample], size: int, random: np.random.Generator) -> Iterator[Batch]:
    """Batches of clips of about the same length, in random order: little of the work is padding."""
    while pool := list(islice(samples, size * POOLED_BATCHES)):
        pool.sort(key=lambda sample: len(sample.crops))
        batches = [pool[i : i + size] for i in range(0, len(pool), size)]
        yield from (collate(batches[i]) for i in random.permutation(len(batches)))


def _in_batches(samples: Iterator[Sample], size: int) -> Iterator[Batch]:
    batch = []
    for sample in samples:
        batch.append(sample)
        if len(batch) == size:
            yield collate(batch)
            batch = []
    if batch:
        yield collate(batch)
