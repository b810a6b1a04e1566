"""Measures what more recordings bring: equal numbers of training steps on subsets of one speaker's clips.

    python -m benchmarks.learning_curve PREPARED OUT [--clips 203 405 810] [--epochs 45]

`--epochs` is the number for all clips; half the clips get twice as many. Each subset has its own run in OUT;
an interrupted run is resumed. Prints the number of epochs and the error rates of the best one, from greedy
decoding of the validation split.
"""

from __future__ import annotations

import argparse
import csv
import random
from pathlib import Path

import cv2
from klipnet_training.config.schema import Config, config_from
from klipnet_training.data.table import table_rows
from klipnet_training.run.progress import TerminalWatcher
from klipnet_training.run.run_folder import RunFolder
from klipnet_training.run.trainer import Trainer
from rich.console import Console

from benchmarks.part import write_part

_ORDER_SEED = 0
"""Seed of the order in which clips are taken: a smaller subset is contained in every larger one."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("prepared", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--clips", type=int, nargs="+", default=[203, 405, 810])
    parser.add_argument("--epochs", type=int, default=45)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    rows = table_rows(options.prepared)
    train = [row for row in rows if row["split"] == "train"]
    random.Random(_ORDER_SEED).shuffle(train)
    held_out = [row for row in rows if row["split"] == "val"]
    for clips in options.clips:
        folder = options.out / str(clips)
        part = write_part(folder / "clips", options.prepared, [*train[:clips], *held_out])
        run = folder / "run"
        _fit(_config(part, round(options.epochs * len(train) / clips)), run)
        print(clips, "clips:", _best(run))


def _config(folder: Path, epochs: int) -> Config:
    source = {"folder": str(folder)}
    return config_from(
        {
            "data": [source],
            "validation": [source | {"split": "val"}],
            "sampling": {"words": 0.25},
            "optimisation": {"epochs": epochs, "bfloat16": True},
        }
    )


def _fit(config: Config, run: Path) -> None:
    trainer = Trainer(config, run)
    if RunFolder(run).begun:
        trainer.resume()
    with TerminalWatcher(Console(stderr=True)) as watcher:
        trainer.fit(watcher)


def _best(run: Path) -> str:
    """The epoch with the lowest error rate of the final head."""
    with (run / "log.csv").open(encoding="utf-8", newline="") as log:
        records = list(csv.DictReader(log))
    best = min(records, key=lambda record: float(record["final_cer"]))
    return f"epoch {best['epoch']} of {len(records)}, CER {best['final_cer']} %, WER {best['final_wer']} %"


if __name__ == "__main__":
    main()
