"""The weights of a released model folder, for a training that begins with them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from klipnet_live.manifest import FILE_NAME, load_manifest
from klipnet_live.types import UserError
from training.trained import load_weights

_NETWORK = "network."
"""Begins the names of weights in exported graphs."""


def starting_weights(path: Path) -> dict[str, Tensor]:
    """The weights of a model folder, a run folder or a checkpoint file, by their names in the network."""
    if not path.exists():
        raise UserError(
            "There is no {path}: start_from takes a run folder, a model folder or a checkpoint.", path=path
        )
    return released_weights(path) if (path / FILE_NAME).is_file() else load_weights(path)


def released_weights(folder: Path) -> dict[str, Tensor]:
    """The weights in both graphs of a model folder; UserError where they are not those that were trained."""
    manifest = load_manifest(folder)
    weights = {}
    for graph in (manifest.stream, manifest.final):
        for array in onnx.load(str(folder / graph.file)).graph.initializer:
            if not array.name.startswith(_NETWORK):
                raise UserError(
                    "{folder} cannot be trained further: it is an int8 model, or an older version exported "
                    "it. Export its run again, `klipnet-export onnx RUN -o {folder}`, or start from it.",
                    folder=folder,
                )
            values = np.array(numpy_helper.to_array(array))
            weights[array.name.removeprefix(_NETWORK)] = torch.from_numpy(values)
    return weights
