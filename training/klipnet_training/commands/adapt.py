"""From recorded sentences to a model of one's own, in one command.

python -m klipnet_training.commands.adapt RECORDINGS -o WORK --name NAME [--jsonl] [--set SECTION.NAME=VALUE]

Prepares the recordings, trains by the scenario `adapt`, exports the model to WORK/model/NAME, and compares it
with the model that it began with, on sentences that took no part in the training. A stopped run goes on with
the same command. The window runs it with `--jsonl`: one JSON object a line on standard output, and it stops
when standard input ends, as it does when the window is gone.
"""

from __future__ import annotations

from klipnet_training import needs_torch  # noqa: F401  # isort: skip

import argparse
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import cv2

from klipnet_live.atomic_file import write_atomically
from klipnet_live.dataset_format import COLUMNS, TABLE, TableRow, write_table
from klipnet_live.decoding.beam import BEAM_WIDTHS, BeamSearch
from klipnet_live.decoding.known_words import KnownWordsDecoder
from klipnet_live.errors import as_user_error
from klipnet_live.manifest import load_manifest, write_manifest
from klipnet_live.models import find_model
from klipnet_live.types import UserError
from klipnet_training.arguments import report_failure, writing_to
from klipnet_training.commands.export import export
from klipnet_training.config.files import read_config
from klipnet_training.config.scenarios import scenario_path
from klipnet_training.config.schema import Config, DataSource
from klipnet_training.data.clips import Clip, is_prepared, load_clips, prepared_rows
from klipnet_training.data.layouts import read_dataset
from klipnet_training.data.prepare import CropSettings, finish, prepare
from klipnet_training.data.recordings import with_unique_names
from klipnet_training.data.split import SplitRule, assign_splits
from klipnet_training.data.window import Window
from klipnet_training.evaluation.networks import ReleasedNetwork
from klipnet_training.run.adapting_report import Compared, JsonLines, Lines, Report, TrainingSteps
from klipnet_training.run.interruption import stop_on_request
from klipnet_training.run.released import starting_weights
from klipnet_training.run.run_folder import RunFolder
from klipnet_training.run.sources import checked, detect_language
from klipnet_training.run.trainer import Trainer

LEAST_SENTENCES = 10
"""Fewer leave too little to train with, and too little to compare."""

EXIT_STOPPED = 130

_TEST = SplitRule("random_split", seed=2, part=0.2)
_VALIDATION = SplitRule("random_split", seed=1, part=0.15)


class StoppedError(Exception):
    """Somebody asked to stop; what is done so far is kept."""


def adapt(
    recordings: Path,
    work: Path,
    name: str,
    report: Report,
    stopped: Callable[[], bool] = lambda: False,
    changes: Sequence[str] = (),
) -> Path:
    """The folder of the new model. Errors: UserError; StoppedError where it was stopped."""
    prepared = recordings if is_prepared(recordings) else work / "prepared"
    if prepared is not recordings:
        _prepare(recordings, prepared, report, stopped)
    config = _configuration(prepared, changes)
    run = _run_of(config, prepared, work)
    _train(config, run, report, stopped)
    report.part("comparing", 0, 1)
    model = work / "model" / name
    base = find_model(config.start_from, config.language)
    export(run.path, model, "klipnet_training.commands.adapt")
    _inherit(base, model)
    test = [checked(clip, ReleasedNetwork(base).alphabet, prepared) for clip in load_clips(prepared, "test")]
    report.result(model, compared(base, model, test))
    return model


def _prepare(recordings: Path, out: Path, report: Report, stopped: Callable[[], bool]) -> None:
    """Crop the mouths; then some sentences are kept out, for validation and for the comparison."""
    named = with_unique_names(read_dataset(recordings, "auto", TABLE))
    outcomes = []
    report.part("preparing", 0, len(named))
    settings = CropSettings(out, Window())
    for outcome in prepare(named, settings, os.cpu_count() or 1):
        outcomes.append(outcome)
        report.part("preparing", len(outcomes), len(named))
        if outcome.problem:
            report.note(f"left out: {outcome.problem}")
        if stopped():
            raise StoppedError
    rows = divided(finish(settings, outcomes))
    with writing_to(out):
        write_table(out / TABLE, COLUMNS, rows)


def divided(rows: Sequence[TableRow]) -> list[TableRow]:
    """A fifth of the sentences become `test`, some of the others `val`. UserError where they are few."""
    texts = {row.get("text", "") for row in rows}
    if len(texts) < LEAST_SENTENCES:
        raise UserError(
            "{count} sentences can be used, and training needs {least}: record some more.",
            count=len(texts),
            least=LEAST_SENTENCES,
        )
    held_out = assign_splits([{key: row[key] for key in row if key != "split"} for row in rows], _TEST)
    marked = [row | {"split": "test" if row["split"] == "val" else ""} for row in held_out]
    return assign_splits(marked, _VALIDATION)


def _configuration(prepared: Path, changes: Sequence[str]) -> Config:
    """That of the scenario, on these clips."""
    folder = str(prepared.resolve())
    splits = {row.get("split") for row in prepared_rows(prepared)}
    data = (DataSource(folder),)
    config = read_config(
        scenario_path("adapt"), changes, lambda _: detect_language([DataSource(folder, None)])
    )
    return replace(config, data=data, validation=(DataSource(folder, "val"),) if "val" in splits else ())


def _run_of(config: Config, prepared: Path, work: Path) -> RunFolder:
    """The run that learns from these clips in this way; one that learnt otherwise is begun anew."""
    run, kept = RunFolder(work / "run"), work / "clips.tsv"
    clips = (prepared / TABLE).read_bytes()
    with writing_to(work):
        learnt = kept.read_bytes() if kept.is_file() else b""
        if run.begun and (learnt != clips or run.configuration() != config):
            shutil.rmtree(run.path)
        write_atomically(kept, clips)
    return run


def _train(config: Config, run: RunFolder, report: Report, stopped: Callable[[], bool]) -> None:
    report.part("starting", 0, 1)
    trainer = Trainer(config, run.path)
    with run.claimed(new_run=not run.begun):
        if run.begun:
            trainer.resume()
        elif config.start_from is not None:
            trainer.start_from(starting_weights(Path(config.start_from)))
        if not trainer.fit(TrainingSteps(report), stopped):
            raise StoppedError


def _inherit(base: Path, model: Path) -> None:
    """What the confidence of the model means, and which lines it cannot read, is that of its base.

    Some dozens of sentences are too few to fit it anew, and without it every line would be shown as read.
    """
    before, after = load_manifest(base), load_manifest(model)
    kept = {"calibration": before.calibration, "readability": before.readability, "speakers": 1}
    write_manifest(model, replace(after, **kept))  # type: ignore[arg-type]


def compared(base: Path, model: Path, clips: Sequence[Clip]) -> list[Compared]:
    """What both models read in each clip, as the app reads a line that has ended."""
    before, after = (list(_texts(folder, clips)) for folder in (base, model))
    return [Compared(clip.text, *texts) for clip, *texts in zip(clips, before, after, strict=True)]


def _texts(folder: Path, clips: Sequence[Clip]) -> Iterator[str]:
    network = ReleasedNetwork(folder)
    search = BeamSearch(network.alphabet, width=BEAM_WIDTHS["final"])
    reader = KnownWordsDecoder(search, network.words)
    for heads in network.log_probs(clips):
        yield reader.line(heads["final"]).text


@contextmanager
def _stopping(*, with_stdin: bool) -> Iterator[Callable[[], bool]]:
    """Whether somebody asked to stop: by a signal, or by closing standard input."""
    closed = threading.Event()

    def wait() -> None:
        # Python's own reader would hold a lock that the end of the program waits for.
        while os.read(sys.stdin.fileno(), 1):
            pass
        closed.set()

    if with_stdin:
        threading.Thread(target=wait, daemon=True).start()
    with stop_on_request() as requested:
        yield lambda: requested() or closed.is_set()


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point; returns the exit code."""
    options = _parser().parse_args(arguments)
    cv2.setNumThreads(1)
    if options.jsonl and hasattr(os, "nice"):
        # The window goes first.
        os.nice(5)
    report: Report = JsonLines() if options.jsonl else Lines()
    try:
        with _stopping(with_stdin=options.jsonl) as stopped:
            adapt(options.recordings, options.out, options.name, report, stopped, options.set)
    except (StoppedError, KeyboardInterrupt):
        report.note("Stopped; the same command goes on from here.")
        return EXIT_STOPPED
    except Exception as error:
        if isinstance(report, JsonLines):
            report.problem(as_user_error(error))
        return report_failure("klipnet_training.commands.adapt", error)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("recordings", type=Path, help="sentences that were recorded, or prepared clips")
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="WORK", help="folder to work in")
    parser.add_argument("--name", default="mine", help="of the model (default mine)")
    parser.add_argument("--jsonl", action="store_true", help="tell a program of the progress")
    parser.add_argument("--set", action="append", default=[], metavar="SECTION.NAME=VALUE")
    return parser


if __name__ == "__main__":
    sys.exit(main())
