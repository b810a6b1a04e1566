"""The arrays of a Keras LipNet, as Keras' HDF5 files hold them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from klipnet_live.types import FloatArray, UserError

_MOST_NUMBERS = 50_000_000


@dataclass(frozen=True, slots=True)
class Convolution:
    """kernel (time, width, height, inputs, outputs), bias (outputs,)."""

    kernel: FloatArray
    bias: FloatArray


@dataclass(frozen=True, slots=True)
class Normalisation:
    """Each (channels,)."""

    gamma: FloatArray
    beta: FloatArray
    mean: FloatArray
    variance: FloatArray


@dataclass(frozen=True, slots=True)
class Direction:
    """One direction of a GRU; its gates stand in the order update, reset, candidate.

    kernel (inputs, 3 hidden), recurrent (hidden, 3 hidden), bias (3 hidden,), or (2, 3 hidden) for inputs
    and states where the reset gate acts after the recurrent product.
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
    """A whole network. `normalisations` is empty for the paper's network."""

    convolutions: tuple[Convolution, ...]
    normalisations: tuple[Normalisation, ...]
    recurrent: tuple[Bidirectional, ...]
    dense: Dense
    keras_version: str

    @property
    def reset_after(self) -> bool:
        return self.recurrent[0].forward.reset_after


def read_weights(path: Path) -> KerasWeights:
    """Weights that `model.save_weights` or `model.save` wrote with the ending .h5.

    Errors: UserError for another file or another network.
    """
    if not path.is_file():
        raise UserError("There is no file {path}.", path=path)
    try:
        with h5py.File(path, "r") as file:
            group = file.get("model_weights", file)
            return _network(_layers(group), _text(group.attrs.get("keras_version", "")))
    except OSError as error:
        raise UserError(
            "{path} is no file that Keras wrote (HDF5: {reason}): copy it again, or choose another.",
            path=path,
            reason=error,
        ) from error
    except Exception as error:
        # A damaged file may raise anything there is, in h5py and in what is made of its names.
        raise UserError("{path} holds no LipNet of Keras: {reason}", path=path, reason=error) from error


def _layers(group: Any) -> list[Layer]:
    """The layers that have weights, in their order. Errors: ValueError, KeyError."""
    if "layer_names" not in group.attrs:
        raise ValueError("it names no layers. Save it in Keras with model.save('NAME.h5').")
    if _text(group.attrs.get("backend", "")) == "theano":
        raise ValueError("its kernels are mirrored, as Theano has them. Save it again with TensorFlow.")
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
    raise ValueError(f"a layer with weights of shapes {shapes} is none of its layers.")


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
    if data.size > _MOST_NUMBERS:
        raise ValueError(f"an array of shape {data.shape} is none of its weights.")
    return np.asarray(data, dtype=np.float32)


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
