"""Quantises a model folder and compares its accuracy with that of the float model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from klipnet_live.decoding.beam import BEAM_WIDTHS, BeamSearch
from klipnet_live.lips.alphabet import alphabet_for
from klipnet_live.manifest import GraphFile, Manifest, sha256_of, write_manifest
from klipnet_live.types import UserError
from klipnet_training.config.schema import Config
from klipnet_training.data.clips import Clip, load_clips
from klipnet_training.evaluation.networks import ReleasedNetwork
from klipnet_training.evaluation.scores import clip_reading, score
from klipnet_training.export.graphs import GRAPHS, LiveNetwork
from klipnet_training.export.int8 import quantise
from klipnet_training.run.sources import load_sources

MAX_CER_LOSS = 1.0
"""Largest acceptable loss of CER by quantisation for a head, in percentage points."""

FLOAT, INT8 = "float32", "int8"

Figures = Mapping[str, Mapping[str, float]]
"""CER and WER of each head in per cent."""


def clips_of(config: Config, data: Path | None) -> tuple[list[Clip], list[Clip]]:
    """Calibration and validation clips: those of the run, or the splits of a prepared folder.

    Raises UserError.
    """
    if data is not None:
        return load_clips(data, "train"), load_clips(data, "val")
    alphabet = alphabet_for(config.language)
    both = (config.data[:1], config.validation)
    if not all(sources and all(Path(s.folder).is_dir() for s in sources) for sources in both):
        raise UserError(
            "Quantisation needs validation clips, but those of the run are missing: give prepared clips "
            "with --data."
        )
    calibration, validation = (
        [clip for _, clip in load_sources(one, alphabet, config.split)] for one in both
    )
    return calibration, validation


def quantise_folder(
    network: LiveNetwork,
    folder: Path,
    manifest: Manifest,
    calibration: Sequence[Clip],
    validation: Sequence[Clip],
) -> Manifest:
    """Replace the exported graphs by int8 ones; returns a manifest with the accuracy of both.

    UserError if int8 loses too much; the folder is then unchanged.
    """
    floats = accuracy(folder, validation)
    with TemporaryDirectory(dir=folder.parent) as temporary:
        quantised = Path(temporary)
        quantise(network, folder, quantised, calibration)
        updated = _with_files_of(quantised, manifest)
        write_manifest(quantised, updated)
        figures = accuracy(quantised, validation)
        _check(floats, figures)
        for name in GRAPHS:
            (quantised / f"{name}.onnx").replace(folder / f"{name}.onnx")
    measured = {"validation": {"clips": len(validation), FLOAT: floats, INT8: figures}}
    return replace(updated, figures={**manifest.figures, **measured})


def accuracy(folder: Path, clips: Sequence[Clip]) -> Figures:
    """Error rates of a model folder on whole clips, without a grammar."""
    network = ReleasedNetwork(folder)
    outputs = list(network.log_probs(clips))
    figures = {}
    for head, width in BEAM_WIDTHS.items():
        search = BeamSearch(network.alphabet, width=width)
        texts = [search.line(output[head]).text for output in outputs]
        scores = score(
            [clip_reading(c.name, c.speaker, c.text, text) for c, text in zip(clips, texts, strict=True)]
        )
        figures[head] = {"cer": round(scores.cer, 2), "wer": round(scores.wer, 2)}
    return figures


def _with_files_of(folder: Path, manifest: Manifest) -> Manifest:
    stream, final = (GraphFile(f"{name}.onnx", sha256_of(folder / f"{name}.onnx")) for name in GRAPHS)
    return replace(manifest, stream=stream, final=final)


def _check(floats: Figures, updated: Figures) -> None:
    for head, figures in updated.items():
        if figures["cer"] > floats[head]["cer"] + MAX_CER_LOSS:
            raise UserError(
                "The {head} head has {after} % CER in int8, but {before} % in float32: export without "
                "--quantize, or use other calibration clips with --data.",
                head=head,
                after=figures["cer"],
                before=floats[head]["cer"],
            )
