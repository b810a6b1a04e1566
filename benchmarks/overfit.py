"""Checks loss, gradients and decoding: both architectures overfit a tiny dataset.

    python -m benchmarks.overfit PREPARED [--clips 4] [--epochs 400] [--architecture cascade]

On four clips of GRID's s1: the cascade in 126 epochs and 57 CPU seconds, LipNet in 59 and 62.
Exits with status 1 if the final head does not reach 0 % CER on its training clips.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import cv2
import torch
from klipnet_training.config.schema import config_from
from klipnet_training.data.augment import Augmentation
from klipnet_training.data.table import table_rows
from klipnet_training.run.trainer import Trainer
from klipnet_training.run.watcher import HeadReadings, NullWatcher

from benchmarks.part import write_part

NO_AUGMENTATION = dict.fromkeys((f.name for f in fields(Augmentation)), 0)
"""No augmentation."""


OPTIMISATION = {"schedule": "constant", "average": 0.0, "checkpoint_steps": 1000}

# Without batch normalisation a step with one clip is as good as one with all, and much faster.
STEPS: dict[str, dict[str, float]] = {
    "cascade": {"batch": 4, "learning_rate": 1e-3},
    "lipnet": {"batch": 1, "learning_rate": 5e-4},
}


class UntilLearnt(NullWatcher):
    """Keeps the latest error rates."""

    def __init__(self) -> None:
        self.figures: Mapping[str, float] = {}

    def epoch_ends(self, record: Mapping[str, float], readings: Sequence[HeadReadings]) -> None:
        self.figures = record
        if record["epoch"] % 20 == 0:
            print("  ", dict(record), flush=True)

    @property
    def learnt(self) -> bool:
        heads = [value for name, value in self.figures.items() if name.endswith("_cer")]
        return bool(heads) and not any(heads)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("prepared", type=Path)
    parser.add_argument("--clips", type=int, default=4)
    parser.add_argument("--epochs", type=int, default=400)
    parser.add_argument("--architecture", choices=tuple(STEPS), help="default: both")
    options = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    which = [options.architecture] if options.architecture else list(STEPS)
    learnt = [_learns(name, options.prepared, options.clips, options.epochs) for name in which]
    return int(not all(learnt))


def _learns(architecture: str, prepared: Path, clips: int, epochs: int) -> bool:
    """Whether every head of the network reaches 0 % CER."""
    with tempfile.TemporaryDirectory() as folder:
        few = _first_clips(prepared, Path(folder) / "few", clips)
        trainer = Trainer(config_from(_table(architecture, few, epochs)), Path(folder) / "run")
        watcher, began = UntilLearnt(), time.process_time()
        trainer.fit(watcher, stopped=lambda: watcher.learnt)
    result = "0 % CER" if watcher.learnt else f"not learnt: {dict(watcher.figures)}"
    seconds = time.process_time() - began
    print(f"{architecture}: {result} after {watcher.figures['epoch']:.0f} epochs, {seconds:.0f} CPU seconds")
    return watcher.learnt


def _table(architecture: str, folder: Path, epochs: int) -> dict[str, Any]:
    source = {"folder": str(folder)}
    return {
        "architecture": architecture,
        "data": [source],
        "validation": [source],
        "model": {"dropout": 0.0},
        "sampling": {"words": 0.0, "silence": 0.0, "whole": 1.0},
        "augmentation": NO_AUGMENTATION,
        "optimisation": OPTIMISATION | STEPS[architecture] | {"epochs": epochs},
    }


def _first_clips(prepared: Path, folder: Path, clips: int) -> Path:
    """A prepared folder that refers to the first training clips of another one."""
    rows = [row for row in table_rows(prepared) if row.get("split", "train") == "train"]
    return write_part(folder, prepared, rows[:clips])


if __name__ == "__main__":
    sys.exit(main())
