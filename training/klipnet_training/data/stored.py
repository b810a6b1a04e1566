"""Reads mouth crops from disk, at once or on each use."""

from __future__ import annotations

import math
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from klipnet_live.types import UserError

Crops = NDArray[np.uint8]
"""Shape (frames, height, width)."""

LARGEST_BYTES = 1 << 29
"""Limit for one array: about ten times half an hour of mouth crops."""

_ARRAY = "crops"

_HEADERS = {(1, 0): np.lib.format.read_array_header_1_0, (2, 0): np.lib.format.read_array_header_2_0}


class StoredCrops:
    """Crops that are read on each use, for datasets that do not fit into memory."""

    def __init__(self, path: Path) -> None:
        """UserError for a file that `klipnet-data prepare` did not write."""
        self._path = path
        with _as_user_error(path), _member(path, _ARRAY, LARGEST_BYTES) as array:
            self.shape, _ = _checked_header(array, LARGEST_BYTES)

    def __len__(self) -> int:
        return int(self.shape[0])

    def __getitem__(self, frames: slice | NDArray[np.intp]) -> Crops:
        return read_crops(self._path)[frames]


def read_crops(path: Path) -> Crops:
    """All crops of a file. UserError for a file that `klipnet-data prepare` did not write."""
    with _as_user_error(path):
        crops = read_array(path, _ARRAY)
        if crops.ndim != 3 or crops.dtype != np.uint8:
            raise ValueError(f"{crops.shape} {crops.dtype}")
        return np.asarray(crops, dtype=np.uint8)


def read_array(path: Path, name: str, max_bytes: int = LARGEST_BYTES) -> NDArray[Any]:
    """Read an array of an .npz file; its size is checked before memory is allocated.

    Raises OSError, KeyError, ValueError, zipfile.BadZipFile.
    """
    with _member(path, name, max_bytes) as array:
        _checked_header(array, max_bytes)
    with _member(path, name, max_bytes) as array:
        return np.asarray(np.lib.format.read_array(array, allow_pickle=False))


@contextmanager
def _member(path: Path, name: str, max_bytes: int) -> Iterator[IO[bytes]]:
    """Open a file of the archive. Its size is checked first: a few bytes may unpack to gigabytes."""
    with zipfile.ZipFile(path) as file:
        member = file.getinfo(f"{name}.npy")
        if member.file_size > max_bytes:
            raise ValueError(f"{name} takes {member.file_size} bytes")
        with file.open(member) as array:
            yield array


def _checked_header(array: IO[bytes], max_bytes: int) -> tuple[tuple[int, ...], np.dtype[Any]]:
    """Shape and dtype from an array's header. ValueError if it would be too large."""
    version = np.lib.format.read_magic(array)
    if version not in _HEADERS:
        raise ValueError(f"version {version}")
    shape, _, kind = _HEADERS[version](array)
    if math.prod(shape) * kind.itemsize > max_bytes:
        raise ValueError(f"shape {shape}")
    return shape, kind


@contextmanager
def _as_user_error(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise UserError("{path} is missing: run `klipnet-data prepare` again.", path=path) from error
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise UserError("{path} is damaged: run `klipnet-data prepare` again.", path=path) from error
