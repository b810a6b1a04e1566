"""`klipnet-import keras WEIGHTS.h5 -o RUN`: imports weights of the Keras LipNet as a run."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import get_args

from klipnet_live.atomic_file import write_atomically
from klipnet_live.manifest import sha256_of
from klipnet_training.config.schema import Config
from klipnet_training.keras.convert import config_of, language_of, network_of
from klipnet_training.keras.gru import Gates
from klipnet_training.keras.network import KerasLipNetConfig
from klipnet_training.keras.record import CROP, IMPORT_FILE
from klipnet_training.keras.weights import KerasWeights, read_weights
from klipnet_training.model.lipnet import LipNetConfig
from klipnet_training.run.run_folder import RunFolder


def import_keras(path: Path, run: Path, gates: Gates | None = None) -> Config:
    """Write a run folder: best.pt, config.toml, and import.json with the crop geometry of the weights."""
    weights = read_weights(path)
    model = config_of(weights, gates)
    architecture = "keras_lipnet" if isinstance(model, KerasLipNetConfig) else "lipnet"
    config = Config(language_of(weights), architecture, model=model)
    network = network_of(weights, model)
    record = json.dumps(_record(path, weights, model), indent=2)
    folder = RunFolder(run)
    with folder.claimed():
        folder.prepare(config)
        folder.save_best(config, network.state_dict())
        write_atomically(run / IMPORT_FILE, f"{record}\n".encode())
    return config


def _record(path: Path, weights: KerasWeights, model: LipNetConfig) -> dict[str, object]:
    return {
        "weights": path.name,
        "sha256": sha256_of(path),
        "keras_version": weights.keras_version,
        "crop": asdict(CROP),
        "colours": model.colours,
        "axes_in_keras": ["time", "width", "height", "colours"],
    }


def add_parser(formats: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The arguments of `klipnet-import keras`."""
    parser = formats.add_parser("keras", help="weights of the Keras LipNet with 28 or 11174 outputs")
    parser.add_argument("weights", type=Path, metavar="WEIGHTS.h5")
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="RUN", help="output run folder")
    parser.add_argument(
        "--gates",
        choices=get_args(Gates),
        help="activation of the GRU gates (default: that of the file's Keras version)",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> str:
    """Import the weights; returns a summary for the user."""
    config = import_keras(options.weights, options.out, options.gates)
    return f"{options.out}: {config.architecture}, {config.language}, {config.model.symbols} symbols"
