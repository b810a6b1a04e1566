"""Reference implementation of the Keras LipNet in numpy, from Keras' documentation, and its HDF5 files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import h5py
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

Array = NDArray[np.float32]
Layers = dict[str, list[Array]]
Gate = Callable[[Array], Array]

FILTERS, HIDDEN = (2, 3, 4), 5
KERNELS = ((3, 5, 5), (3, 5, 5), (3, 3, 3))
FLATTENED = 6 * 3 * FILTERS[-1]
"""Features of images of 100 x 50 pixels, after one stride of 2 and three poolings."""


def hard_sigmoid(inputs: Array) -> Array:
    return np.clip(0.2 * inputs + 0.5, 0, 1)


def sigmoid(inputs: Array) -> Array:
    return 1 / (1 + np.exp(-inputs))


@dataclass(frozen=True)
class Variant:
    """Variant of the Keras LipNet in a weights file."""

    outputs: int = 28
    normalised: bool = False
    reset_after: bool = False
    gate: Gate = hard_sigmoid


def random_layers(variant: Variant, seed: int = 0) -> Layers:
    """Random arrays with the shapes and order of Keras, by layer name."""
    random = np.random.default_rng(seed)

    def normal(*shape: int, scale: float = 0.3) -> Array:
        return random.normal(0, scale, shape).astype(np.float32)

    layers: Layers = {}
    inputs = 3
    for i, (outputs, kernel) in enumerate(zip(FILTERS, KERNELS, strict=True), 1):
        layers[f"zero{i}"] = []
        layers[f"conv{i}"] = [normal(*kernel, inputs, outputs), normal(outputs)]
        if variant.normalised:
            # Variances as small as Keras' epsilon, so that a wrong epsilon is detected.
            variance = random.uniform(0.002, 0.02, outputs).astype(np.float32)
            layers[f"batc{i}"] = [1 + normal(outputs), normal(outputs), normal(outputs), variance]
        inputs = outputs
    for i, size in enumerate((FLATTENED, 2 * HIDDEN), 1):
        bias = (2, 3 * HIDDEN) if variant.reset_after else (3 * HIDDEN,)
        one_way = [(size, 3 * HIDDEN), (HIDDEN, 3 * HIDDEN), bias]
        layers[f"bidirectional_{i}"] = [normal(*shape, scale=0.6) for shape in one_way * 2]
    layers["dense1"] = [normal(2 * HIDDEN, variant.outputs), normal(variant.outputs)]
    return layers


def log_probs(layers: Layers, variant: Variant, images: Array) -> Array:
    """Output (time, outputs), in Keras' order, for images (time, width, height, colours) in 0 to 1."""
    values = images
    for i, stride in enumerate((2, 1, 1), 1):
        values = convolve(values, *layers[f"conv{i}"], stride=stride)
        if variant.normalised:
            gamma, beta, mean, deviation = layers[f"batc{i}"]
            values = (values - mean) / np.sqrt(deviation + 1e-3) * gamma + beta
        values = pooled(np.maximum(values, 0))
    values = values.reshape(len(values), -1)
    for i in (1, 2):
        arrays = layers[f"bidirectional_{i}"]
        forward = recur(values, *arrays[:3], variant.gate)  # type: ignore[call-arg]
        backward = recur(values[::-1], *arrays[3:], variant.gate)[::-1]  # type: ignore[call-arg]
        values = np.concatenate([forward, backward], axis=-1)
    kernel, bias = layers["dense1"]
    scores = values @ kernel + bias
    scores -= scores.max(axis=-1, keepdims=True)
    result: Array = scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))
    return result


def convolve(values: Array, kernel: Array, bias: Array, stride: int) -> Array:
    """ZeroPadding3D that preserves sizes, then Conv3D."""
    padding = [(size // 2, size // 2) for size in kernel.shape[:3]]
    windows = sliding_window_view(np.pad(values, [*padding, (0, 0)]), kernel.shape[:3], axis=(0, 1, 2))
    windows = windows[:, ::stride, ::stride]
    result: Array = np.einsum("twhcijk,ijkco->twho", windows, kernel, optimize=True) + bias
    return result


def pooled(values: Array) -> Array:
    """MaxPooling3D over 1x2x2; odd remainders are dropped."""
    time, width, height, channels = values.shape
    even = values[:, : width // 2 * 2, : height // 2 * 2]
    result: Array = even.reshape(time, width // 2, 2, height // 2, 2, channels).max(axis=(2, 4))
    return result


def recur(values: Array, kernel: Array, recurrent: Array, bias: Array, gate: Gate) -> Array:
    """A GRU with gates in the order z, r, h."""
    reset_after = bias.ndim == 2
    into, inner = (bias[0], bias[1]) if reset_after else (bias, np.zeros_like(bias))
    w_z, w_r, w_h = np.split(kernel, 3, axis=1)
    u_z, u_r, u_h = np.split(recurrent, 3, axis=1)
    (a_z, a_r, a_h), (b_z, b_r, b_h) = np.split(into, 3), np.split(inner, 3)
    state, states = np.zeros(len(recurrent), np.float32), []
    for x in values:
        z = gate(x @ w_z + a_z + state @ u_z + b_z)
        r = gate(x @ w_r + a_r + state @ u_r + b_r)
        remembered = r * (state @ u_h + b_h) if reset_after else (r * state) @ u_h
        state = z * state + (1 - z) * np.tanh(x @ w_h + a_h + remembered)
        states.append(state)
    return np.stack(states)


_NAMES = {
    1: ["alpha:0"],
    2: ["kernel:0", "bias:0"],
    4: ["gamma:0", "beta:0", "moving_mean:0", "moving_variance:0"],
    6: [f"{way}/{name}:0" for way in ("forward", "backward") for name in ("kernel", "recurrent", "bias")],
}


def write_file(
    path: Path, layers: Layers, version: str = "2.0.2", group: str = "/", backend: str = "tensorflow"
) -> Path:
    """Write a file like Keras' `save_weights`, or, with `group` model_weights, like `save`."""
    with h5py.File(path, "w") as file:
        top = file.require_group(group)
        top.attrs["layer_names"] = encoded(layers)
        top.attrs["backend"], top.attrs["keras_version"] = backend.encode(), version.encode()
        for layer, arrays in layers.items():
            own = top.create_group(layer)
            names = [f"{layer}/{name}" for name in _NAMES.get(len(arrays), [])]
            own.attrs["weight_names"] = encoded(names)
            for name, array in zip(names, arrays, strict=True):
                own[name] = array
    return path


def encoded(names: Sequence[str] | Layers) -> list[bytes]:
    return [name.encode() for name in names]
