"""`klipnet-data`: prepare, check and split dataset folders."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from rich.console import Console
from rich.progress import track

from klipnet_live.dataset_format import TABLE
from klipnet_live.lips.crop import CropGeometry
from klipnet_live.models import find_model
from klipnet_live.plain_text import say
from klipnet_live.reading.model import LipModel
from klipnet_live.types import UserError
from klipnet_training.arguments import positive, report_failure
from klipnet_training.data.align import align_folder
from klipnet_training.data.check import Remark, check_rows
from klipnet_training.data.clips import FEW_CLIPS, is_prepared, prepared_rows
from klipnet_training.data.kept_splits import kept_remark, rows_to_keep, split_remarks, splits_in
from klipnet_training.data.layouts import LAYOUTS, read_dataset
from klipnet_training.data.prepare import CropSettings, Outcome, finish, path_of, prepare
from klipnet_training.data.recordings import with_unique_names
from klipnet_training.data.split import SCENARIOS, SplitRule, split_folder
from klipnet_training.data.table import table_rows
from klipnet_training.data.transcripts import language_of, transcript_of
from klipnet_training.data.window import Window

_FIX_RECORDINGS = " Fix the original recordings and prepare them again: changes in this folder would be lost."


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except Exception as error:
        return report_failure("klipnet-data", error)
    except KeyboardInterrupt:
        say("klipnet-data: stopped. Run the same command again to continue.", sys.stderr)
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="klipnet-data", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="{prepare,check,align,split}")
    _add_prepare(commands.add_parser("prepare", help="crop the mouths of a dataset for training"))
    _add_check(commands.add_parser("check", help="check a dataset for problems"))
    _add_align(commands.add_parser("align", help="add word alignments with a trained model"))
    _add_split(commands.add_parser("split", help="split a dataset into training and validation sets"))
    return parser


def _add_prepare(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "dataset", type=Path, metavar="DATASET", help="folder with recordings and transcripts"
    )
    command.add_argument("-o", "--out", type=Path, required=True, metavar="PREPARED", help="output folder")
    command.add_argument("--layout", choices=LAYOUTS, default="auto", help="layout of DATASET (default auto)")
    command.add_argument("--table", default=TABLE, help=f"table of a plain folder (default {TABLE})")
    command.add_argument(
        "--workers", type=positive, default=os.cpu_count() or 1, metavar="N", help="number of processes"
    )
    command.add_argument(
        "--scheduler",
        metavar="tcp://HOST:8786",
        help="use a Dask cluster, whose machines see both folders under the same paths",
    )
    command.add_argument(
        "--mouths", action="store_true", help="all videos show only a mouth, as 100x50 ones do"
    )
    command.add_argument(
        "--window",
        type=_window,
        default=Window(),
        metavar="WxH",
        help="size of the used middle part of ready-made mouth images (default 54x27, of 100x50)",
    )
    command.add_argument(
        "--crop-width",
        type=float,
        default=CropGeometry().width_in_inter_ocular,
        metavar="D",
        help="width of a crop in inter-ocular distances (default %(default)s; for Keras weights 2.04)",
    )
    command.add_argument(
        "--prune", action="store_true", help="remove clips of earlier runs that are no longer in DATASET"
    )
    command.set_defaults(run=_prepare)


def _add_check(command: argparse.ArgumentParser) -> None:
    _add_folder(command)
    command.add_argument("--language", help="language of the transcripts (default: detected)")
    command.set_defaults(run=_check)


def _add_align(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", type=Path, metavar="PREPARED", help="a prepared folder")
    command.add_argument(
        "--model", metavar="NAME|DIR", help="a model (default: the one for the transcripts' language)"
    )
    command.add_argument("--anew", action="store_true", help="realign clips that have an alignment, too")
    command.set_defaults(run=_align)


def _add_split(command: argparse.ArgumentParser) -> None:
    rule = SplitRule("random_split")
    _add_folder(command)
    command.add_argument("--scenario", choices=SCENARIOS, required=True)
    command.add_argument("--seed", type=int, default=rule.seed, metavar="N", help="random seed of the split")
    command.add_argument(
        "--part", type=float, default=rule.part, metavar="P", help="fraction for random_split: 0.2"
    )
    command.add_argument(
        "--speakers", default=",".join(rule.speakers), metavar="A,B", help="for unseen_speakers"
    )
    command.add_argument(
        "--sentences",
        type=positive,
        default=rule.sentences,
        metavar="N",
        help="held-out sentences per speaker, for overlapped_speakers (default 255)",
    )
    command.set_defaults(run=_split)


def _add_folder(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", type=Path, metavar="DIR", help="prepared or plain dataset folder")
    command.add_argument("--table", default=TABLE, help=f"table of the folder (default {TABLE})")


def _check(options: argparse.Namespace) -> None:
    rows = table_rows(options.folder, options.table)
    findings = check_rows(options.folder, rows, options.language)
    bar = track(findings, "Checking clips", len(rows) + 1, console=Console(stderr=True))
    every = [finding for clip in bar for finding in clip]
    for finding in every:
        say(finding)
    every = [finding for finding in every if not isinstance(finding, Remark)]
    if every:
        raise UserError(
            "Problems to fix in {folder}: {count}.{where}",
            folder=options.folder,
            count=len(every),
            where=_FIX_RECORDINGS if is_prepared(options.folder) else "",
        )
    say(f"{options.folder} has no problems")
    if len(rows) < FEW_CLIPS:
        count = "1 clip is" if len(rows) == 1 else f"{len(rows)} clips are"
        say(f"{count} few: a model needs dozens to learn a face, and a small validation set says little.")


def _align(options: argparse.Namespace) -> None:
    rows = prepared_rows(options.folder)
    language = None if options.model else language_of(map(transcript_of, rows))
    model = LipModel(find_model(options.model, language))
    count = sum(options.anew or "align" not in row for row in rows)
    found = align_folder(options.folder, model, realign=options.anew)
    done = list(track(found, "Aligning", count, console=Console(stderr=True)))
    for clip in done:
        if clip.problem:
            say(f"{clip.row['path']} is not aligned: {clip.problem}", sys.stderr)
    aligned = [clip for clip in done if not clip.problem]
    unsure = sum(not clip.words for clip in aligned)
    say(f"{len(aligned)} of {count} clips are aligned")
    if unsure:
        say(f"{unsure} of them only as whole sentences: the model is not sure of the word times")


def _split(options: argparse.Namespace) -> None:
    speakers = tuple(options.speakers.split(","))
    rule = SplitRule(options.scenario, options.seed, options.part, speakers, options.sentences)
    counts = split_folder(options.folder, rule, options.table)
    say(", ".join(f"{split} {count}" for split, count in sorted(counts.items())))


def _prepare(options: argparse.Namespace) -> None:
    if options.scheduler is not None:
        # Workers run in other working directories.
        options.dataset, options.out = options.dataset.absolute(), options.out.absolute()
        if find_spec("distributed") is None:
            raise UserError('Using a cluster needs more packages: pip install "klipnet-live[cluster]".')
    named = with_unique_names(read_dataset(options.dataset, options.layout, options.table))
    geometry = CropGeometry(width_in_inter_ocular=options.crop_width)
    settings = CropSettings(options.out, options.window, options.mouths, geometry)
    outcomes = prepare(named, settings, options.workers, options.scheduler)
    bar = track(outcomes, "Cropping mouths", len(named), console=Console(stderr=True))
    done = sorted(bar, key=lambda outcome: outcome.entry.name)
    kept = rows_to_keep(options.out, done, prune=options.prune)
    rows = finish(settings, done, splits_in(options.out), kept)
    _report(done)
    if not rows:
        raise UserError("No clip of {folder} can be used.", folder=options.dataset)
    say(f"{len(rows) - len(kept)} of {len(named)} clips are in {options.out}")
    for remark in kept_remark(kept, options.dataset):
        say(remark)
    given = {path_of(entry): entry.recording.split for entry in named}
    for remark in split_remarks(options.dataset, options.out, rows, given):
        say(remark)


def _report(outcomes: Sequence[Outcome]) -> None:
    for outcome in outcomes:
        if outcome.problem:
            say(f"left out: {outcome.problem}", sys.stderr)
        elif outcome.faceless:
            name, count = outcome.entry.name, f"{outcome.faceless} of {outcome.pictures}"
            say(f"{name}: no face in {count} images, the last position was used", sys.stderr)
        for remark in outcome.remarks:
            say(remark, sys.stderr)


def _window(text: str) -> Window:
    try:
        return Window.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


if __name__ == "__main__":
    sys.exit(main())
