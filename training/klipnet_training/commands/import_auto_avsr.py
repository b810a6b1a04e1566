"""`klipnet-import auto-avsr CHECKPOINT.pth -o models/NAME`: imports a released lip-reading model.

The weights are licensed for research and personal use only. They are never part of this project, and the
command asks the user to accept the licence.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from klipnet_live.decoding.rescoring import RescoringWeights
from klipnet_live.lips.crop import CropGeometry
from klipnet_live.lips.pose import MEAN_FACE_INTER_OCULAR_PX
from klipnet_live.manifest import DataCredit, GraphFile, Manifest, sha256_of, write_manifest
from klipnet_live.plain_text import agrees, say
from klipnet_live.types import UserError
from klipnet_training.arguments import as_argument, writing_to
from klipnet_training.autoavsr.checkpoint import read_checkpoint
from klipnet_training.autoavsr.configuration import (
    OPTIONS_FILE,
    check_network,
    rescoring_of,
    symbols_of,
    units_beside,
)
from klipnet_training.autoavsr.graphs import (
    CHUNK_FRAMES,
    CROP_PX,
    Graph,
    compare,
    graphs_of,
    initial_states,
    write_graphs,
)
from klipnet_training.autoavsr.int8 import quantise
from klipnet_training.autoavsr.language_model import read_language_model
from klipnet_training.autoavsr.network import AFTER

LICENCE = "research and personal use only, according to the publishers of the weights"

LANGUAGE_MODEL_WEIGHT = 0.3
"""Of configs/LRS3_V_WER19.1.ini, the best published model of the family."""

CROP = CropGeometry(
    width=CROP_PX,
    height=CROP_PX,
    width_in_inter_ocular=CROP_PX / MEAN_FACE_INTER_OCULAR_PX,
    alignment="mean_face",
)


@dataclass(frozen=True, slots=True)
class Sources:
    """The files of one import. `options`: model.json; `decoding`: an .ini with the weights of rescoring."""

    checkpoint: Path
    units: Path
    options: Path | None = None
    language_model: Path | None = None
    decoding: Path | None = None

    @property
    def rescoring(self) -> RescoringWeights:
        """The weights of rescoring. Raises UserError."""
        weights = RescoringWeights() if self.decoding is None else rescoring_of(self.decoding)
        if self.language_model is None:
            return replace(weights, language_model=0.0)
        return weights if self.decoding else replace(weights, language_model=LANGUAGE_MODEL_WEIGHT)

    @property
    def credits(self) -> tuple[DataCredit, ...]:
        files = filter(None, (self.checkpoint, self.language_model))
        return tuple(DataCredit(f"imported from {file.name}", LICENCE, 0) for file in files)


def import_auto_avsr(
    sources: Sources, folder: Path, *, language: str = "en", int8: bool = False, command: str = ""
) -> Manifest:
    """Write the graphs, verified against torch, and the manifest. Raises UserError.

    An existing model in the folder is replaced only when the new one is complete.
    """
    if sources.options is not None:
        check_network(sources.options)
    rescoring = sources.rescoring
    network = read_checkpoint(sources.checkpoint)
    symbols = symbols_of(sources.units, network.sizes.symbols)
    language_model = None
    if sources.language_model is not None:
        language_model = read_language_model(sources.language_model, network.sizes.symbols)
    if network.decoder is None:
        # Only CTC has seen the line.
        rescoring = replace(rescoring, ctc=1.0)
    graphs = graphs_of(network, language_model)
    with writing_to(folder), TemporaryDirectory(dir=folder.parent) as temporary:
        fresh = Path(temporary)
        write_graphs(graphs, fresh)
        figures: dict[str, Any] = {"difference_from_torch": compare(network, fresh, language_model)}
        figures |= quantise(graphs, fresh) if int8 else {}
        manifest = replace(
            _manifest(folder.name, language, symbols, _files(graphs, fresh)),
            rescoring=rescoring,
            data=sources.credits,
            figures=figures,
            command=command,
        )
        write_manifest(fresh, manifest)
        for file in fresh.iterdir():
            file.replace(folder / file.name)
    return manifest


def _manifest(name: str, language: str, symbols: tuple[str, ...], files: Mapping[str, GraphFile]) -> Manifest:
    return Manifest(
        name=name,
        language=language,
        symbols=symbols,
        spelling="pieces",
        chunk_frames=CHUNK_FRAMES,
        flush_frames=AFTER,
        lookahead_frames=AFTER,
        states={state: tuple(value.shape[1:]) for state, value in initial_states().items()},
        stream=files["stream"],
        final=files["final"],
        decoder=files.get("decoder"),
        language_model=files.get("language_model"),
        crop=CROP,
    )


def _files(graphs: Mapping[str, Graph], folder: Path) -> dict[str, GraphFile]:
    return {name: GraphFile(f"{name}.onnx", sha256_of(folder / f"{name}.onnx")) for name in graphs}


def add_parser(formats: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The arguments of `klipnet-import auto-avsr`."""
    parser = formats.add_parser("auto-avsr", help="a released video checkpoint of Auto-AVSR")
    parser.add_argument("checkpoint", type=Path, metavar="CHECKPOINT.pth")
    parser.add_argument(
        "--units",
        type=Path,
        metavar="FILE",
        help=f"its sub-words, or the {OPTIONS_FILE} of a model that spells letters (default: beside it)",
    )
    parser.add_argument(
        "--config", type=Path, metavar=OPTIONS_FILE, help="of the older project: checked (default: beside it)"
    )
    parser.add_argument(
        "--language-model",
        type=Path,
        metavar="MODEL.pth",
        help=f"rescores the best texts of a line; its {OPTIONS_FILE} lies beside it",
    )
    parser.add_argument(
        "--decode-config",
        type=Path,
        metavar="NAME.ini",
        help="configs/NAME.ini of the older project: the weights of CTC, language model and length",
    )
    parser.add_argument("--language", default="en", help="language of the model (default: en)")
    parser.add_argument(
        "-o", "--out", type=Path, required=True, metavar="DIR", help="model folder, such as models/NAME"
    )
    parser.add_argument("--quantize", choices=["int8"], help="smaller and faster; prints the difference")
    parser.add_argument(
        "--accept-licence", action="store_true", help="accept the licence of the weights without asking"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> str:
    """Import the checkpoint; returns a summary for the user."""
    _confirm_licence(options.accept_licence)
    beside = options.checkpoint.parent / OPTIONS_FILE
    sources = Sources(
        options.checkpoint,
        options.units or units_beside(options.checkpoint),
        options.config or (beside if beside.is_file() else None),
        options.language_model,
        options.decode_config,
    )
    int8 = options.quantize is not None
    manifest = import_auto_avsr(
        sources, options.out, language=options.language, int8=int8, command=_command(options)
    )
    *summary, last = _summary(manifest, options.out)
    for line in summary:
        say(line)
    return last


def _command(options: argparse.Namespace) -> str:
    """The command without the user's folders."""
    words = ["klipnet-import auto-avsr", options.checkpoint.name, "-o", options.out.name]
    if options.language_model is not None:
        words += ["--language-model", options.language_model.name]
    if options.decode_config is not None:
        words += ["--decode-config", options.decode_config.name]
    return " ".join(words + (["--quantize", options.quantize] if options.quantize else []))


def _summary(manifest: Manifest, folder: Path) -> list[str]:
    figures = manifest.figures
    size = sum(file.stat().st_size for file in folder.iterdir()) / 1e6
    lines = [
        f"{folder}: {manifest.language}, {len(manifest.symbols) - 1} sub-words, {size:.0f} MB; the graphs "
        f"differ from torch by {figures['difference_from_torch']:.0e}"
    ]
    for name, figure in figures.items():
        if name.startswith("int8_"):
            before, after = figure["megabytes"]
            change = figure["mean_difference_of_probabilities"]
            lines.append(
                f"int8, {name.removeprefix('int8_')}: {before:.0f} to {after:.0f} MB, probabilities change "
                f"by {change:.3f} on noise (0: not at all, 2: completely)"
            )
    return [*lines, f"Start it with: klipnet-live --model {as_argument(folder)}"]


def _confirm_licence(accepted: bool) -> None:
    say(f"Licence of the weights: {LICENCE}. See the terms where you downloaded the file.")
    if accepted:
        return
    if not sys.stdin.isatty():
        raise UserError("Add --accept-licence if you accept the licence.")
    if not agrees("Do you accept the licence?"):
        raise UserError("Nothing was imported.")
