"""Features of a phrase, by the networks that ship: they say more of a mouth than its pixels do.

Both networks are used whatever language is read. Each was trained with people of its own, and errs on
strangers in its own way. Of each two layers are taken, before and after its temporal convolution.
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
"""Still frames before a phrase: the networks look back so far."""

_LAG_FRAMES = 2
"""How much later than a mouth the features after the temporal convolution come."""

_STILL_FEATURES = "features"
"""The state that holds the newest features before the temporal convolution."""


class PhraseEncoder:
    """Crops to features, (time, blocks * features). The networks are loaded when they are first needed."""

    def __init__(self, folders: Sequence[Path] | None = None) -> None:
        self._folders = [MODELS / name for name in NETWORKS] if folders is None else list(folders)

    @property
    def blocks(self) -> int:
        """Features come in so many blocks of equal width, two a network."""
        return 2 * len(self._folders)

    @cached_property
    def networks(self) -> tuple[str, ...]:
        """SHA-256 of each graph: features of others cannot be compared with these."""
        return tuple(load_manifest(folder, verify=False).stream.sha256 for folder in self._folders)

    @cached_property
    def _models(self) -> list[LipModel]:
        return [LipModel(folder) for folder in self._folders]

    def __call__(self, crops: Sequence[GreyImage]) -> FloatArray:
        """Features of a phrase whose crops, each (50, 100) at 25 a second, begin and end with it.

        Errors: UserError where a network cannot be loaded.
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
