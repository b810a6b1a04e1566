"""Saliency maps: the pixels of a mouth that a network's output depends on."""

from __future__ import annotations

import numpy as np
import torch

from klipnet_live.lips.alphabet import BLANK, Alphabet
from klipnet_live.types import FloatArray
from klipnet_training.architectures import Network
from klipnet_training.data.clips import Clip
from klipnet_training.data.samples import collate, whole_clip_sample


def saliency(network: Network, clip: Clip, alphabet: Alphabet, head: str) -> FloatArray:
    """Saliency of each pixel, (frames, height, width), 0 to 1.

    Magnitude of the gradient of the log-probability of the output symbols: Simonyan, Vedaldi, Zisserman
    2013, "Deep inside convolutional networks", arXiv:1312.6034.
    """
    batch = collate([whole_clip_sample(clip, alphabet)])
    frames = batch.frames.float().requires_grad_()
    log_probs = network(frames, batch.lengths).texts()[head][0]
    best, symbols = log_probs.max(-1)
    (gradient,) = torch.autograd.grad(best[symbols != BLANK].sum(), frames)
    sizes = gradient[0, : len(clip.crops)].abs().numpy()
    return np.asarray(sizes / max(float(sizes.max()), 1e-12), dtype=np.float32)
