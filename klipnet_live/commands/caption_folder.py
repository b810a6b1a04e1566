"""`klipnet-live caption FOLDER -o FOLDER`: one task per recording, on this computer or a cluster."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from klipnet_live.commands.extras import check_extra
from klipnet_live.commands.options import (
    UsageError,
    as_usage,
    load_word_replacements,
    uses_recorded_sound,
)
from klipnet_live.errors import file_errors_as_user_errors
from klipnet_live.plain_text import say
from klipnet_live.types import Phrases

if TYPE_CHECKING:
    from collections.abc import Callable

    from klipnet_live.batch.folder import FolderResult
    from klipnet_live.batch.runner import Runner

_DEFAULT_ENDING = ".srt"


def add_folder_options(parser: argparse.ArgumentParser) -> None:
    """Add the options for folders."""
    folder = parser.add_argument_group("for a folder of recordings")
    folder.add_argument("--ending", metavar=".srt", help="extension of the output files (default .srt)")
    runs = folder.add_mutually_exclusive_group()
    runs.add_argument("--jobs", type=positive, metavar="N", help="recordings processed at once (default 1)")
    runs.add_argument(
        "--scheduler",
        metavar="tcp://HOST:8786",
        help="process them on a Dask cluster (extra: cluster)",
    )


def check_no_folder_options(options: argparse.Namespace) -> None:
    """Raises UsageError if options for folders are used with a single recording."""
    for name in ("ending", "jobs", "scheduler"):
        if getattr(options, name) is not None:
            raise UsageError("--{name} is only for a folder of recordings. Omit it.", name=name)


def caption_folder(options: argparse.Namespace, language: str) -> int:
    """Caption all recordings without captions, and print one line each. Exit status 1 if any failed."""
    from klipnet_live.batch.folder import caption_all, recordings_of
    from klipnet_live.batch.tasks import ReadingChoice

    ending = _ending(options)
    entries = recordings_of(options.file, options.output, ending)
    with file_errors_as_user_errors(options.output):
        options.output.mkdir(parents=True, exist_ok=True)
    choice = ReadingChoice(
        language,
        _absolute_model(options.model),
        _absolute(options.phrases),
        _listens(options, language),
        _absolute_path(options.sound_model),
        _absolute_path(options.replace),
        not options.leave_out_unclear,
        options.sound_language,
        profiles=tuple(options.profiles),
    )
    with closing(open_runner(options.scheduler, options.jobs or 1)) as runner, _bar() as progress:
        results = caption_all(
            entries, choice, runner, burn_in=options.burn_in, overwrite=options.overwrite, progress=progress
        )
        outcomes = list(results)
    return _report(options.file, sorted(outcomes, key=lambda outcome: outcome.entry.video))


def open_runner(scheduler: str | None, jobs: int, memory_bytes: int | None = None) -> Runner:
    """A runner on a cluster if a scheduler is given, else on this computer. Raises UserError."""
    if scheduler is None:
        from klipnet_live.batch.processes import ProcessRunner

        return ProcessRunner(jobs, memory_bytes)
    check_extra("cluster", "distributed")
    from klipnet_live.batch.cluster import ClusterRunner

    return ClusterRunner(scheduler)


def positive(text: str) -> int:
    """Argument type for positive integers."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _ending(options: argparse.Namespace) -> str:
    from klipnet_live.export.captioning import check_suffix, has_known_suffix
    from klipnet_live.export.video_copy import FORMATS

    if options.output is None:
        raise UsageError("A folder of recordings needs an output folder. Add -o FOLDER.")
    if options.output.is_file() or has_known_suffix(options.output):
        raise UsageError(
            "{path} is the name of a file. Give an output folder for a folder of recordings.",
            path=options.output,
        )
    ending = f".{(options.ending or _DEFAULT_ENDING).lower().lstrip('.')}"
    with as_usage():
        check_suffix(Path(f"captions{ending}"))
    if options.burn_in and ending not in FORMATS:
        raise UsageError("--burn-in needs videos as output. Add --ending .mp4 or .mkv.")
    return ending


def _listens(options: argparse.Namespace, language: str) -> bool:
    """Whether to use sound; decided once, so that all machines do the same. Raises UserError."""
    from klipnet_live.sound.source import AUTO, OFF

    if options.sound not in (AUTO, OFF):
        raise UsageError("Recordings of a folder use their own sound. Omit --sound, or give off.")
    if options.replace is not None:
        load_word_replacements(options)
    return uses_recorded_sound(options, language)


def _absolute_path(path: Path | None) -> Path | None:
    return None if path is None else path.absolute()


def _absolute_model(model: str | None) -> str | None:
    """A folder as an absolute path, since cluster processes run in other folders."""
    return str(Path(model).absolute()) if model is not None and Path(model).is_dir() else model


def _absolute(phrases: Phrases | None) -> Phrases | None:
    return None if phrases is None else Phrases(phrases.path.absolute(), phrases.only)


def _report(folder: Path, outcomes: list[FolderResult]) -> int:
    for outcome in outcomes:
        name = outcome.entry.video.relative_to(folder.absolute())
        if outcome.kind == "failed":
            say(f"failed     {name}: {outcome.problem or 'cancelled'}")
        elif outcome.kind == "kept":
            say(f"kept       {name}: captions exist already")
        else:
            notes = "".join(f" ({note})" for note in outcome.notes)
            say(f"captioned  {name}: {outcome.lines} line{'' if outcome.lines == 1 else 's'}{notes}")
    count = {
        kind: sum(outcome.kind == kind for outcome in outcomes) for kind in ("captioned", "kept", "failed")
    }
    say(f"{count['captioned']} captioned, {count['kept']} kept, {count['failed']} failed")
    return 1 if count["failed"] else 0


@contextmanager
def _bar() -> Iterator[Callable[[float], object]]:
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("reading lips", total=1.0)
        yield lambda part: progress.update(task, completed=part)
