"""The cascade: a causal front-end, a streaming head, and a final head that re-reads finished lines.

It is based on LipNet (Assael et al. 2016, arXiv:1611.01599): spatiotemporal convolution, GRUs, CTC. All
temporal layers of the front-end are causal and start from a zero state, so that reading in chunks with
carried state equals reading a whole clip. If a symbol needs look-ahead, CTC learns to emit it a few frames
late; `FLUSH_FRAMES` still frames after each clip flush the remaining symbols.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor, nn

from klipnet_training.model.gru import GRU
from klipnet_training.model.heads import Heads
from klipnet_training.ranges import AtLeastOne, HeightOfCrop, Part, WidthOfCrop

FLUSH_FRAMES = 6
"""Still frames after the end of a clip, 240 ms: the largest delay of the output behind the lips."""


@dataclass(frozen=True, slots=True)
class CascadeConfig:
    """Sizes of the network. Its input is the central window of a crop, in pixels."""

    symbols: int = 28
    window_height: HeightOfCrop = 44
    window_width: WidthOfCrop = 88
    channels: tuple[AtLeastOne, AtLeastOne, AtLeastOne, AtLeastOne] = (16, 48, 96, 128)
    features: AtLeastOne = 256
    stream_hidden: AtLeastOne = 256
    final_hidden: AtLeastOne = 256
    dropout: Part = 0.2


class StreamState(NamedTuple):
    """State of the streaming graph between chunks, for a batch of speakers."""

    video: Tensor  # (batch, 4, window height, window width): normalised frames
    features: Tensor  # (batch, 4, channels): frames before the temporal convolution
    hidden: Tensor  # (batch, layers, hidden): GRU


class StreamOutput(NamedTuple):
    log_probs: Tensor  # (batch, time, symbols)
    speaking: Tensor  # (batch, time): logit that the lips are speaking
    features: Tensor  # (batch, time, features): kept for the final head
    state: StreamState


def normalise(frames: Tensor) -> Tensor:
    """Normalise each frame (batch, time, h, w) to zero mean and unit deviation; flat frames become zeros."""
    frames = frames.float()
    centred = frames - frames.mean(dim=(-2, -1), keepdim=True)
    deviation = centred.square().mean(dim=(-2, -1), keepdim=True).sqrt()
    return centred / (deviation + 4.0)


class CausalFrontEnd(nn.Module):
    """Frames to features: a 3-D convolution, 2-D convolutions per frame, a temporal convolution."""

    kernel_frames = 5

    def __init__(self, config: CascadeConfig) -> None:
        super().__init__()
        one, two, three, four = config.channels
        # A 3-D convolution over single-channel frames equals a 2-D one over frames stacked as channels, which
        # trains three times as fast on a CPU.
        self.video = nn.Conv2d(self.kernel_frames, one, 5, stride=2, padding=2, bias=False)
        self.pictures = nn.Sequential(
            *_pooled(one),
            _convolution(one, two),
            *_pooled(two),
            _convolution(two, three),
            *_pooled(three),
            _convolution(three, four),
            *_normalised(four),
        )
        # torch's type hints lack this argument.
        self.pictures.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        places = _halved(config.window_height, 4) * _halved(config.window_width, 4)
        self.squeeze = nn.Sequential(
            nn.Flatten(),
            nn.Linear(four * places, config.features, bias=False),
            nn.BatchNorm1d(config.features),
            nn.ReLU(inplace=True),
        )
        self.window = (config.window_height, config.window_width)
        self.temporal = nn.Conv1d(config.features, config.features, self.kernel_frames)
        self.dropout = nn.Dropout(config.dropout)

    def forward(self, frames: Tensor, video: Tensor, before: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Frames (batch, time, h, w) and both caches; returns features and the new caches."""
        context = self.kernel_frames - 1
        batch, time = frames.shape[:2]
        clip = torch.cat([video, normalise(central(frames, *self.window))], dim=1)
        stacked = torch.stack([clip[:, i : i + time] for i in range(self.kernel_frames)], dim=2)
        pictures = stacked.flatten(0, 1).contiguous(memory_format=torch.channels_last)
        squeezed = self.squeeze(self.pictures(self.video(pictures))).reshape(batch, time, -1)
        wide = torch.cat([before, self.dropout(squeezed)], dim=1)
        features = squeezed + torch.relu(self.temporal(wide.transpose(1, 2))).transpose(1, 2)
        return features, clip[:, -context:], wide[:, -context:]


class Cascade(nn.Module):
    """The whole network. `forward` runs both heads on whole clips; `stream` and `final` are for live use."""

    stream_layers = 2

    def __init__(self, config: CascadeConfig) -> None:
        super().__init__()
        self.config = config
        self.front = CausalFrontEnd(config)
        self.stream_gru = GRU(
            config.features,
            config.stream_hidden,
            self.stream_layers,
            batch_first=True,
            dropout=config.dropout,
        )
        self.stream_out = nn.Linear(config.stream_hidden, config.symbols)
        self.speaking = nn.Linear(config.features, 1)
        self.final_gru = GRU(
            config.features,
            config.final_hidden,
            2,
            batch_first=True,
            bidirectional=True,
            dropout=config.dropout,
        )
        self.final_out = nn.Linear(2 * config.final_hidden, config.symbols)
        self.dropout = nn.Dropout(config.dropout)

    def start(self, batch: int) -> StreamState:
        config, context = self.config, self.front.kernel_frames - 1
        at = self.stream_out.weight.device
        return StreamState(
            torch.zeros(batch, context, config.window_height, config.window_width, device=at),
            torch.zeros(batch, context, config.features, device=at),
            torch.zeros(batch, self.stream_layers, config.stream_hidden, device=at),
        )

    def stream(self, frames: Tensor, state: StreamState) -> StreamOutput:
        """Process the next frames (batch, time, height, width), uint8, of each speaker."""
        features, video, before = self.front(frames, state.video, state.features)
        hidden_features, hidden = self.stream_gru.read(features, state.hidden.transpose(0, 1).contiguous())
        log_probs = self.stream_out(self.dropout(hidden_features)).float().log_softmax(-1)
        speaking = self.speaking(features).squeeze(-1)
        return StreamOutput(log_probs, speaking, features, StreamState(video, before, hidden.transpose(0, 1)))

    def final(self, features: Tensor, lengths: Tensor | None = None) -> Tensor:
        """Log-probabilities of a line from its kept features (batch, time, features)."""
        read, _ = self.final_gru.read(self.dropout(features), lengths=lengths)
        return torch.log_softmax(self.final_out(self.dropout(read)).float(), -1)

    def forward(self, frames: Tensor, lengths: Tensor) -> Heads:
        """Both heads on whole clips (batch, time, height, width), uint8."""
        output = self.stream(frames, self.start(frames.shape[0]))
        return Heads(output.log_probs, self.final(output.features, lengths), output.speaking)


def _convolution(inputs: int, outputs: int) -> nn.Module:
    return nn.Conv2d(inputs, outputs, 3, padding=1, bias=False)


def _normalised(channels: int) -> list[nn.Module]:
    return [nn.BatchNorm2d(channels), nn.ReLU(inplace=True)]


def _pooled(channels: int) -> list[nn.Module]:
    # Pooling first leaves only a quarter of the values to normalise.
    return [nn.MaxPool2d(2, ceil_mode=True), *_normalised(channels)]


def central(frames: Tensor, height: int, width: int) -> Tensor:
    """The central window of frames (batch, time, h, w)."""
    top, left = (frames.shape[-2] - height) // 2, (frames.shape[-1] - width) // 2
    return frames[..., top : top + height, left : left + width]


def _halved(size: int, times: int) -> int:
    for _ in range(times):
        size = (size + 1) // 2
    return size
