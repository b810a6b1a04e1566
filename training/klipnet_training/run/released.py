"""Released model folders as networks of torch again: to train them further, to see where they look."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from klipnet_live.assets import MODELS
from klipnet_live.lips.alphabet import alphabet_for
from klipnet_live.manifest import FILE_NAME, load_manifest
from klipnet_live.types import UserError
from klipnet_training.architectures import Network, build_network
from klipnet_training.config.schema import Config, config_from
from klipnet_training.run.trained import load_weights

_NETWORK = "network."
"""Begins the names of weights in exported graphs."""

_CONFIG = "network"
"""Names what the final graph says of its network's architecture and sizes."""


def write_down(config: Config, final_graph: Path) -> None:
    """Keep in a graph what network it was made of."""
    graph = onnx.load(str(final_graph))
    kept = {name: config.as_dict()[name] for name in ("language", "architecture", "model")}
    onnx.helper.set_model_props(graph, {_CONFIG: json.dumps(kept)})
    onnx.save(graph, str(final_graph))


def starting_weights(path: Path) -> dict[str, Tensor]:
    """The weights of a run folder, a checkpoint file, or a model: its folder, or its name.

    They are called as in the network.
    """
    for folder in (path, MODELS / path):
        if (folder / FILE_NAME).is_file():
            return released_weights(folder)
    if not path.exists():
        raise UserError(
            "There is no {path}: start_from takes a run folder, a model's folder or name, or a checkpoint.",
            path=path,
        )
    return load_weights(path)


def released_weights(folder: Path) -> dict[str, Tensor]:
    """The weights in both graphs of a model folder; UserError where they are not those that were trained."""
    return _weights_in(_graphs(folder))


def released_network(folder: Path) -> Network:
    """The network of a model folder, ready to read."""
    graphs = list(_graphs(folder))
    kept = next((entry.value for entry in graphs[-1].metadata_props if entry.key == _CONFIG), None)
    if kept is None:
        raise _without_weights(folder)
    config = config_from(json.loads(kept))
    network = build_network(config.model, alphabet_for(config.language).size)
    network.load_state_dict(network.state_dict() | _weights_in(graphs))
    return network.eval()


def _weights_in(graphs: Iterable[onnx.ModelProto]) -> dict[str, Tensor]:
    return {
        array.name.removeprefix(_NETWORK): torch.from_numpy(np.array(numpy_helper.to_array(array)))
        for graph in graphs
        for array in graph.graph.initializer
    }


def _graphs(folder: Path) -> Iterator[onnx.ModelProto]:
    """Both graphs, streaming and final."""
    manifest = load_manifest(folder)
    for file in (manifest.stream, manifest.final):
        graph = onnx.load(str(folder / file.file))
        if not all(array.name.startswith(_NETWORK) for array in graph.graph.initializer):
            raise _without_weights(folder)
        yield graph


def _without_weights(folder: Path) -> UserError:
    return UserError(
        "{folder} does not hold its network as it was trained: it is an int8 model, or an older version "
        "exported it. Export its run again, `klipnet-export onnx RUN -o {folder}`, or name that run.",
        folder=folder,
    )
