"""`klipnet-evaluate`: error rates of a run or a released model on a dataset."""

from __future__ import annotations

from klipnet_training import needs_torch  # noqa: F401  # isort: skip

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import cv2
from rich.console import Console
from rich.progress import track
from rich.text import Text

from klipnet_live.decoding.beam import BEAM_WIDTHS, BeamSearch
from klipnet_live.decoding.grammar import load_grammar
from klipnet_live.decoding.greedy import GreedySearch
from klipnet_live.decoding.known_words import KnownWordsDecoder
from klipnet_live.plain_text import one_line, say
from klipnet_live.types import UserError
from klipnet_training.arguments import report_failure
from klipnet_training.commands.parsers import evaluate_parser
from klipnet_training.data.clips import Clip
from klipnet_training.data.prepare import Outcome
from klipnet_training.evaluation.clips import clips_of
from klipnet_training.evaluation.networks import ReleasedNetwork, TrainedNetwork, open_network
from klipnet_training.evaluation.report import remarks, score_table, splits_of, write_json
from klipnet_training.evaluation.scores import ReadClip, clip_reading, score, score_speakers
from klipnet_training.run.sources import checked

EXIT_STOPPED = 130

IMAGE_SUFFIX = ".png"

_console = Console(stderr=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point of `klipnet-evaluate`; returns the exit code."""
    parser = evaluate_parser()
    options = parser.parse_args(arguments)
    if options.grammar and options.decoder == "greedy":
        parser.error("--grammar needs --decoder beam")
    cv2.setNumThreads(1)
    try:
        _evaluate(options)
    except Exception as error:
        return report_failure("klipnet-evaluate", error)
    except KeyboardInterrupt:
        return EXIT_STOPPED
    return 0


def _evaluate(options: argparse.Namespace) -> None:
    _check_outputs(options)
    network = open_network(options.model)
    decoder = _decoder(options, network)
    found = clips_of(options.data, options.split, _show_cropping)
    clips = [checked(clip, network.alphabet, options.data) for clip in found]
    readings = list(_read(network, decoder, clips, options.mode))
    overall, speakers = score(readings), score_speakers(readings)
    title = f"{options.model} on {options.data} ({splits_of(clips)}), {options.mode}"
    Console().print(score_table(title, overall, speakers))
    for remark in remarks(clips, isinstance(network, TrainedNetwork)):
        say(remark)
    if options.json:
        write_json(options.json, _conditions(options), overall, speakers, readings)
    _draw(options, network, clips, readings)


def _check_outputs(options: argparse.Namespace) -> None:
    """Check output paths before the work starts. UserError if a file cannot be written."""
    images = [path for path in (options.confusion, options.saliency and options.saliency[1]) if path]
    for path in map(Path, images):
        if path.suffix.lower() != IMAGE_SUFFIX:
            raise UserError("{path} is not a PNG file name: end it in .png.", path=path)
    for path in map(Path, [*images, *([options.json] if options.json else [])]):
        if not path.absolute().parent.is_dir():
            raise UserError(
                "Cannot write {name}: there is no folder {folder}.", folder=path.parent, name=path.name
            )


def _decoder(
    options: argparse.Namespace, network: TrainedNetwork | ReleasedNetwork
) -> BeamSearch | GreedySearch | KnownWordsDecoder:
    """The decoder of the app: same beam widths, and finished lines limited to the model's vocabulary."""
    alphabet = network.alphabet
    if options.decoder == "greedy":
        return GreedySearch(alphabet)
    grammar = load_grammar(options.grammar, alphabet) if options.grammar else None
    search = BeamSearch(alphabet, width=options.beam_width or BEAM_WIDTHS[options.mode], grammar=grammar)
    return KnownWordsDecoder(search, network.words) if options.mode == "final" and not grammar else search


def _read(
    network: TrainedNetwork | ReleasedNetwork,
    decoder: BeamSearch | GreedySearch | KnownWordsDecoder,
    clips: Sequence[Clip],
    mode: str,
) -> Iterator[ReadClip]:
    found = zip(clips, network.log_probs(clips), strict=True)
    for clip, heads in track(found, "Reading", len(clips), console=_console, transient=True):
        if mode not in heads:
            raise UserError(
                "This network has no {mode} head: use --mode {known}.", mode=mode, known=" or ".join(heads)
            )
        yield clip_reading(clip.name, clip.speaker, clip.text, decoder.line(heads[mode]).text)


def _show_cropping(outcomes: Iterable[Outcome], count: int) -> Iterator[Outcome]:
    for outcome in track(outcomes, "Cropping mouths", count, console=_console, transient=True):
        if outcome.problem:
            _console.print(Text(one_line(f"left out: {outcome.problem}")))
        yield outcome


def _conditions(options: argparse.Namespace) -> dict[str, str | int | None]:
    beam = options.decoder == "beam"
    return {
        "model": str(options.model),
        "data": str(options.data),
        "split": options.split,
        "mode": options.mode,
        "decoder": options.decoder,
        "beam_width": options.beam_width or BEAM_WIDTHS[options.mode] if beam else None,
        "grammar": str(options.grammar) if options.grammar else None,
    }


def _draw(
    options: argparse.Namespace,
    network: TrainedNetwork | ReleasedNetwork,
    clips: Sequence[Clip],
    readings: Sequence[ReadClip],
) -> None:
    if not (options.confusion or options.saliency):
        return
    # Imported late: matplotlib takes a second to load, and most evaluations draw nothing.
    from klipnet_training.evaluation import drawing

    if options.confusion:
        drawing.write_confusion(options.confusion, readings)
    if options.saliency:
        name, path = options.saliency
        drawing.write_saliency(Path(path), network, clips, name, options.mode)


if __name__ == "__main__":
    sys.exit(main())
