"""Exports networks without a streaming head, which read whole clips only.

Their streaming graph outputs no text: it stores the crops, and takes motion of the mouth for speech. The app
then re-reads the line while it grows, as with the final head of a cascade.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from klipnet_live.lips.motion import NOISE_LEVEL
from klipnet_live.reading.lip_movement import MOVING, SMOOTHED_OVER
from klipnet_training.export.graphs import LiveNetwork
from klipnet_training.model.cascade import FLUSH_FRAMES
from klipnet_training.model.lipnet import LipNet

_STEEPNESS = 200.0
"""Slope of the sigmoid that maps motion around `MOVING` to a probability of speech."""

_IMPOSSIBLE = -30.0


class CropBufferGraph(nn.Module):
    """Streaming graph: crops as features, blanks as text, motion as speech. Its state is the last crops."""

    def __init__(self, symbols: int) -> None:
        super().__init__()
        self._symbols = symbols

    def forward(self, frames: Tensor, before: Tensor) -> tuple[Tensor, ...]:
        """`frames` (batch, time, height, width) uint8; `before` (batch, 3, height, width), zeros at first."""
        clip = torch.cat([before, frames.float()], dim=1)
        speaking = speaking_of(change(clip), frames.shape[1])
        blank = torch.zeros_like(speaking)[..., None]
        others = (blank + _IMPOSSIBLE).expand(-1, -1, self._symbols - 1)
        log_probs = torch.cat([blank, others], dim=-1)
        return log_probs, speaking, frames.float().flatten(2), clip[:, -SMOOTHED_OVER:]


class WholeClipGraph(nn.Module):
    """Final graph: the network on the crops of a line, passed as features."""

    def __init__(self, network: LipNet) -> None:
        super().__init__()
        self.network = network

    def forward(self, kept: Tensor) -> Tensor:
        config = self.network.config
        read: Tensor = self.network(kept.reshape(*kept.shape[:2], config.height, config.width)).final
        return read


def live_lipnet(network: LipNet) -> LiveNetwork:
    """A LipNet, with torch's or Keras' GRU, as the app runs it."""
    config = network.config
    return LiveNetwork(
        CropBufferGraph(config.symbols).eval(),
        WholeClipGraph(network).eval(),
        {"before": torch.zeros(1, SMOOTHED_OVER, config.height, config.width)},
        config.height * config.width,
        FLUSH_FRAMES,
        keeps_crops=True,
    )


def speaking_of(changes: Tensor, time: int) -> Tensor:
    """Probability of speech (batch, time) from frame differences (batch, time + 2)."""
    moving = torch.stack([changes[:, i : i + time] for i in range(SMOOTHED_OVER)]).mean(0)
    return torch.sigmoid(_STEEPNESS * (moving - MOVING))


def change(clip: Tensor) -> Tensor:
    """`lips.motion.change` between successive frames, (batch, time - 1); 0 after an all-zero frame."""
    before, after = clip[:, :-1], clip[:, 1:]
    moved = after - before
    brighter = moved.mean(dim=(-2, -1), keepdim=True)
    deviation = (after - after.mean(dim=(-2, -1), keepdim=True)).square().mean(dim=(-2, -1)).sqrt()
    size = (moved - brighter).abs().mean(dim=(-2, -1)) / (deviation + NOISE_LEVEL)
    return size * (before.amax(dim=(-2, -1)) > 0)
