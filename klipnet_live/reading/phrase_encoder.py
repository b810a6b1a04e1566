"""Features of phrases from the bundled networks, which are more informative than pixels.

Both networks are used for every language: they were trained with different people and make different errors
on others. Two layers of each are used, before and after its temporal convolution.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from klipnet_live.assets import MODELS
from klipnet_live.manifest import load_manifest
from klipnet_live.reading.model import LipModel
from klipnet_live.types import FloatArray, GreyImage

NETWORKS = ("en-grid", "ko-seed")

_LEAD_FRAMES = 5
"""Still frames before a phrase, as many as the networks look back."""

_LAG_FRAMES = 2
"""Lag of the features after the temporal convolution."""

_STILL_FEATURES = "features"
"""Name of the state with the newest features before the temporal convolution."""


class PhraseEncoder:
    """Maps crops to features, (time, blocks * features). The networks are loaded on first use."""

    def __init__(self, folders: Sequence[Path] | None = None) -> None:
        self._folders = [MODELS / name for name in NETWORKS] if folders is None else list(folders)

    @property
    def blocks(self) -> int:
        """Number of feature blocks of equal width, two per network."""
        return 2 * len(self._folders)

    @cached_property
    def networks(self) -> tuple[str, ...]:
        """SHA-256 of each graph: features of other networks are not comparable."""
        return tuple(load_manifest(folder, verify=False).stream.sha256 for folder in self._folders)

    @cached_property
    def _models(self) -> list[LipModel]:
        return [LipModel(folder) for folder in self._folders]

    def __call__(self, crops: Sequence[GreyImage]) -> FloatArray:
        """Features of a phrase from its crops, each (50, 100), at 25 per second.

        UserError if a network cannot be loaded.
        """
        return np.concatenate([_features(model, crops) for model in self._models], axis=1)


def _features(model: LipModel, crops: Sequence[GreyImage]) -> FloatArray:
    chunk = model.manifest.chunk_frames
    padded = [*[crops[0]] * _LEAD_FRAMES, *crops, *[crops[-1]] * _LAG_FRAMES]
    padded += [crops[-1]] * (-len(padded) % chunk)
    state, still, moving = model.start(), [], []
    for first in range(0, len(padded), chunk):
        (read,) = model.stream([padded[first : first + chunk]], [state])
        state = read.state
        still.append(state[_STILL_FEATURES][-chunk:])
        moving.append(read.kept)
    layers = (np.concatenate(still)[_LEAD_FRAMES:], np.concatenate(moving)[_LEAD_FRAMES + _LAG_FRAMES :])
    return np.concatenate([layer[: len(crops)] for layer in layers], axis=1)
