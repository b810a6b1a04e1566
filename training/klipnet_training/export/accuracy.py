"""Whether a quantised model still reads what the exported one does: the accuracy of both, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from klipnet_live.decoding.beam import HEAD_WIDTHS, BeamSearch
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

MOST_LOST = 1.0
"""Points of CER that a head may lose by quantisation."""

FLOAT, INT8 = "float32", "int8"

Figures = Mapping[str, Mapping[str, float]]
"""CER and WER in per cent of each head."""


def clips_of(config: Config, data: Path | None) -> tuple[list[Clip], list[Clip]]:
    """Clips to calibrate on and to judge by: those that the run knows, or the splits of a prepared folder."""
    if data is not None:
        return load_clips(data, "train"), load_clips(data, "val")
    alphabet = alphabet_for(config.language)
    both = (config.data[:1], config.validation)
    if not all(sources and all(Path(s.folder).is_dir() for s in sources) for sources in both):
        raise UserError(
            "Quantisation needs clips to judge by, and the run's are gone: name prepared ones with --data."
        )
    known, judged = ([clip for _, clip in load_sources(one, alphabet, config.split)] for one in both)
    return known, judged


def quantise_folder(
    network: LiveNetwork, folder: Path, manifest: Manifest, calibrate: Sequence[Clip], judge: Sequence[Clip]
) -> Manifest:
    """Put int8 graphs in the place of the exported ones, with the figures of both in the manifest.

    UserError, and the folder as it was, where they lose too much.
    """
    floats = accuracy(folder, judge)
    with TemporaryDirectory(dir=folder.parent) as temporary:
        short = Path(temporary)
        quantise(network, folder, short, calibrate)
        whole = _with_files_of(short, manifest)
        write_manifest(short, whole)
        figures = accuracy(short, judge)
        _check(floats, figures)
        for name in GRAPHS:
            (short / f"{name}.onnx").replace(folder / f"{name}.onnx")
    measured = {"validation": {"clips": len(judge), FLOAT: floats, INT8: figures}}
    return replace(whole, figures={**manifest.figures, **measured})


def accuracy(folder: Path, clips: Sequence[Clip]) -> Figures:
    """How well a model folder reads whole clips, without a grammar."""
    network = ReleasedNetwork(folder)
    outputs = list(network.log_probs(clips))
    figures = {}
    for head, width in HEAD_WIDTHS.items():
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


def _check(floats: Figures, whole: Figures) -> None:
    for head, figures in whole.items():
        if figures["cer"] > floats[head]["cer"] + MOST_LOST:
            raise UserError(
                "In int8 the {head} head reads with {after} % CER, in float32 with {before} %: export "
                "without --quantize, or calibrate on other clips with --data.",
                head=head,
                after=figures["cer"],
                before=floats[head]["cer"],
            )
