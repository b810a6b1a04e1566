"""Mouth crops on disk: read at once, or each time they are used."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from klipnet_live.types import UserError

Crops = NDArray[np.uint8]
"""Shape (frames, height, width)."""

_ARRAY = "crops"


class StoredCrops:
    """Crops that are read each time they are used: a large dataset does not fit into memory."""

    def __init__(self, path: Path) -> None:
        """UserError for a file that `klipnet-data prepare` did not write."""
        self._path = path
        with _mendable(path), zipfile.ZipFile(path) as file, file.open(f"{_ARRAY}.npy") as array:
            np.lib.format.read_magic(array)
            self.shape, _, _ = np.lib.format.read_array_header_1_0(array)

    def __len__(self) -> int:
        return int(self.shape[0])

    def __getitem__(self, frames: slice | NDArray[np.intp]) -> Crops:
        return read_crops(self._path)[frames]


def read_crops(path: Path) -> Crops:
    """All crops of a file. UserError for a file that `klipnet-data prepare` did not write."""
    with _mendable(path), path.open("rb") as file:
        return np.asarray(np.load(file)[_ARRAY], dtype=np.uint8)


@contextmanager
def _mendable(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise UserError("{path} is missing: run `klipnet-data prepare` again.", path=path) from error
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise UserError("{path} is damaged: run `klipnet-data prepare` again.", path=path) from error
