"""Converts the weights of a Keras LipNet to a network of this project."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import Any

import numpy as np
import torch
from torch import Tensor

from klipnet_live.types import FloatArray, UserError
from klipnet_training.keras.gru import Gates
from klipnet_training.keras.network import KerasLipNet, KerasLipNetConfig
from klipnet_training.keras.weights import Convolution, Dense, Direction, KerasWeights, Normalisation
from klipnet_training.model.lipnet import LipNet, LipNetConfig

Named = Iterator[tuple[str, FloatArray]]

LANGUAGES = {28: "en", 11174: "ko-syllables"}
"""Languages by number of outputs: a to z, or 가 to 힣, followed by space and blank."""

KERAS_NORMALISATION_EPSILON, TORCH_NORMALISATION_EPSILON = 1e-3, 1e-5

_SIGMOID_SINCE = (2, 3)
"""Keras version that made the sigmoid the default of recurrent gates."""


def config_of(weights: KerasWeights, gates: Gates | None = None) -> LipNetConfig:
    """Configuration of the network for these weights. `gates`: None for the default of the Keras version."""
    sizes: dict[str, Any] = {
        "symbols": len(weights.dense.bias),
        "colours": weights.convolutions[0].kernel.shape[3],
        "filters": tuple(len(layer.bias) for layer in weights.convolutions),
        "hidden": len(weights.recurrent[0].forward.recurrent),
        "batch_normalisation": bool(weights.normalisations),
        # Keras LipNet's input is in 0 to 1.
        "pixel_mean": 0.0,
        "pixel_scale": 255.0,
    }
    gates = gates or _default_gates(weights)
    if weights.reset_after and gates == "sigmoid":
        return LipNetConfig(**sizes)
    return KerasLipNetConfig(**sizes, reset_after=weights.reset_after, gates=gates)


def language_of(weights: KerasWeights) -> str:
    """Language from the number of outputs. UserError if no known alphabet has as many."""
    outputs = len(weights.dense.bias)
    if outputs not in LANGUAGES:
        raise UserError(
            "The network has {outputs} outputs, but no alphabet has as many symbols ({known}).",
            outputs=outputs,
            known=", ".join(f"{name} {count}" for count, name in LANGUAGES.items()),
        )
    return LANGUAGES[outputs]


def network_of(weights: KerasWeights, config: LipNetConfig) -> LipNet:
    """The network in eval mode. UserError if the layers do not fit together."""
    network = KerasLipNet(config) if isinstance(config, KerasLipNetConfig) else LipNet(config)
    try:
        network.eval().load_state_dict(state_of(weights, network))
    except (RuntimeError, ValueError) as error:
        raise UserError(
            "The layers do not fit images of {width}x{height}: {reason}",
            width=config.width,
            height=config.height,
            reason=str(error).partition("\n")[2].strip() or error,
        ) from error
    return network


@torch.no_grad()
def state_of(weights: KerasWeights, network: LipNet) -> dict[str, Tensor]:
    """The weights as a state dict of `network`, which must be in eval mode."""
    config = network.config
    features = network.convolutions(torch.zeros(1, config.colours, 1, config.height, config.width)).shape
    layers_a_block = 5 if config.batch_normalisation else 4
    first, second = weights.recurrent
    named = chain(
        *(_convolution(c, f"convolutions.{layers_a_block * i}") for i, c in enumerate(weights.convolutions)),
        *(_normalisation(n, f"convolutions.{5 * i + 1}") for i, n in enumerate(weights.normalisations)),
        _direction(_for_features(first.forward, features), "l0"),
        _direction(_for_features(first.backward, features), "l0_reverse"),
        _direction(second.forward, "l1"),
        _direction(second.backward, "l1_reverse"),
        _dense(weights.dense),
    )
    return {name: torch.from_numpy(np.array(array, order="C")) for name, array in named}


def _convolution(layer: Convolution, name: str) -> Named:
    """(time, width, height, inputs, outputs) to (outputs, inputs, time, height, width)."""
    yield f"{name}.weight", layer.kernel.transpose(4, 3, 0, 2, 1)
    yield f"{name}.bias", layer.bias


def _normalisation(layer: Normalisation, name: str) -> Named:
    """Keras and torch add different epsilons to the variance; the difference is added to it here."""
    yield f"{name}.weight", layer.gamma
    yield f"{name}.bias", layer.beta
    yield f"{name}.running_mean", layer.mean
    yield (
        f"{name}.running_var",
        layer.variance + np.float32(KERAS_NORMALISATION_EPSILON - TORCH_NORMALISATION_EPSILON),
    )
    yield f"{name}.num_batches_tracked", np.zeros((), np.int64)


def _direction(layer: Direction, suffix: str) -> Named:
    states = layer.bias[1] if layer.reset_after else np.zeros_like(layer.bias)
    yield f"gru.weight_ih_{suffix}", _gates(layer.kernel)
    yield f"gru.weight_hh_{suffix}", _gates(layer.recurrent)
    yield f"gru.bias_ih_{suffix}", _gates(layer.bias[0] if layer.reset_after else layer.bias)
    yield f"gru.bias_hh_{suffix}", _gates(states)


def _gates(weight: FloatArray) -> FloatArray:
    """(..., update reset candidate) to (reset update candidate, ...)."""
    update, reset, candidate = np.split(weight, 3, axis=-1)
    return np.concatenate([reset, update, candidate], axis=-1).T


def _for_features(layer: Direction, features: torch.Size) -> Direction:
    """Reorder the kernel for features (1, channels, 1, height, width), which Keras flattens width first."""
    _, channels, _, height, width = features
    kernel = layer.kernel.reshape(width, height, channels, -1).transpose(2, 1, 0, 3)
    return replace(layer, kernel=kernel.reshape(-1, layer.kernel.shape[-1]))


def _dense(layer: Dense) -> Named:
    """Reorder the symbols from letters, space, blank (Keras) to blank, space, letters."""
    outputs = len(layer.bias)
    order = [outputs - 1, outputs - 2, *range(outputs - 2)]
    yield "out.weight", layer.kernel[:, order].T
    yield "out.bias", layer.bias[order]


def _default_gates(weights: KerasWeights) -> Gates:
    """The default of the Keras version that wrote the file; a file without a version is an early one."""
    version = weights.keras_version
    # TensorFlow 2.0 and 2.1 call their Keras 2.2.4-tf, but have the newer GRU with reset_after.
    of_tensorflow_2 = version.endswith("-tf") and weights.reset_after
    numbers = tuple(int(number) for number in re.findall(r"\d+", version)[:2])
    return "sigmoid" if of_tensorflow_2 or numbers >= _SIGMOID_SINCE else "hard_sigmoid"
