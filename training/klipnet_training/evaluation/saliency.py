"""Which pixels of a mouth a network looks at."""

from __future__ import annotations

import numpy as np
import torch

from klipnet_live.lips.alphabet import BLANK, Alphabet
from klipnet_live.types import FloatArray
from klipnet_training.architectures import Network
from klipnet_training.data.clips import Clip
from klipnet_training.data.samples import collate, whole


def saliency(network: Network, clip: Clip, alphabet: Alphabet, head: str) -> FloatArray:
    """How much each pixel changes what is written, (frames, height, width), 0 to 1.

    The size of the gradient of the log-probability of the written symbols: Simonyan, Vedaldi, Zisserman
    2013, "Deep inside convolutional networks", arXiv:1312.6034.
    """
    batch = collate([whole(clip, alphabet)])
    frames = batch.frames.float().requires_grad_()
    log_probs = network(frames, batch.lengths).texts()[head][0]
    best, symbols = log_probs.max(-1)
    (gradient,) = torch.autograd.grad(best[symbols != BLANK].sum(), frames)
    sizes = gradient[0, : len(clip.crops)].abs().numpy()
    return np.asarray(sizes / max(float(sizes.max()), 1e-12), dtype=np.float32)
