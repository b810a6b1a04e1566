"""One training run: epochs, validation, the best weights, and a point to resume from."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor

from klipnet_live.lips.alphabet import alphabet_for
from klipnet_live.types import UserError
from klipnet_training.config.curriculum import at_epoch
from klipnet_training.config.schema import Config
from klipnet_training.data.clips import Clip
from klipnet_training.data.loader import Shard, load_epoch
from klipnet_training.data.plans import EpochDraw
from klipnet_training.data.starred import comparable
from klipnet_training.run.learner import Learner
from klipnet_training.run.metrics import error_rates
from klipnet_training.run.parallel import Process, gathered, total
from klipnet_training.run.reading import batch_cer, read_clips
from klipnet_training.run.rehearsal import rehearsal_clips
from klipnet_training.run.run_folder import RunFolder
from klipnet_training.run.sources import load_sources
from klipnet_training.run.watcher import ClipReading, Unwatched, Watcher


@dataclass(slots=True)
class Progress:
    """How far a run has come. `loss` is the sum over the `step` steps made in `epoch`."""

    epoch: int = 0
    step: int = 0
    loss: float = 0.0
    best: float = float("inf")
    epochs_since_best: int = 0


class Trainer:
    """Fits a network to the clips of a configuration, and keeps the run's folder."""

    def __init__(self, config: Config, run: Path, process: Process | None = None) -> None:
        self.config, self.folder = config, RunFolder(run)
        self.process = process or Process()
        how = config.optimisation
        _check_batch(how.batch, self.process.count)
        self.alphabet = alphabet_for(config.language)
        shared_clips = load_sources(config.data, self.alphabet, config.split)
        shared_clips += _rehearsed(config, sum(share for share, _ in shared_clips))
        self.shares, self.clips = zip(*shared_clips, strict=True)
        self.validation = [clip for _, clip in load_sources(config.validation, self.alphabet, config.split)]
        self.steps_per_epoch = self._draw(0).steps
        self.learner = Learner(config, self.alphabet.size, self.steps_per_epoch * how.epochs, self.process)
        self.progress = Progress()

    def fit(self, watcher: Watcher | None = None, stopped: Callable[[], bool] = lambda: False) -> bool:
        """Train until the last epoch, or until `stopped`: False then, with a checkpoint to resume from."""
        watcher = watcher or Unwatched()
        while not self._finished:
            began = time.monotonic()
            self._begin_epoch(watcher)
            if not self._train_epoch(watcher, stopped):
                self._save()
                return False
            self._end_epoch(watcher, began)
            if self._anyone(stopped):
                return False
        return True

    def resume(self) -> None:
        """Go on from the folder's last checkpoint as if the run had never stopped."""
        state = self.folder.last()
        self.learner.resume(state)
        self.progress = Progress(**state["progress"])
        if self._writes:
            self.folder.forget_after(self.progress.epoch)

    def start_from(self, weights: dict[str, Tensor]) -> list[str]:
        """Begin with the weights of another network; returns the layers that stay new."""
        return self.learner.start_from(weights)

    @property
    def _writes(self) -> bool:
        return self.process.index == 0

    @property
    def _finished(self) -> bool:
        how = self.config.optimisation
        patience_ended = 0 < how.patience <= self.progress.epochs_since_best
        return self.progress.epoch >= how.epochs or patience_ended

    def _draw(self, epoch: int) -> EpochDraw:
        config, how = self.config, self.config.optimisation
        sampling, augmentation = at_epoch(epoch, config.curriculum, config.sampling, config.augmentation)
        return EpochDraw(self.shares, how.batch, how.seed, epoch, sampling, augmentation, how.views)

    def _begin_epoch(self, watcher: Watcher) -> None:
        if self._writes:
            self.folder.prepare(self.config)
        epochs = self.config.optimisation.epochs
        watcher.epoch_begins(self.progress.epoch, epochs, self.steps_per_epoch, self.progress.step)

    def _train_epoch(self, watcher: Watcher, stopped: Callable[[], bool]) -> bool:
        """The rest of the epoch; False when it was stopped before its end."""
        now = self.progress
        shard, workers = Shard(self.process.index, self.process.count), self.config.optimisation.workers
        draw = self._draw(now.epoch)
        for batch in load_epoch(self.clips, self.alphabet, draw, shard, now.step, workers):
            step = self.learner.step(batch, (now.epoch, now.step))
            _check_finite(step.loss, now)
            now.step, now.loss = now.step + 1, now.loss + step.loss
            watcher.step(step.loss, batch_cer(step.heads, batch, self.alphabet))
            if self._anyone(stopped) and now.step < self.steps_per_epoch:
                return False
            if now.step % self.config.optimisation.checkpoint_steps == 0:
                self._save()
        return True

    def _end_epoch(self, watcher: Watcher, began: float) -> None:
        now = self.progress
        readings = self._read_validation()
        figures = {"epoch": now.epoch + 1, "loss": round(now.loss / now.step, 4)} | _figures(readings)
        score = figures.get("final_cer", figures["loss"]) + figures.get("stream_cer", 0.0) / 2
        now.epoch, now.step, now.loss = now.epoch + 1, 0, 0.0
        now.epochs_since_best = 0 if score < now.best else now.epochs_since_best + 1
        now.best = min(score, now.best)
        record = figures | {"seconds": round(time.monotonic() - began, 1)}
        if self._writes:
            if now.epochs_since_best == 0:
                self.folder.save_best(self.config, self.learner.mean.module.state_dict())
            self.folder.log(record)
        self._save()
        watcher.epoch_ends(record, readings)

    def _read_validation(self) -> list[ClipReading]:
        """What the averaged weights read in the validation clips."""
        network = self.learner.mean.eval()
        mine = self.validation[self.process.index :: self.process.count]
        texts = gathered(read_clips(network, mine, self.alphabet))
        return [ClipReading(clip.text, read) for clip, read in zip(self.validation, texts, strict=True)]

    def _anyone(self, stopped: Callable[[], bool]) -> bool:
        return bool(total(torch.tensor(float(stopped()), device=self.process.device)))

    def _save(self) -> None:
        if self._writes:
            state = {"config": self.config.as_dict(), "progress": asdict(self.progress)}
            self.folder.save_last(state | self.learner.state())


def _rehearsed(config: Config, shares: float) -> list[tuple[float, Clip]]:
    """Clips of what was known before, which together take their part beside `shares` of new ones."""
    clips = rehearsal_clips(config.language, config.rehearsal)
    beside = shares * config.rehearsal_part / max(1e-6, 1 - config.rehearsal_part)
    return [(beside / len(clips), clip) for clip in clips]


def _figures(readings: Sequence[ClipReading]) -> dict[str, float]:
    """Error rates of each head, in per cent."""
    figures: dict[str, float] = {}
    for head in readings[0].read if readings else ():
        rates = error_rates(*zip(*(comparable(r.truth, r.read[head]) for r in readings), strict=True))
        figures |= {f"{head}_cer": round(100 * rates.cer, 2), f"{head}_wer": round(100 * rates.wer, 2)}
    return figures


def _check_batch(batch: int, processes: int) -> None:
    if batch % processes:
        raise UserError(
            "{processes} processes cannot share a batch of {batch} clips evenly: change optimisation.batch.",
            batch=batch,
            processes=processes,
        )


def _check_finite(loss: float, now: Progress) -> None:
    if not math.isfinite(loss):
        raise UserError(
            "The loss is no number any more in epoch {epoch}, step {step}: lower optimisation.learning_rate. "
            "The checkpoint before it is kept.",
            epoch=now.epoch + 1,
            step=now.step + 1,
        )
