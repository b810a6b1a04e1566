"""`klipnet-export onnx RUN -o models/NAME`: exports a trained network as a model folder of the app."""

from __future__ import annotations

from klipnet_training import needs_torch  # noqa: F401  # isort: skip

import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from klipnet_live.lips.alphabet import alphabet_for
from klipnet_live.manifest import GraphFile, Manifest, sha256_of, write_manifest
from klipnet_live.plain_text import say
from klipnet_training.arguments import report_failure, writing_to
from klipnet_training.commands.parsers import export_parser
from klipnet_training.config.schema import Config
from klipnet_training.export.accuracy import FLOAT, INT8, clips_of, quantise_folder
from klipnet_training.export.feature_statistics import training_statistics
from klipnet_training.export.graphs import (
    CHUNK_FRAMES,
    TOLERANCE,
    LiveNetwork,
    compare,
    live_cascade,
    write_graphs,
)
from klipnet_training.export.whole_clip import live_lipnet
from klipnet_training.keras.record import crop_of
from klipnet_training.model.cascade import Cascade
from klipnet_training.run.released import store_metadata
from klipnet_training.run.trained import load_network
from klipnet_training.run.vocabulary import words_of


def export(
    run: Path, folder: Path, command: str = "", *, int8: bool = False, data: Path | None = None
) -> Manifest:
    """Write both ONNX graphs and the manifest. UserError if a graph differs from torch.

    `int8`: quantise the graphs, and measure the loss of accuracy on clips of `data`, or else of the run.
    An existing model in the folder is replaced only when the new one is complete.
    """
    config, network = load_live(run)
    clips = clips_of(config, data) if int8 else None
    with writing_to(folder), TemporaryDirectory(dir=folder.parent) as temporary:
        fresh = Path(temporary)
        write_graphs(network, fresh)
        store_metadata(config, training_statistics(config, network), fresh / "final.onnx")
        compare(network, fresh)
        manifest = replace(_manifest(fresh, config, network, command), name=folder.name, crop=crop_of(run))
        write_manifest(fresh, manifest)
        for file in fresh.iterdir():
            file.replace(folder / file.name)
    if clips is not None:
        manifest = quantise_folder(network, folder, manifest, *clips)
        write_manifest(folder, manifest)
    return manifest


def load_live(run: Path) -> tuple[Config, LiveNetwork]:
    """Configuration of a run, and its best network as the app runs it."""
    config, network = load_network(run)
    return config, live_cascade(network) if isinstance(network, Cascade) else live_lipnet(network)


def _manifest(folder: Path, config: Config, network: LiveNetwork, command: str) -> Manifest:
    return Manifest(
        name=folder.name,
        language=config.language,
        symbols=alphabet_for(config.language).symbols,
        chunk_frames=CHUNK_FRAMES,
        flush_frames=network.flush_frames,
        states={name: tuple(value.shape[1:]) for name, value in network.states.items()},
        stream=GraphFile("stream.onnx", sha256_of(folder / "stream.onnx")),
        final=GraphFile("final.onnx", sha256_of(folder / "final.onnx")),
        words=words_of(config),
        command=command,
    )


def main(arguments: list[str] | None = None) -> int:
    """Entry point of `klipnet-export`."""
    options = export_parser().parse_args(arguments)
    int8 = options.quantize == INT8
    how = f" --quantize {INT8}" if int8 else ""
    command = f"klipnet-export onnx {options.run.name} -o {options.output.as_posix()}{how}"
    try:
        manifest = export(options.run, options.output, command, int8=int8, data=options.data)
    except Exception as error:
        return report_failure("klipnet-export", error)
    say(f"{options.output}: {manifest.language}, graphs match torch within {TOLERANCE}")
    if int8:
        _print_accuracy(manifest)
    return 0


def _print_accuracy(manifest: Manifest) -> None:
    measured = manifest.figures["validation"]
    for kind in (FLOAT, INT8):
        heads = ", ".join(
            f"{head} {figures['cer']:.2f} % CER {figures['wer']:.2f} % WER"
            for head, figures in measured[kind].items()
        )
        say(f"{kind:8}{heads} ({measured['clips']} clips)")


if __name__ == "__main__":
    sys.exit(main())
