"""The files of a run: last.pt, best.pt, config.toml, log.csv and a TensorBoard log."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from torch import Tensor
from torch.utils.tensorboard import SummaryWriter

from klipnet_live.atomic_file import sweep, write_atomically
from klipnet_live.types import UserError
from klipnet_training.arguments import writing_to
from klipnet_training.config.files import to_toml
from klipnet_training.config.schema import Config, config_from
from klipnet_training.run import checkpoint
from klipnet_training.run.trained import BEST

LAST = "last.pt"

LOCK_TIMEOUT_S = 15.0
"""Workers outlive a killed process by a few seconds, and keep its lock."""

_LOCK = ".lock"


class RunFolder:
    """The files of one run, written by one process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._board: SummaryWriter | None = None

    @property
    def begun(self) -> bool:
        return (self.path / LAST).is_file()

    def check_free(self) -> None:
        """UserError if the folder already has a run, trained, averaged or imported."""
        if any((self.path / name).is_file() for name in (LAST, BEST)):
            raise UserError(
                "{run} already has a run: choose another --out, or continue it with klipnet-train --resume.",
                run=self.path,
            )

    @contextmanager
    def claimed(self, *, new_run: bool = True) -> Iterator[None]:
        """Lock the folder against other processes and remove partial files of a killed one.

        `new_run`: also do `check_free`. UserError if another process has the lock.
        """
        with self._lock():
            if new_run:
                self.check_free()
            sweep(self.path)
            yield

    def prepare(self, config: Config) -> None:
        """Create the folder and write the configuration."""
        with writing_to(self.path):
            write_atomically(self.path / "config.toml", to_toml(config.as_dict()).encode())

    def configuration(self) -> Config | None:
        """The configuration of the run in this folder; None if there is none."""
        state = next((name for name in (LAST, BEST) if (self.path / name).is_file()), None)
        if state is None:
            return None
        return config_from(checkpoint.part(checkpoint.load(self.path / state), "config", self.path / state))

    def last(self) -> dict[str, Any]:
        """The last checkpoint, to resume from."""
        return checkpoint.load(self.path / LAST)

    def save_last(self, state: dict[str, Any]) -> None:
        checkpoint.save(self.path / LAST, state)

    def save_best(self, config: Config, weights: dict[str, Tensor]) -> None:
        checkpoint.save(self.path / BEST, {"config": config.as_dict(), "model": weights})

    def log(self, record: Mapping[str, float]) -> None:
        """Append an epoch to log.csv and the TensorBoard log."""
        table = self.path / "log.csv"
        new = not table.exists() or not table.stat().st_size
        with table.open("a", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(record))
            if new:
                writer.writeheader()
            writer.writerow(record)
        self._log_to_tensorboard(record, int(record["epoch"]))

    def forget_after(self, epoch: int) -> None:
        """Remove log rows of epochs after the last checkpoint, which will be repeated."""
        table = self.path / "log.csv"
        if not table.exists():
            return
        # A full disk or a killed process may have left an incomplete row.
        rows = [row for row in table.read_bytes().splitlines(keepends=True) if row.endswith(b"\n")]
        epochs = {str(number).encode() for number in range(1, epoch + 1)}
        kept = [row for row in rows[1:] if row.partition(b",")[0] in epochs]
        write_atomically(table, b"".join([*rows[:1], *kept]))

    def _lock(self) -> AbstractContextManager[object]:
        with writing_to(self.path):
            try:
                # The system releases the lock when the process ends, however it ends.
                return FileLock(self.path / _LOCK).acquire(timeout=LOCK_TIMEOUT_S)
            except Timeout as error:
                raise UserError(
                    "Another process is writing to {run}: wait for it to end, or choose another --out.",
                    run=self.path,
                ) from error

    def _log_to_tensorboard(self, record: Mapping[str, float], epoch: int) -> None:
        if self._board is None:
            folder = str(self.path / "tensorboard")
            self._board = SummaryWriter(folder, purge_step=epoch)
        for name, value in record.items():
            self._board.add_scalar(name, value, epoch)
        self._board.flush()
