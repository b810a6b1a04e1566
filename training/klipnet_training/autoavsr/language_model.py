"""Language models published by Visual Speech Recognition for Multiple Languages, and their checkpoints.

ESPnet's Transformer language model: an embedding, a linear layer, the encoder of Vaswani et al. 2017
(arXiv:1706.03762) with a causal mask, and an output layer over the symbols of the lip reader.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from klipnet_live.types import UserError
from klipnet_training.autoavsr.checkpoint import Weights, check_weights, count, load_into, weights_of
from klipnet_training.autoavsr.configuration import OPTIONS_FILE, options_of
from klipnet_training.autoavsr.network import Attention, FeedForward, causal_mask, layer_norm, sinusoids


@dataclass(frozen=True, slots=True)
class LanguageModelSizes:
    """`symbols`: including blank and end; `positions`: whether there is a positional encoding."""

    symbols: int = 5049
    embedding: int = 128
    width: int = 512
    heads: int = 8
    units: int = 2048
    blocks: int = 16
    positions: bool = True


class LanguageModel(nn.Module):
    """Log-probabilities of the next symbol after each piece of a text."""

    def __init__(self, sizes: LanguageModelSizes) -> None:
        super().__init__()
        self.sizes = sizes
        self.embed = nn.Embedding(sizes.symbols, sizes.embedding)
        self.encoder = _Encoder(sizes)
        self.decoder = nn.Linear(sizes.width, sizes.symbols)

    def forward(self, pieces: Tensor) -> Tensor:
        """`pieces`: (texts, length) i64, starting with the end symbol. Returns (texts, length, symbols)."""
        logits: Tensor = self.decoder(self.encoder(self.embed(pieces)))
        return logits.log_softmax(-1)


class _Encoder(nn.Module):
    def __init__(self, sizes: LanguageModelSizes) -> None:
        super().__init__()
        self.positions = sizes.positions
        self.embed = nn.Sequential(nn.Linear(sizes.embedding, sizes.width), nn.LayerNorm(sizes.width))
        self.encoders = nn.ModuleList(_Block(sizes) for _ in range(sizes.blocks))
        self.after_norm = layer_norm(sizes.width)

    def forward(self, embedded: Tensor) -> Tensor:
        hidden: Tensor = torch.relu(self.embed(embedded))
        steps = torch.arange(hidden.shape[1], device=hidden.device)
        if self.positions:
            width = hidden.shape[-1]
            hidden = hidden * math.sqrt(width) + sinusoids(steps.to(hidden.dtype), width)
        for block in self.encoders:
            hidden = block(hidden, causal_mask(steps))
        out: Tensor = self.after_norm(hidden)
        return out


class _Block(nn.Module):
    """Causal self-attention and a feed-forward layer."""

    def __init__(self, sizes: LanguageModelSizes) -> None:
        super().__init__()
        self.self_attn = Attention(sizes.width, sizes.heads)
        self.feed_forward = FeedForward(sizes.width, sizes.units)
        self.norm_mha, self.norm_ff = layer_norm(sizes.width), layer_norm(sizes.width)

    def forward(self, hidden: Tensor, seen: Tensor) -> Tensor:
        normed = self.norm_mha(hidden)
        hidden = hidden + self.self_attn(normed, normed, seen)
        out: Tensor = hidden + self.feed_forward(self.norm_ff(hidden))
        return out


def read_language_model(path: Path, symbols: int) -> LanguageModel:
    """Load the language model of a checkpoint with its model.json beside it. Raises UserError.

    `symbols`: number of symbols of the lip reader, which must be the same.
    """
    weights = weights_of(path)
    sizes = _sizes_of(weights, path)
    if sizes.symbols != symbols:
        raise UserError(
            "{path} knows {found} symbols, the lip reader {wanted}: choose the language model that was "
            "published with it.",
            path=path,
            found=sizes.symbols,
            wanted=symbols,
        )
    with torch.device("meta"):
        model = LanguageModel(sizes)
    check_weights(weights, model.state_dict(), path)
    return load_into(model, weights)


def _sizes_of(weights: Weights, path: Path) -> LanguageModelSizes:
    options = options_of(path.parent / OPTIONS_FILE)
    try:
        symbols, embedding = weights["embed.weight"].shape
        width = weights["encoder.embed.0.weight"].shape[0]
        heads, positions = int(options["head"]), options.get("pos_enc", "sinusoidal")
        if width % heads or positions not in ("sinusoidal", "none"):
            raise ValueError(f"{heads} heads, positions {positions}")
        return LanguageModelSizes(
            symbols=symbols,
            embedding=embedding,
            width=width,
            heads=heads,
            units=weights["encoder.encoders.0.feed_forward.w_1.weight"].shape[0],
            blocks=count(weights, "encoder.encoders"),
            positions=positions == "sinusoidal",
        )
    except (KeyError, ValueError, IndexError, TypeError, ZeroDivisionError) as error:
        raise UserError(
            "{path} is no Transformer language model of this family ({reason}): choose the model.pth that "
            "was published with the lip reader, with its model.json beside it.",
            path=path,
            reason=f"{error.args[0]} is missing" if isinstance(error, KeyError) else error,
        ) from error
