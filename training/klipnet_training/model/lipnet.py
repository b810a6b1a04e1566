"""LipNet as published: three spatiotemporal convolutions, two bidirectional GRUs, CTC.

Assael, Shillingford, Whiteson, de Freitas 2016, arXiv:1611.01599, table 3; weight initialisation, dropout and
pixel scaling as in the authors' published code.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor, nn

from klipnet_training.model.gru import GRU
from klipnet_training.model.heads import Heads
from klipnet_training.ranges import AtLeastOne, Part, Positive

_NORMALISATION_EPSILON = 1e-5


@dataclass(frozen=True, slots=True)
class LipNetConfig:
    """Sizes of the network. The paper uses colour images; the mouth crops here are grey."""

    symbols: int = 28
    colours: AtLeastOne = 1
    height: Literal[50] = 50
    width: Literal[100] = 100
    filters: tuple[AtLeastOne, AtLeastOne, AtLeastOne] = (32, 64, 96)
    hidden: AtLeastOne = 256
    dropout: Part = 0.5
    batch_normalisation: bool = False
    """Between convolution and ReLU, as in a later Keras LipNet; not in the paper."""
    pixel_mean: float = 128.0
    pixel_scale: Positive = 128.0


class LipNet(nn.Module):
    """LipNet. It reads whole clips only, as every output depends on the whole line."""

    def __init__(self, config: LipNetConfig) -> None:
        super().__init__()
        self.config = config
        one, two, three = config.filters
        self.convolutions = nn.Sequential(
            *_block(config, config.colours, one, (3, 5, 5), stride=2),
            *_block(config, one, two, (3, 5, 5)),
            *_block(config, two, three, (3, 3, 3)),
        )
        places = _after_pooling(config.height) * _after_pooling(config.width)
        self.gru = GRU(
            three * places, config.hidden, 2, batch_first=True, bidirectional=True, dropout=config.dropout
        )
        self.dropout = nn.Dropout(config.dropout)
        self.out = nn.Linear(2 * config.hidden, config.symbols)
        self._initialise()

    def forward(self, frames: Tensor, lengths: Tensor | None = None) -> Heads:
        """Whole clips, uint8, (batch, time, height, width) grey or (batch, time, height, width, colours)."""
        if frames.dim() == 4:
            frames = frames[..., None].expand(-1, -1, -1, -1, self.config.colours)
        pixels = (frames.float() - self.config.pixel_mean) / self.config.pixel_scale
        pictures = self.convolutions(pixels.permute(0, 4, 1, 2, 3))
        features = pictures.transpose(1, 2).flatten(2)
        read, _ = self.gru.read(features, lengths=lengths)
        return Heads(None, self.out(self.dropout(read)).float().log_softmax(-1), None)

    def _initialise(self) -> None:
        for layer in self.convolutions:
            if isinstance(layer, nn.Conv3d):
                nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
                _zero(layer.bias)
        nn.init.kaiming_normal_(self.out.weight, nonlinearity="sigmoid")
        _zero(self.out.bias)
        for name, weight in self.gru.named_parameters():
            _initialise_gates(name, weight, self.config.hidden)


def _block(
    config: LipNetConfig, inputs: int, outputs: int, kernel: tuple[int, int, int], stride: int = 1
) -> list[nn.Module]:
    padding = (1, kernel[1] // 2, kernel[2] // 2)
    layers: list[nn.Module] = [nn.Conv3d(inputs, outputs, kernel, (1, stride, stride), padding)]
    if config.batch_normalisation:
        layers.append(nn.BatchNorm3d(outputs, _NORMALISATION_EPSILON))
    return [*layers, nn.ReLU(inplace=True), nn.MaxPool3d((1, 2, 2)), nn.Dropout3d(config.dropout)]


def _initialise_gates(name: str, weight: Tensor, hidden: int) -> None:
    if name.startswith("bias"):
        _zero(weight)
        return
    for gate in torch.split(weight, hidden):
        if name.startswith("weight_hh"):
            nn.init.orthogonal_(gate)
        else:
            bound = math.sqrt(6.0 / (gate.shape[1] + hidden))
            nn.init.uniform_(gate, -bound, bound)


def _zero(bias: Tensor | None) -> None:
    if bias is not None:
        with torch.no_grad():
            bias.zero_()


def _after_pooling(size: int) -> int:
    """Size after one convolution of stride 2 and three poolings, which round down."""
    return (size + 1) // 2 // 2 // 2 // 2
