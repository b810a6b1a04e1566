"""Loads the clips to evaluate: prepared ones, or recordings that are cropped first."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from platformdirs import user_cache_path

from klipnet_live.types import UserError
from klipnet_training.data.clips import Clip, is_prepared, load_clips
from klipnet_training.data.layouts import read_dataset
from klipnet_training.data.prepare import CropSettings, Outcome, finish, prepare
from klipnet_training.data.recordings import with_unique_names
from klipnet_training.data.window import Window

ShowProgress = Callable[[Iterable[Outcome], int], Iterable[Outcome]]
"""Passes outcomes through and shows progress; the number is their expected count."""


def clips_of(folder: Path, split: str | None, show_progress: ShowProgress) -> list[Clip]:
    """Clips of a folder in any layout supported by `klipnet-data`."""
    return load_clips(folder if is_prepared(folder) else _prepared(folder, show_progress), split)


def _prepared(folder: Path, show_progress: ShowProgress) -> Path:
    """Crop a dataset into a cache folder, where later evaluations find the crops."""
    mark = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
    cache = user_cache_path("klipnet-live") / "prepared" / mark
    named = with_unique_names(read_dataset(folder))
    settings = CropSettings(cache, Window())
    outcomes = list(show_progress(prepare(named, settings, os.cpu_count() or 1), len(named)))
    if not finish(settings, outcomes):
        raise UserError("No clip of {folder} shows a face that can be read.", folder=folder)
    return cache
