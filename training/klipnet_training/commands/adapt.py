"""Adapt a released model to recorded sentences, in one command.

python -m klipnet_training.commands.adapt RECORDINGS -o WORK --name NAME [--jsonl] [--set SECTION.NAME=VALUE]

Prepares the recordings, trains with the scenario `adapt`, exports the model to WORK/model/NAME, and compares
it with the model it started from, on held-out sentences. The same command resumes a stopped run. The window
runs it with `--jsonl`: one JSON object per line on standard output; it stops at the end of standard input,
that is, also when the window has gone.
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
from klipnet_live.dataset_format import COLUMNS, MIN_SENTENCES, TABLE, TableRow, write_table
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
from klipnet_training.run.adapting_report import HeldOutResult, JsonReport, Report, TextReport, TrainingSteps
from klipnet_training.run.interruption import stop_on_request
from klipnet_training.run.released import starting_weights
from klipnet_training.run.run_folder import RunFolder
from klipnet_training.run.sources import checked, detect_language
from klipnet_training.run.trainer import Trainer

EXIT_STOPPED = 130

_TEST = SplitRule("random_split", seed=2, part=0.2)
_VALIDATION = SplitRule("random_split", seed=1, part=0.15)


class StoppedError(Exception):
    """The run was asked to stop; its progress is kept."""


def adapt(
    recordings: Path,
    work: Path,
    name: str,
    report: Report,
    stopped: Callable[[], bool] = lambda: False,
    changes: Sequence[str] = (),
) -> Path:
    """Train and export; returns the folder of the new model. Raises UserError or StoppedError."""
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
    """Crop the mouths, and hold out sentences for validation and for the comparison."""
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
    """Assign a fifth of the sentences to `test` and some others to `val`. UserError if there are too few."""
    texts = {row.get("text", "") for row in rows}
    if len(texts) < MIN_SENTENCES:
        raise UserError(
            "{count} sentences can be used, and training needs {least}: record some more.",
            count=len(texts),
            least=MIN_SENTENCES,
        )
    held_out = assign_splits([{key: row[key] for key in row if key != "split"} for row in rows], _TEST)
    marked = [row | {"split": "test" if row["split"] == "val" else ""} for row in held_out]
    return assign_splits(marked, _VALIDATION)


def _configuration(prepared: Path, changes: Sequence[str]) -> Config:
    """The configuration of the scenario for these clips."""
    folder = str(prepared.resolve())
    splits = {row.get("split") for row in prepared_rows(prepared)}
    data = (DataSource(folder),)
    config = read_config(
        scenario_path("adapt"), changes, lambda _: detect_language([DataSource(folder, None)])
    )
    return replace(config, data=data, validation=(DataSource(folder, "val"),) if "val" in splits else ())


def _run_of(config: Config, prepared: Path, work: Path) -> RunFolder:
    """The run for these clips and this configuration; a run with other ones is replaced."""
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
    """Copy calibration and readability threshold from the base model.

    A few dozen sentences are too few to fit them, and without them every line would be shown as readable.
    """
    before, after = load_manifest(base), load_manifest(model)
    kept = {"calibration": before.calibration, "readability": before.readability, "speakers": 1}
    write_manifest(model, replace(after, **kept))  # type: ignore[arg-type]


def compared(base: Path, model: Path, clips: Sequence[Clip]) -> list[HeldOutResult]:
    """The results of both models for each clip, as the app reads a completed line."""
    before, after = (list(_texts(folder, clips)) for folder in (base, model))
    return [HeldOutResult(clip.text, *texts) for clip, *texts in zip(clips, before, after, strict=True)]


def _texts(folder: Path, clips: Sequence[Clip]) -> Iterator[str]:
    network = ReleasedNetwork(folder)
    search = BeamSearch(network.alphabet, width=BEAM_WIDTHS["final"])
    reader = KnownWordsDecoder(search, network.words)
    for heads in network.log_probs(clips):
        yield reader.line(heads["final"]).text


@contextmanager
def _stopping(*, with_stdin: bool) -> Iterator[Callable[[], bool]]:
    """Yields a function that tells whether to stop: after a signal, or after the end of standard input."""
    closed = threading.Event()

    def wait() -> None:
        # sys.stdin.read() would hold a lock that the interpreter waits for at exit.
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
        # The window has priority.
        os.nice(5)
    report: Report = JsonReport() if options.jsonl else TextReport()
    try:
        with _stopping(with_stdin=options.jsonl) as stopped:
            adapt(options.recordings, options.out, options.name, report, stopped, options.set)
    except (StoppedError, KeyboardInterrupt):
        report.note("Stopped. The same command resumes the run.")
        return EXIT_STOPPED
    except Exception as error:
        if isinstance(report, JsonReport):
            report.problem(as_user_error(error))
        return report_failure("klipnet_training.commands.adapt", error)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("recordings", type=Path, help="recorded sentences, or prepared clips")
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="WORK", help="work folder")
    parser.add_argument("--name", default="mine", help="name of the model (default mine)")
    parser.add_argument("--jsonl", action="store_true", help="report progress as JSON lines")
    parser.add_argument("--set", action="append", default=[], metavar="SECTION.NAME=VALUE")
    return parser


if __name__ == "__main__":
    sys.exit(main())
