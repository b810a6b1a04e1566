"""Statistics of a network's features over its training clips, by which the app normalises unknown faces."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from klipnet_live.lips.alphabet import alphabet_for
from klipnet_live.reading.feature_statistics import FeatureStatistics
from klipnet_live.types import FloatArray
from klipnet_training.config.schema import Config
from klipnet_training.data.clips import Clip
from klipnet_training.export.graphs import LiveNetwork
from klipnet_training.run.sources import load_sources

CLIPS = 160
"""Number of clips, evenly spaced: some 12,000 frames."""


def training_statistics(config: Config, network: LiveNetwork) -> FeatureStatistics | None:
    """Of the first source of a run; None if its clips are gone, or if the network keeps crops as features."""
    sources = [source for source in config.data[:1] if Path(source.folder).is_dir()]
    if not sources or network.keeps_crops:
        return None
    clips = [clip for _, clip in load_sources(sources, alphabet_for(config.language), config.split)]
    return feature_statistics(network, clips[:: max(1, len(clips) // CLIPS)][:CLIPS])


@torch.no_grad()
def feature_statistics(network: LiveNetwork, clips: Sequence[Clip]) -> FeatureStatistics:
    """Of whole clips and the still frames after them, as the app pads them."""
    return FeatureStatistics.of(np.concatenate([_features(network, clip) for clip in clips]))


def _features(network: LiveNetwork, clip: Clip) -> FloatArray:
    still = np.repeat(clip.crops[-1:], network.flush_frames, axis=0)
    frames = torch.from_numpy(np.concatenate([clip.crops[:], still]))[None]
    _, _, features, *_ = network.stream(frames, *network.states.values())
    return np.asarray(features[0].numpy(), dtype=np.float32)
