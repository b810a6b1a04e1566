"""Training loop: epochs, validation, best weights and resumable checkpoints."""

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
from klipnet_training.run.watcher import HeadReadings, NullWatcher, Watcher


@dataclass(slots=True)
class TrainingProgress:
    """Progress of a run. `loss`: sum over the first `step` steps of `epoch`."""

    epoch: int = 0
    step: int = 0
    loss: float = 0.0
    best: float = float("inf")
    epochs_since_best: int = 0


class Trainer:
    """Trains a network on the clips of a configuration, and writes the run folder."""

    def __init__(self, config: Config, run: Path, process: Process | None = None) -> None:
        self.config, self.folder = config, RunFolder(run)
        self.process = process or Process()
        settings = config.optimisation
        _check_batch(settings.batch, self.process.count)
        self.alphabet = alphabet_for(config.language)
        weighted_clips = load_sources(config.data, self.alphabet, config.split)
        weighted_clips += _rehearsal(config, sum(share for share, _ in weighted_clips))
        self.shares, self.clips = zip(*weighted_clips, strict=True)
        self.validation = [clip for _, clip in load_sources(config.validation, self.alphabet, config.split)]
        self.steps_per_epoch = self._draw(0).steps
        self.learner = Learner(
            config, self.alphabet.size, self.steps_per_epoch * settings.epochs, self.process
        )
        self.progress = TrainingProgress()

    def fit(self, watcher: Watcher | None = None, stopped: Callable[[], bool] = lambda: False) -> bool:
        """Train to the last epoch; returns False if `stopped` first, with a checkpoint to resume from."""
        watcher = watcher or NullWatcher()
        while not self._finished:
            started = time.monotonic()
            self._begin_epoch(watcher)
            if not self._train_epoch(watcher, stopped):
                self._save()
                return False
            self._end_epoch(watcher, started)
            if self._any_process(stopped):
                return False
        return True

    def resume(self) -> None:
        """Continue from the last checkpoint exactly as if the run had not been stopped."""
        state = self.folder.last()
        self.learner.resume(state)
        self.progress = TrainingProgress(**state["progress"])
        if self._is_main:
            self.folder.forget_after(self.progress.epoch)

    def start_from(self, weights: dict[str, Tensor]) -> list[str]:
        """Start from the weights of another network; returns the layers that stay newly initialised."""
        return self.learner.start_from(weights)

    @property
    def _is_main(self) -> bool:
        return self.process.index == 0

    @property
    def _finished(self) -> bool:
        settings = self.config.optimisation
        patience_ended = 0 < settings.patience <= self.progress.epochs_since_best
        return self.progress.epoch >= settings.epochs or patience_ended

    def _draw(self, epoch: int) -> EpochDraw:
        config, settings = self.config, self.config.optimisation
        sampling, augmentation = at_epoch(epoch, config.curriculum, config.sampling, config.augmentation)
        return EpochDraw(
            self.shares, settings.batch, settings.seed, epoch, sampling, augmentation, settings.views
        )

    def _begin_epoch(self, watcher: Watcher) -> None:
        if self._is_main:
            self.folder.prepare(self.config)
        epochs = self.config.optimisation.epochs
        watcher.epoch_begins(self.progress.epoch, epochs, self.steps_per_epoch, self.progress.step)

    def _train_epoch(self, watcher: Watcher, stopped: Callable[[], bool]) -> bool:
        """Train the rest of the epoch; returns False if it was stopped before its end."""
        progress = self.progress
        shard, workers = Shard(self.process.index, self.process.count), self.config.optimisation.workers
        draw = self._draw(progress.epoch)
        for batch in load_epoch(self.clips, self.alphabet, draw, shard, progress.step, workers):
            step = self.learner.step(batch, (progress.epoch, progress.step))
            _check_finite(step.loss, progress)
            progress.step, progress.loss = progress.step + 1, progress.loss + step.loss
            watcher.step(step.loss, batch_cer(step.heads, batch, self.alphabet))
            if self._any_process(stopped) and progress.step < self.steps_per_epoch:
                return False
            if progress.step % self.config.optimisation.checkpoint_steps == 0:
                self._save()
        return True

    def _end_epoch(self, watcher: Watcher, started: float) -> None:
        progress = self.progress
        readings = self._read_validation()
        figures = {"epoch": progress.epoch + 1, "loss": round(progress.loss / progress.step, 4)} | _figures(
            readings
        )
        score = figures.get("final_cer", figures["loss"]) + figures.get("stream_cer", 0.0) / 2
        progress.epoch, progress.step, progress.loss = progress.epoch + 1, 0, 0.0
        progress.epochs_since_best = 0 if score < progress.best else progress.epochs_since_best + 1
        progress.best = min(score, progress.best)
        record = figures | {"seconds": round(time.monotonic() - started, 1)}
        if self._is_main:
            if progress.epochs_since_best == 0:
                self.folder.save_best(self.config, self.learner.mean.module.state_dict())
            self.folder.log(record)
        self._save()
        watcher.epoch_ends(record, readings)

    def _read_validation(self) -> list[HeadReadings]:
        """Read the validation clips with the averaged weights."""
        network = self.learner.mean.eval()
        own_clips = self.validation[self.process.index :: self.process.count]
        texts = gathered(read_clips(network, own_clips, self.alphabet))
        return [HeadReadings(clip.text, read) for clip, read in zip(self.validation, texts, strict=True)]

    def _any_process(self, stopped: Callable[[], bool]) -> bool:
        return bool(total(torch.tensor(float(stopped()), device=self.process.device)))

    def _save(self) -> None:
        if self._is_main:
            state = {"config": self.config.as_dict(), "progress": asdict(self.progress)}
            self.folder.save_last(state | self.learner.state())


def _rehearsal(config: Config, shares: float) -> list[tuple[float, Clip]]:
    """Rehearsal clips with their shares of an epoch; `shares`: total share of the other clips."""
    clips = rehearsal_clips(config.language, config.rehearsal)
    total_share = shares * config.rehearsal_part / max(1e-6, 1 - config.rehearsal_part)
    return [(total_share / len(clips), clip) for clip in clips]


def _figures(readings: Sequence[HeadReadings]) -> dict[str, float]:
    """Error rates of each head in per cent."""
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


def _check_finite(loss: float, progress: TrainingProgress) -> None:
    if not math.isfinite(loss):
        raise UserError(
            "The loss became infinite or NaN in epoch {epoch}, step {step}: lower "
            "optimisation.learning_rate. "
            "The last checkpoint is kept.",
            epoch=progress.epoch + 1,
            step=progress.step + 1,
        )
