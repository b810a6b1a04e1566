"""`klipnet-import auto-avsr CHECKPOINT.pth -o models/NAME`: imports a released lip-reading model.

The weights are licensed for research and personal use only. They are never part of this project, and the
command asks the user to accept the licence.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from klipnet_live.lips.crop import CropGeometry
from klipnet_live.lips.pieces import END, WORD, read_units
from klipnet_live.lips.pose import MEAN_FACE_INTER_OCULAR_PX
from klipnet_live.manifest import DataCredit, GraphFile, Manifest, sha256_of, write_manifest
from klipnet_live.plain_text import say
from klipnet_live.types import UserError
from klipnet_training.arguments import writing_to
from klipnet_training.autoavsr.checkpoint import check_configuration, read_checkpoint
from klipnet_training.autoavsr.graphs import (
    CHUNK_FRAMES,
    CROP_PX,
    compare,
    graphs_of,
    initial_states,
    write_graphs,
)
from klipnet_training.autoavsr.int8 import quantise
from klipnet_training.autoavsr.network import AFTER, LipReader

UNITS_FILE = "unigram5000_units.txt"

LICENCE = "research and personal use only, according to the publishers of the weights"

CROP = CropGeometry(
    width=CROP_PX,
    height=CROP_PX,
    width_in_inter_ocular=CROP_PX / MEAN_FACE_INTER_OCULAR_PX,
    alignment="mean_face",
)


def import_auto_avsr(
    checkpoint: Path,
    units: Path,
    folder: Path,
    *,
    language: str = "en",
    int8: bool = False,
    command: str = "",
) -> Manifest:
    """Write the graphs, verified against torch, and the manifest. Errors: UserError.

    An existing model in the folder is replaced only when the new one is complete.
    """
    network = read_checkpoint(checkpoint)
    symbols = symbols_of(units, network)
    with writing_to(folder), TemporaryDirectory(dir=folder.parent) as temporary:
        fresh = Path(temporary)
        write_graphs(network, fresh)
        compare(network, fresh)
        figures = quantise(network, fresh) if int8 else {}
        manifest = replace(
            _manifest(fresh, network, symbols, language, command),
            name=folder.name,
            data=(DataCredit(f"imported from {checkpoint.name}", LICENCE, 0),),
            figures=figures,
        )
        write_manifest(fresh, manifest)
        for file in fresh.iterdir():
            file.replace(folder / file.name)
    return manifest


def symbols_of(units: Path, network: LipReader) -> tuple[str, ...]:
    """The output symbols of the network without the CTC blank. Errors: UserError."""
    try:
        text = units.read_text(encoding="utf-8")
        symbols = _characters(text) if units.suffix == ".json" else read_units(text.splitlines())
    except OSError as error:
        raise UserError(
            "{path} cannot be read: give the checkpoint's list of sub-words with --units (for English "
            "{name}).",
            path=units,
            name=UNITS_FILE,
        ) from error
    except ValueError as error:
        raise UserError("{path} is not a list of sub-words ({reason}).", path=units, reason=error) from error
    if len(symbols) + 1 != network.sizes.symbols:
        raise UserError(
            "{path} lists {found} sub-words, but the checkpoint has {wanted}: give the matching file.",
            path=units,
            found=len(symbols) - 1,
            wanted=network.sizes.symbols - 2,
        )
    return symbols


def _characters(text: str) -> tuple[str, ...]:
    """The characters in a model.json of the older project, whose models of other languages spell letters."""
    content = json.loads(text)
    options = content if isinstance(content, dict) else content[2]
    characters = options.get("char_list") if isinstance(options, dict) else None
    if not isinstance(characters, list) or len(characters) < 3:
        raise ValueError("it has no char_list")
    return (*(WORD if name == "<space>" else str(name) for name in characters[1:-1]), END)


def _manifest(
    folder: Path, network: LipReader, symbols: tuple[str, ...], language: str, command: str
) -> Manifest:
    files = {
        name: GraphFile(f"{name}.onnx", sha256_of(folder / f"{name}.onnx")) for name in graphs_of(network)
    }
    return Manifest(
        name=folder.name,
        language=language,
        symbols=symbols,
        spelling="pieces",
        chunk_frames=CHUNK_FRAMES,
        flush_frames=AFTER,
        lookahead_frames=AFTER,
        states={name: tuple(value.shape[1:]) for name, value in initial_states().items()},
        stream=files["stream"],
        final=files["final"],
        decoder=files.get("decoder"),
        crop=CROP,
        command=command,
    )


def add_parser(formats: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The arguments of `klipnet-import auto-avsr`."""
    parser = formats.add_parser("auto-avsr", help="a released video checkpoint of Auto-AVSR")
    parser.add_argument("checkpoint", type=Path, metavar="CHECKPOINT.pth")
    parser.add_argument(
        "--units", type=Path, metavar="FILE", help=f"its sub-words (default: {UNITS_FILE} beside it)"
    )
    parser.add_argument(
        "--config", type=Path, metavar="model.json", help="configuration of the older project, to be checked"
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
    if options.config is not None:
        check_configuration(options.config)
    units = options.units or options.checkpoint.with_name(UNITS_FILE)
    int8 = options.quantize is not None
    command = f"klipnet-import auto-avsr {options.checkpoint.name} -o {options.out.as_posix()}"
    manifest = import_auto_avsr(
        options.checkpoint,
        units,
        options.out,
        language=options.language,
        int8=int8,
        command=command + (" --quantize int8" if int8 else ""),
    )
    kind = "int8" if int8 else "graphs match torch"
    return f"{options.out}: {manifest.language}, {len(manifest.symbols) - 1} sub-words, {kind}"


def _confirm_licence(accepted: bool) -> None:
    say(f"Licence of the weights: {LICENCE}. See the terms where you downloaded the file.")
    if accepted:
        return
    if not sys.stdin.isatty():
        raise UserError("Add --accept-licence if you accept the licence.")
    if input("Do you accept the licence? [y/N] ").strip().lower() not in ("y", "yes"):
        raise UserError("Nothing was imported.")
