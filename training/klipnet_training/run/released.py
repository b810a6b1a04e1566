"""Loads released model folders as torch networks, for fine-tuning and saliency maps."""

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
from klipnet_live.reading.feature_statistics import METADATA_KEY, FeatureStatistics
from klipnet_live.types import UserError
from klipnet_training.architectures import Network, build_network
from klipnet_training.config.schema import Config, config_from
from klipnet_training.run.trained import load_weights

_NETWORK = "network."
"""Prefix of weight names in exported graphs."""

_CONFIG = "network"
"""Metadata key of the network's architecture and sizes in the final graph."""


def store_metadata(config: Config, statistics: FeatureStatistics | None, final_graph: Path) -> None:
    """Store the network's configuration and the statistics of its features, if any, in a graph."""
    graph = onnx.load(str(final_graph))
    kept = {name: config.as_dict()[name] for name in ("language", "architecture", "model")}
    metadata = {_CONFIG: json.dumps(kept)}
    if statistics is not None:
        metadata[METADATA_KEY] = statistics.to_json()
    onnx.helper.set_model_props(graph, metadata)
    onnx.save(graph, str(final_graph))


def starting_weights(path: Path) -> dict[str, Tensor]:
    """Weights of a run folder, a checkpoint file, or a model given by folder or name.

    Names are those of the network's parameters. Raises UserError.
    """
    for folder in (path, MODELS / path):
        if (folder / FILE_NAME).is_file():
            return released_weights(folder)
    if not path.exists():
        raise UserError(
            "There is no {path}: start_from takes a run folder, a model folder or name, or a checkpoint.",
            path=path,
        )
    return load_weights(path)


def released_weights(folder: Path) -> dict[str, Tensor]:
    """Weights of both graphs of a model folder. UserError if they were quantised or renamed."""
    return _weights_in(_graphs(folder))


def released_network(folder: Path) -> Network:
    """The network of a model folder in eval mode. UserError if it has no float weights."""
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
    """The streaming and the final graph."""
    manifest = load_manifest(folder)
    for file in (manifest.stream, manifest.final):
        graph = onnx.load(str(folder / file.file))
        if not all(array.name.startswith(_NETWORK) for array in graph.graph.initializer):
            raise _without_weights(folder)
        yield graph


def _without_weights(folder: Path) -> UserError:
    return UserError(
        "{folder} has no trainable weights: it is an int8 model, or was exported by an older version. Export "
        "its run again with `klipnet-export onnx RUN -o {folder}`, or give that run.",
        folder=folder,
    )
