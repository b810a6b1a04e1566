"""Reads the weights of a Keras LipNet from HDF5 files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from klipnet_live.types import FloatArray, UserError

_MAX_VALUES = 50_000_000


@dataclass(frozen=True, slots=True)
class Convolution:
    """kernel (time, width, height, inputs, outputs), bias (outputs,)."""

    kernel: FloatArray
    bias: FloatArray


@dataclass(frozen=True, slots=True)
class Normalisation:
    """Batch normalisation; each array (channels,)."""

    gamma: FloatArray
    beta: FloatArray
    mean: FloatArray
    variance: FloatArray


@dataclass(frozen=True, slots=True)
class Direction:
    """One direction of a GRU; gates in the order update, reset, candidate.

    kernel (inputs, 3 hidden), recurrent (hidden, 3 hidden), bias (3 hidden,), or (2, 3 hidden) for inputs
    and states if the reset gate is applied after the recurrent product.
    """

    kernel: FloatArray
    recurrent: FloatArray
    bias: FloatArray

    @property
    def reset_after(self) -> bool:
        return self.bias.ndim == 2


@dataclass(frozen=True, slots=True)
class Bidirectional:
    forward: Direction
    backward: Direction


@dataclass(frozen=True, slots=True)
class Dense:
    """kernel (inputs, outputs), bias (outputs,)."""

    kernel: FloatArray
    bias: FloatArray


Layer = Convolution | Normalisation | Bidirectional | Dense


@dataclass(frozen=True, slots=True)
class KerasWeights:
    """A whole network. `normalisations` is empty for the network of the paper."""

    convolutions: tuple[Convolution, ...]
    normalisations: tuple[Normalisation, ...]
    recurrent: tuple[Bidirectional, ...]
    dense: Dense
    keras_version: str

    @property
    def reset_after(self) -> bool:
        return self.recurrent[0].forward.reset_after


def read_weights(path: Path) -> KerasWeights:
    """Read weights that `model.save_weights` or `model.save` wrote as .h5.

    UserError for another file or another network.
    """
    if not path.is_file():
        raise UserError("There is no file {path}.", path=path)
    try:
        with h5py.File(path, "r") as file:
            group = file.get("model_weights", file)
            return _network(_layers(group), _text(group.attrs.get("keras_version", "")))
    except OSError as error:
        raise UserError(
            "{path} is not a Keras HDF5 file ({reason}): copy it again, or choose another.",
            path=path,
            reason=error,
        ) from error
    except Exception as error:
        # h5py may raise almost any exception for a damaged file.
        raise UserError("{path} is not a Keras LipNet: {reason}", path=path, reason=error) from error


def _layers(group: Any) -> list[Layer]:
    """The layers that have weights, in order. Raises ValueError, KeyError."""
    if "layer_names" not in group.attrs:
        raise ValueError("it lists no layers. Save it in Keras with model.save('NAME.h5').")
    if _text(group.attrs.get("backend", "")) == "theano":
        raise ValueError("it was saved with Theano, which mirrors kernels. Save it again with TensorFlow.")
    layers = [group[_text(name)] for name in group.attrs["layer_names"]]
    arrays = [[_array(layer[_text(name)]) for name in layer.attrs["weight_names"]] for layer in layers]
    return [_layer(own) for own in arrays if own]


def _layer(arrays: Sequence[FloatArray]) -> Layer:
    match tuple(array.ndim for array in arrays):
        case (5, 1):
            return Convolution(*arrays)
        case (1, 1, 1, 1):
            return Normalisation(*arrays)
        case (2, 2, 1, 2, 2, 1) | (2, 2, 2, 2, 2, 2):
            return Bidirectional(Direction(*arrays[:3]), Direction(*arrays[3:]))
        case (2, 1):
            return Dense(*arrays)
    shapes = ", ".join(str(array.shape) for array in arrays)
    raise ValueError(f"unexpected layer with weights of shapes {shapes}.")


def _network(layers: Sequence[Layer], version: str) -> KerasWeights:
    convolutions = tuple(layer for layer in layers if isinstance(layer, Convolution))
    normalisations = tuple(layer for layer in layers if isinstance(layer, Normalisation))
    recurrent = tuple(layer for layer in layers if isinstance(layer, Bidirectional))
    dense = [layer for layer in layers if isinstance(layer, Dense)]
    if (len(convolutions), len(recurrent), len(dense)) != (3, 2, 1) or len(normalisations) not in (0, 3):
        raise ValueError(
            f"it has {len(convolutions)} convolutions, {len(normalisations)} normalisations, "
            f"{len(recurrent)} bidirectional and {len(dense)} dense layers; expected 3, 0 or 3, 2 and 1."
        )
    return KerasWeights(convolutions, normalisations, recurrent, dense[0], version)


def _array(data: Any) -> FloatArray:
    if data.size > _MAX_VALUES:
        raise ValueError(f"unexpected array of shape {data.shape}.")
    return np.asarray(data, dtype=np.float32)


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
