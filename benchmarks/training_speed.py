"""Measures training speed and whether data loading keeps up: clips a second of one process.

    python -m benchmarks.training_speed [--data PREPARED] [--steps N] [--batch N] [--threads N]

Clips a second of wall time on two cores of an AMD EPYC with AVX512-BF16, torch 2.13, GRID's s1, batches of 8:

    threads   lipnet fp32, bfloat16   cascade fp32, bfloat16   loading, one thread
    1          5.3       7.7          15.2       21.5          154
    2          9.8      11.1          24.4       30.5          183

Without --data, random clips of three seconds are used; the work is the same. Clips per wall-clock second need
an otherwise idle machine; clips per CPU second are also valid on a busy one.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count, islice
from pathlib import Path

import cv2
import numpy as np
import torch
from klipnet_training.config.schema import Config, Optimisation, config_from
from klipnet_training.data.clips import Clip, load_clips
from klipnet_training.data.excerpts import Sampling
from klipnet_training.data.loader import Shard, load_epoch
from klipnet_training.data.plans import EpochDraw
from klipnet_training.data.samples import Batch
from klipnet_training.run.learner import Learner
from klipnet_training.run.parallel import Process

from klipnet_live.dataset_format import AlignedWord
from klipnet_live.lips.alphabet import alphabet_for

SENTENCE = "bin blue at f two now"
PRECISIONS = {"fp32": False, "bfloat16": True}
WARM_UP = 1
LOADED = 10
"""Batches loaded to measure the loading speed."""


@dataclass(frozen=True, slots=True)
class StepRate:
    """Clips per second of wall time and of CPU time."""

    by_clock: float
    of_processor: float

    def __str__(self) -> str:
        return f"{self.by_clock:6.2f} clips/s ({self.of_processor:.2f} a CPU second)"


class StepTimer:
    """Measures time since its creation."""

    def __init__(self) -> None:
        self._clock, self._processor = time.perf_counter(), time.process_time()

    def rate(self, clips: int) -> StepRate:
        return StepRate(
            clips / (time.perf_counter() - self._clock), clips / (time.process_time() - self._processor)
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, help="folder of prepared clips (default: random clips)")
    parser.add_argument("--steps", type=int, default=4, help="number of measured batches per network")
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--precision", nargs="+", choices=PRECISIONS, default=list(PRECISIONS))
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    cv2.setNumThreads(1)
    clips = load_clips(options.data, "train") if options.data else [_random_clip(i) for i in range(32)]
    loading = _loading_rate(clips, options.batch, LOADED)
    print(f"loading and augmenting, by one thread: {loading}", flush=True)
    for architecture in ("lipnet", "cascade"):
        for precision in options.precision:
            config = _config(architecture, options.batch, PRECISIONS[precision])
            rate = _training_rate(config, clips, options.steps)
            line = f"{rate}   loading is {loading.by_clock / rate.by_clock:.1f} times as fast"
            print(f"{architecture:8} {precision:9} {line}", flush=True)


def _config(architecture: str, batch: int, bfloat16: bool) -> Config:
    config = config_from({"architecture": architecture})
    return replace(config, optimisation=Optimisation(batch=batch, bfloat16=bfloat16))


def _batches(clips: list[Clip], size: int) -> Iterator[Batch]:
    """Batches of clips of equal length (whole recordings), which make figures comparable."""
    config = Config()
    whole = Sampling(words=0.0, silence=0.0, whole=1.0)
    for epoch in count():
        draw = EpochDraw((1.0,) * len(clips), size, 1, epoch, whole, config.augmentation)
        yield from load_epoch(clips, alphabet_for("en"), draw, Shard(), 0, workers=0)


def _loading_rate(clips: list[Clip], size: int, steps: int) -> StepRate:
    batches = _batches(clips, size)
    next(batches)
    watch = StepTimer()
    for _ in islice(batches, steps):
        pass
    return watch.rate(steps * size)


def _training_rate(config: Config, clips: list[Clip], steps: int) -> StepRate:
    learner = Learner(config, alphabet_for("en").size, steps + WARM_UP, Process())
    size = config.optimisation.batch
    batches = list(islice(_batches(clips, size), steps + WARM_UP))
    for number, batch in enumerate(batches[:WARM_UP]):
        learner.step(batch, (0, number))
    watch = StepTimer()
    for number, batch in enumerate(batches[WARM_UP:], WARM_UP):
        learner.step(batch, (0, number))
    return watch.rate(steps * size)


def _random_clip(seed: int) -> Clip:
    random = np.random.default_rng(seed)
    words = tuple(AlignedWord(word, 12 + 9 * i, 20 + 9 * i) for i, word in enumerate(SENTENCE.split()))
    crops = random.integers(0, 255, (75, 50, 100), np.uint8)
    return Clip(f"random{seed}", "", "", "train", SENTENCE, crops, words)


if __name__ == "__main__":
    main()
