"""The lip-reading network of Auto-AVSR, with the parameter names of its released weights.

Ma, Petridis, Pantic 2022, "Visual speech recognition for multiple languages in the wild" (arXiv:2202.13084)
and Ma et al. 2023, "Auto-AVSR: audio-visual speech recognition with automatic labels" (arXiv:2303.14307):
a 3-D convolution and a ResNet-18 for each frame, a Conformer encoder (Gulati et al. 2020, arXiv:2005.08100)
with the relative positions of Transformer-XL (Dai et al. 2019, arXiv:1901.02860), CTC over sub-words, and a
Transformer decoder. Inference only: no dropout, no padding of batches.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import torch
from torch import Tensor, nn

BEFORE, AFTER = 2, 2
"""Frames before and after a frame in the receptive field of the 3-D convolution."""

FEATURES = 512
"""Number of ResNet features per frame."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes of a network. `symbols` includes the blank and the end-of-sentence symbol.

    `decoder_blocks` is 0 without a decoder; `activation` is that of the front-end.
    """

    symbols: int = 5049
    width: int = 768
    heads: int = 12
    units: int = 3072
    blocks: int = 12
    kernel: int = 31
    decoder_blocks: int = 6
    decoder_units: int = 3072
    activation: Literal["swish", "prelu"] = "swish"


class LipReader(nn.Module):
    """The whole network; `decoder` is None if the checkpoint has none."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.sizes = sizes
        self.frontend = FrontEnd(sizes.activation)
        self.proj_encoder = nn.Linear(FEATURES, sizes.width)
        self.encoder = Encoder(sizes)
        self.ctc = nn.ModuleDict({"ctc_lo": nn.Linear(sizes.width, sizes.symbols)})
        self.decoder = Decoder(sizes) if sizes.decoder_blocks else None

    def encode(self, features: Tensor) -> Tensor:
        """Encode a line's features (batch, time, 512) to (batch, time, width)."""
        encoded: Tensor = self.encoder(self.proj_encoder(features))
        return encoded

    def log_probs(self, encoded: Tensor) -> Tensor:
        """CTC log-probabilities, (batch, time, symbols)."""
        logits: Tensor = self.ctc["ctc_lo"](encoded)
        return logits.log_softmax(-1)


class FrontEnd(nn.Module):
    """Normalised frames (batch, time, 88, 88) to features (batch, time - 4, 512): no padding in time."""

    def __init__(self, activation: str) -> None:
        super().__init__()
        self.frontend3D = nn.Sequential(
            nn.Conv3d(1, 64, (BEFORE + 1 + AFTER, 7, 7), (1, 2, 2), (0, 3, 3), bias=False),
            nn.BatchNorm3d(64),
            _activation(activation, 64),
            nn.MaxPool3d((1, 3, 3), (1, 2, 2), (0, 1, 1)),
        )
        self.trunk = ResNet(activation)

    def forward(self, frames: Tensor) -> Tensor:
        maps = self.frontend3D(frames[:, None]).transpose(1, 2)
        features: Tensor = self.trunk(maps.flatten(0, 1))
        return features.reshape(maps.shape[0], maps.shape[1], FEATURES)


class ResNet(nn.Module):
    """ResNet-18 without its first layer (He et al. 2016, arXiv:1512.03385): (n, 64, h, w) to (n, 512)."""

    def __init__(self, activation: str) -> None:
        super().__init__()
        widths = (64, 64, 128, 256, 512)
        for i, (inputs, outputs) in enumerate(pairwise(widths), 1):
            stride = 1 if inputs == outputs else 2
            blocks = Block(inputs, outputs, stride, activation), Block(outputs, outputs, 1, activation)
            setattr(self, f"layer{i}", nn.Sequential(*blocks))

    def forward(self, maps: Tensor) -> Tensor:
        for i in range(1, 5):
            maps = getattr(self, f"layer{i}")(maps)
        return maps.mean(dim=(-2, -1))


class Block(nn.Module):
    """Residual block: two convolutions and a shortcut."""

    def __init__(self, inputs: int, outputs: int, stride: int, activation: str) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.relu1 = _activation(activation, outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.relu2 = _activation(activation, outputs)
        self.downsample = (
            None
            if inputs == outputs
            else nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))
        )

    def forward(self, maps: Tensor) -> Tensor:
        shortcut = maps if self.downsample is None else self.downsample(maps)
        inner = self.bn2(self.conv2(self.relu1(self.bn1(self.conv1(maps)))))
        out: Tensor = self.relu2(inner + shortcut)
        return out


class Encoder(nn.Module):
    """Conformer encoder over the whole line, (batch, time, width)."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.encoders = nn.ModuleList(ConformerBlock(sizes) for _ in range(sizes.blocks))
        self.after_norm = layer_norm(sizes.width)

    def forward(self, inputs: Tensor) -> Tensor:
        width = inputs.shape[-1]
        positions = relative_positions(inputs)
        hidden = inputs * math.sqrt(width)
        for block in self.encoders:
            hidden = block(hidden, positions)
        out: Tensor = self.after_norm(hidden)
        return out


class ConformerBlock(nn.Module):
    """Half-step feed-forward layer, self-attention, convolution, second half-step feed-forward layer."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        width = sizes.width
        self.self_attn = RelativeAttention(width, sizes.heads)
        self.feed_forward = FeedForward(width, sizes.units)
        self.feed_forward_macaron = FeedForward(width, sizes.units)
        self.conv_module = ConvolutionModule(width, sizes.kernel)
        self.norm_ff_macaron, self.norm_ff = layer_norm(width), layer_norm(width)
        self.norm_mha, self.norm_conv, self.norm_final = (
            layer_norm(width),
            layer_norm(width),
            layer_norm(width),
        )

    def forward(self, hidden: Tensor, positions: Tensor) -> Tensor:
        hidden = hidden + 0.5 * self.feed_forward_macaron(self.norm_ff_macaron(hidden))
        hidden = hidden + self.self_attn(self.norm_mha(hidden), positions)
        hidden = hidden + self.conv_module(self.norm_conv(hidden))
        hidden = hidden + 0.5 * self.feed_forward(self.norm_ff(hidden))
        out: Tensor = self.norm_final(hidden)
        return out


class FeedForward(nn.Module):
    """Two linear layers with a ReLU between them."""

    def __init__(self, width: int, units: int) -> None:
        super().__init__()
        self.w_1, self.w_2 = nn.Linear(width, units), nn.Linear(units, width)

    def forward(self, hidden: Tensor) -> Tensor:
        out: Tensor = self.w_2(torch.relu(self.w_1(hidden)))
        return out


class ConvolutionModule(nn.Module):
    """Gated pointwise convolution, depthwise convolution over time, pointwise convolution."""

    def __init__(self, width: int, kernel: int) -> None:
        super().__init__()
        self.pointwise_cov1 = nn.Conv1d(width, 2 * width, 1)
        self.depthwise_conv = nn.Conv1d(width, width, kernel, padding=kernel // 2, groups=width)
        self.norm = nn.BatchNorm1d(width)
        self.pointwise_cov2 = nn.Conv1d(width, width, 1)

    def forward(self, hidden: Tensor) -> Tensor:
        gated = nn.functional.glu(self.pointwise_cov1(hidden.transpose(1, 2)), dim=1)
        filtered = nn.functional.silu(self.norm(self.depthwise_conv(gated)))
        out: Tensor = self.pointwise_cov2(filtered)
        return out.transpose(1, 2)


class Attention(nn.Module):
    """Multi-head scaled dot-product attention (Vaswani et al. 2017, arXiv:1706.03762)."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.linear_q, self.linear_k = nn.Linear(width, width), nn.Linear(width, width)
        self.linear_v, self.linear_out = nn.Linear(width, width), nn.Linear(width, width)

    def forward(self, queries: Tensor, memory: Tensor, mask: Tensor | None = None) -> Tensor:
        """`mask`: (queries, memory), True where attention is allowed."""
        q, k, v = self.project(queries, memory)
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
        if mask is not None:
            scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
        return self.combine(scores, v)

    def project(self, queries: Tensor, memory: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Queries, keys and values, each (batch, heads, time, width of a head)."""
        return (
            self.split_heads(self.linear_q(queries)),
            self.split_heads(self.linear_k(memory)),
            self.split_heads(self.linear_v(memory)),
        )

    def split_heads(self, values: Tensor) -> Tensor:
        # Not `unflatten`: with it the exporter would fix the time axis.
        size = self.linear_q.out_features // self.heads
        return values.reshape(values.shape[0], -1, self.heads, size).transpose(1, 2)

    def combine(self, scores: Tensor, v: Tensor) -> Tensor:
        out: Tensor = self.linear_out((scores.softmax(-1) @ v).transpose(1, 2).flatten(2))
        return out


class RelativeAttention(Attention):
    """Self-attention with relative positions."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__(width, heads)
        self.linear_pos = nn.Linear(width, width, bias=False)
        self.pos_bias_u = nn.Parameter(torch.zeros(heads, width // heads))
        self.pos_bias_v = nn.Parameter(torch.zeros(heads, width // heads))

    def forward(self, hidden: Tensor, positions: Tensor, mask: Tensor | None = None) -> Tensor:
        """`positions`: (1, 2 time - 1, width), from the largest to the smallest distance."""
        q, k, v = self.project(hidden, hidden)
        p = self.split_heads(self.linear_pos(positions))
        content = (q + self.pos_bias_u[:, None]) @ k.transpose(-2, -1)
        distance = relative_shift((q + self.pos_bias_v[:, None]) @ p.transpose(-2, -1))
        return self.combine((content + distance) / math.sqrt(q.shape[-1]), v)


class Decoder(nn.Module):
    """Transformer decoder: log-probabilities of the next piece of a text, given the encoded line."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.embed = nn.Sequential(nn.Embedding(sizes.symbols, sizes.width))
        self.decoders = nn.ModuleList(DecoderBlock(sizes) for _ in range(sizes.decoder_blocks))
        self.after_norm = layer_norm(sizes.width)
        self.output_layer = nn.Linear(sizes.width, sizes.symbols)

    def forward(self, pieces: Tensor, encoded: Tensor) -> Tensor:
        """`pieces` (texts, length) int64, first the end symbol; `encoded` (1 or texts, time, width)."""
        embedded = self.embed(pieces)
        width = embedded.shape[-1]
        steps = torch.arange(embedded.shape[1], device=pieces.device)
        hidden = embedded * math.sqrt(width) + sinusoids(steps.to(embedded.dtype), width)
        for block in self.decoders:
            hidden = block(hidden, encoded, causal_mask(steps))
        logits: Tensor = self.output_layer(self.after_norm(hidden))
        return logits.log_softmax(-1)


class DecoderBlock(nn.Module):
    """Self-attention, cross-attention to the encoded line, and a feed-forward layer."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.self_attn = Attention(sizes.width, sizes.heads)
        self.src_attn = Attention(sizes.width, sizes.heads)
        self.feed_forward = FeedForward(sizes.width, sizes.decoder_units)
        self.norm1, self.norm2, self.norm3 = (layer_norm(sizes.width) for _ in range(3))

    def forward(self, hidden: Tensor, encoded: Tensor, seen: Tensor) -> Tensor:
        normed = self.norm1(hidden)
        hidden = hidden + self.self_attn(normed, normed, seen)
        hidden = hidden + self.src_attn(self.norm2(hidden), encoded)
        out: Tensor = hidden + self.feed_forward(self.norm3(hidden))
        return out


def relative_positions(inputs: Tensor) -> Tensor:
    """Encodings of the distances time - 1 ... 1 - time, (1, 2 time - 1, width)."""
    time = inputs.shape[1]
    distances = torch.arange(2 * time - 1, device=inputs.device)
    return sinusoids((time - 1 - distances).to(inputs.dtype), inputs.shape[-1])[None]


def sinusoids(places: Tensor, width: int) -> Tensor:
    """Sinusoidal encodings (n, width) of positions (n,), Vaswani et al. 2017, section 3.5."""
    rates = torch.exp(
        torch.arange(0, width, 2, device=places.device, dtype=places.dtype) * (-math.log(1e4) / width)
    )
    angles = places[:, None] * rates
    return torch.stack([angles.sin(), angles.cos()], dim=-1).flatten(1)


def causal_mask(steps: Tensor) -> Tensor:
    """Attention mask (length, length) for `steps` 0, 1, ...: a piece sees itself and those before it."""
    return steps[None] <= steps[:, None]


def relative_shift(scores: Tensor) -> Tensor:
    """Scores by distance (batch, heads, time, 2 time - 1) to scores by frame (batch, heads, time, time).

    For a query at i, frame j is in column time - 1 - i + j (Dai et al. 2019, appendix B, but without their
    reshaping trick, whose sizes the exporter would fix).
    """
    frames = torch.arange(scores.shape[2], device=scores.device)
    columns = scores.shape[2] - 1 - frames[:, None] + frames[None]
    return scores.gather(3, columns.expand(scores.shape[0], scores.shape[1], -1, -1))


def layer_norm(width: int) -> nn.LayerNorm:
    """With ESPnet's epsilon."""
    return nn.LayerNorm(width, 1e-12)


def _activation(name: str, channels: int) -> nn.Module:
    return nn.PReLU(channels) if name == "prelu" else nn.SiLU()
