"""What a run leaves behind: last.pt, best.pt, config.toml, log.csv and a TensorBoard record."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from torch import Tensor
from torch.utils.tensorboard import SummaryWriter

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
            (self.path / "config.toml").write_text(to_toml(config.as_dict()), encoding="utf-8")
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
        new = not table.exists()
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
        header, *rows = table.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [row for row in rows if int(row.partition(",")[0]) <= epoch]
        table.write_text("".join([header, *kept]), encoding="utf-8", newline="")

    def _show(self, record: Mapping[str, float], epoch: int) -> None:
        if self._board is None:
            folder = str(self.path / "tensorboard")
            self._board = SummaryWriter(folder, purge_step=epoch)
        for name, value in record.items():
            self._board.add_scalar(name, value, epoch)
        self._board.flush()
