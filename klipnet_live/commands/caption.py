"""`klipnet-live caption FILE`: captions a recording, or all recordings in a folder."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from klipnet_live.commands.caption_folder import (
    add_folder_options,
    caption_folder,
    check_no_folder_options,
)
from klipnet_live.commands.ending import end_on_signals
from klipnet_live.commands.options import (
    UsageError,
    add_overwrite_option,
    add_reading_options,
    add_sound_model_option,
    add_sound_option,
    add_words_option,
    as_usage,
    check_overwrite,
    load_word_replacements,
    path_argument,
    spoken_language,
    uses_recorded_sound,
)
from klipnet_live.plain_text import say
from klipnet_live.types import UserError

if TYPE_CHECKING:
    from rich.progress import Progress

    from klipnet_live.batch.runner import Runner
    from klipnet_live.batch.tasks import ReadingChoice
    from klipnet_live.captions.lines import CaptionLine
    from klipnet_live.export.video_copy import Reporter


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("caption", help="caption a recording, or all recordings in a folder")
    parser.add_argument("file", metavar="FILE", type=path_argument, help="a video file, or a folder of them")
    parser.add_argument(
        "-o",
        "--output",
        type=path_argument,
        metavar="OUT",
        help="output file: .srt .vtt .txt .json .jsonl .csv, or .mp4 .mkv for a video with captions; "
        "for a folder, another folder",
    )
    parser.add_argument("--burn-in", action="store_true", help="paint the captions into the frames of OUT")
    parser.add_argument(
        "--leave-out-unclear",
        action="store_true",
        help="omit lines that cannot be read, instead of writing [unclear]",
    )
    add_overwrite_option(parser, "replace OUT; for a folder, also captions that are up to date")
    add_sound_model_option(parser)
    add_sound_option(parser, "off, or another file with the sound")
    add_reading_options(parser)
    add_words_option(parser)
    add_folder_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Caption the recording and write the output file; without one, print the lines.

    Both in a child process, so that a file that crashes a decoder gives one line.
    """
    from klipnet_live.batch.processes import ProcessRunner
    from klipnet_live.commands.run_export import model_of
    from klipnet_live.export.captioning import check_target

    end_on_signals()
    if options.file.is_dir():
        options.model = model_of(options.model)
        return caption_folder(options, spoken_language(options))
    if not options.file.is_file():
        raise UserError("There is no file {path}. Check its name.", path=options.file)
    check_no_folder_options(options)
    _check_usage(options)
    if options.output is not None:
        check_target(options.file, options.output)
        check_overwrite(options.output, allowed=options.overwrite)
    options.model = model_of(options.model)
    language = spoken_language(options)
    choice = _choice(options, language)
    with closing(ProcessRunner(1, keeps_idle=True)) as runner:
        lines = _read(options.file, choice, runner)
        if options.output is not None:
            _write(options, lines, language, runner)
            return 0
    for line in lines:
        say(f"{line.start_s:7.2f} s  {line.name}: {line.text}")
    return 0


def _check_usage(options: argparse.Namespace) -> None:
    from klipnet_live.export.captioning import check_suffix, has_known_suffix
    from klipnet_live.export.video_copy import FORMATS

    if options.output is not None:
        if options.output.is_dir() and not has_known_suffix(options.output):
            raise UsageError(
                "{path} is a folder. Add the name of a file, such as {example}.",
                path=options.output, example=options.output / f"{options.file.stem}.srt",
            )  # fmt: skip
        with as_usage():
            check_suffix(options.output)
    if options.burn_in and (options.output is None or options.output.suffix.lower() not in FORMATS):
        raise UsageError("--burn-in needs a video as output. Add -o with a name that ends in .mp4 or .mkv.")


def _choice(options: argparse.Namespace, language: str) -> ReadingChoice:
    from klipnet_live.batch.tasks import ReadingChoice
    from klipnet_live.sound.source import AUTO, OFF

    sound_file = None if options.sound in (AUTO, OFF) else Path(os.path.expanduser(options.sound))
    if sound_file is not None and not sound_file.is_file():
        raise UserError("There is no sound file {path}. Check its name, or omit --sound.", path=sound_file)
    load_word_replacements(options)
    return ReadingChoice(
        language,
        options.model,
        options.phrases,
        uses_recorded_sound(options, language),
        options.sound_model,
        options.replace,
        not options.leave_out_unclear,
        options.sound_language,
        sound_file,
        tuple(options.profiles),
    )


def _read(video: Path, choice: ReadingChoice, runner: Runner) -> list[CaptionLine]:
    from klipnet_live.batch.result import read_video
    from klipnet_live.batch.tasks import ReadVideo

    with _reporting("reading") as reporter:
        return read_video(ReadVideo(video, choice, reports_events=False), runner, reporter)


def _write(options: argparse.Namespace, lines: list[CaptionLine], language: str, runner: Runner) -> None:
    from klipnet_live.batch.result import write_captions
    from klipnet_live.batch.tasks import WriteCaptions

    task = WriteCaptions(options.file, options.output, lines, language, options.burn_in)
    with _reporting("writing") as reporter:
        write_captions(task, runner, reporter)


@contextmanager
def _reporting(work: str) -> Iterator[Reporter]:
    """Show a progress bar while the block runs, and print the notes afterwards."""
    from klipnet_live.export.video_copy import Reporter

    notes: list[UserError] = []
    with _progress() as progress:
        task = progress.add_task(work, total=1.0)

        def show(part: float) -> None:
            progress.update(task, completed=part)

        yield Reporter(progress=show, note=notes.append)
    for note in notes:
        say(f"klipnet-live: {note}", sys.stderr)


def _progress() -> Progress:
    from rich.console import Console
    from rich.progress import Progress

    # stdout may be used for the lines.
    console = Console(stderr=True)
    return Progress(console=console, transient=True, disable=not console.is_terminal)
