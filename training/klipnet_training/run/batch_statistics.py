"""Batch-normalisation statistics of the recordings themselves.

Li et al. 2016, "Revisiting Batch Normalization For Practical Domain Adaptation", arXiv:1603.04779 (AdaBN).
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import nn
from torch.nn.modules.batchnorm import _BatchNorm

from klipnet_live.lips.alphabet import Alphabet
from klipnet_training.data.clips import Clip
from klipnet_training.data.samples import collate, whole_clip_sample

_BATCH = 8
_MOST_CLIPS = 32
"""As many clips are enough: seven sentences already give most of the gain."""


@torch.no_grad()
def estimate_statistics(network: nn.Module, clips: Sequence[Clip], alphabet: Alphabet) -> None:
    """Replace the statistics of all batch-normalisation layers by those of these clips, also seen mirrored.

    The network is left in eval mode. Networks without such layers stay as they are.
    """
    layers = [layer for layer in network.eval().modules() if isinstance(layer, _BatchNorm)]
    momenta = [layer.momentum for layer in layers]
    for layer in layers:
        layer.reset_running_stats()
        layer.momentum = None  # the mean over all batches
        layer.train()
    device = next(network.parameters()).device
    chosen = clips[:: -(-len(clips) // _MOST_CLIPS)] if layers else ()
    for first in range(0, len(chosen), _BATCH):
        batch = collate([whole_clip_sample(clip, alphabet) for clip in chosen[first : first + _BATCH]])
        frames = torch.cat([batch.frames, batch.frames.flip(-1)]).to(device)
        network(frames, batch.lengths.repeat(2))
    for layer, momentum in zip(layers, momenta, strict=True):
        layer.momentum = momentum
    network.eval()
