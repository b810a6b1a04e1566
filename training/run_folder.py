"""What a run leaves behind: last.pt, best.pt, config.toml, log.csv and a TensorBoard record."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from torch import Tensor
from torch.utils.tensorboard import SummaryWriter

from klipnet_live.atomic_file import write_atomically
from klipnet_live.types import UserError
from training import checkpoint
from training.config import Config
from training.config_file import to_toml
from training.trained import BEST

LAST = "last.pt"


class RunFolder:
    """The files of one run, written by one process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._board: SummaryWriter | None = None

    @property
    def begun(self) -> bool:
        return (self.path / LAST).is_file()

    def prepare(self, config: Config) -> None:
        """Make the folder and write down the configuration."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            write_atomically(self.path / "config.toml", to_toml(config.as_dict()).encode())
        except OSError as error:
            raise UserError(
                "Cannot write to {folder}: {reason}. Choose another --out.",
                folder=self.path,
                reason=error.strerror,
            ) from error

    def last(self) -> dict[str, Any]:
        """The state that a resumed run goes on from."""
        return checkpoint.load(self.path / LAST)

    def save_last(self, state: dict[str, Any]) -> None:
        checkpoint.save(self.path / LAST, state)

    def save_best(self, config: Config, weights: dict[str, Tensor]) -> None:
        checkpoint.save(self.path / BEST, {"config": config.as_dict(), "model": weights})

    def log(self, record: Mapping[str, float]) -> None:
        """One row of an epoch, in the table and for TensorBoard."""
        table = self.path / "log.csv"
        new = not table.exists() or not table.stat().st_size
        with table.open("a", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(record))
            if new:
                writer.writeheader()
            writer.writerow(record)
        self._show(record, int(record["epoch"]))

    def forget_after(self, epoch: int) -> None:
        """Drop the rows of epochs that ended after the last checkpoint, and are done again."""
        table = self.path / "log.csv"
        if not table.exists():
            return
        # A full disk or a lost process may have left half a row.
        rows = [row for row in table.read_bytes().splitlines(keepends=True) if row.endswith(b"\n")]
        wanted = {str(number).encode() for number in range(1, epoch + 1)}
        kept = [row for row in rows[1:] if row.partition(b",")[0] in wanted]
        write_atomically(table, b"".join([*rows[:1], *kept]))

    def _show(self, record: Mapping[str, float], epoch: int) -> None:
        if self._board is None:
            folder = str(self.path / "tensorboard")
            self._board = SummaryWriter(folder, purge_step=epoch)
        for name, value in record.items():
            self._board.add_scalar(name, value, epoch)
        self._board.flush()
