"""`klipnet-live caption FILE`: captions of a recording, at full speed."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from klipnet_live.commands.options import add_reading_options, open_reader
from klipnet_live.commands.watch import no_face
from klipnet_live.types import UserError

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from klipnet_live.output.lines import CaptionLine

VIDEOS = frozenset({".mp4", ".m4v", ".mov", ".mkv"})


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("caption", help="caption a recording")
    parser.add_argument("file", metavar="FILE", type=Path, help="a video file")
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="OUT",
        help="where to write: .srt .vtt .txt .json .jsonl .csv, or .mp4 .mkv for a video with captions",
    )
    parser.add_argument("--burn-in", action="store_true", help="paint the captions into the pictures of OUT")
    add_reading_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Read the lips, then write the file; without one, print the lines."""
    if not options.file.is_file():
        raise UserError("There is no file {path}: check its name.", path=options.file)
    _check_output(options)
    lines = read_lines(options)
    if options.output is None:
        for line in lines:
            print(f"{line.start_s:7.2f} s  {line.name}: {line.text}")
    elif options.output.suffix.lower() in VIDEOS:
        _write_video(options, lines)
    else:
        from klipnet_live.output.subtitles import write_lines

        write_lines(options.output, lines)
    return 0


def read_lines(options: argparse.Namespace) -> list[CaptionLine]:
    """All completed lines of the recording, in the order in which they ended."""
    from klipnet_live.capture.source import open_source
    from klipnet_live.output.lines import LineCollector
    from klipnet_live.pipeline.live import LivePipeline

    lines: list[CaptionLine] = []
    source = open_source(str(options.file), pace="fast")
    pipeline = LivePipeline(source, open_reader(options), [LineCollector(lines.append)], lossless=True)
    pipeline.start()
    with _progress() as progress:
        task = progress.add_task("reading lips", total=_length_s(options.file))
        while not pipeline.join(0.1):
            newest = pipeline.preview.take()
            if newest is not None:
                progress.update(task, completed=newest.frame.time_s)
    message = pipeline.status().message
    if isinstance(message, UserError):
        raise message
    if not pipeline.saw_a_face:
        raise no_face(str(options.file))
    return lines


def _check_output(options: argparse.Namespace) -> None:
    """A mistake in OUT is told before the work, not after it."""
    from klipnet_live.output.subtitles import WRITERS

    if options.output is None:
        return
    suffix = options.output.suffix.lower()
    if suffix not in VIDEOS and suffix not in WRITERS:
        known = " ".join([*WRITERS, *sorted(VIDEOS)])
        raise UserError("{path} has an unknown ending: use one of {known}.", path=options.output, known=known)
    folder = options.output.absolute().parent
    if not folder.is_dir():
        raise UserError("There is no folder {folder}: make it first.", folder=folder)
    if options.output.exists() and options.output.samefile(options.file):
        raise UserError("{path} is the recording itself: choose another name.", path=options.output)


def _write_video(options: argparse.Namespace, lines: list[CaptionLine]) -> None:
    from klipnet_live.manifest import load_manifest
    from klipnet_live.output.burn_in import burn_in
    from klipnet_live.output.caption_painter import CaptionPainter
    from klipnet_live.output.subtitle_track import add_subtitle_track
    from klipnet_live.output.video_copy import Reporter
    from klipnet_live.pipeline.open import find_model

    with _progress() as progress:
        task = progress.add_task("writing video", total=1.0)
        reporter = Reporter(progress=lambda part: _show(progress, task, part))
        if options.burn_in:
            burn_in(options.file, options.output, lines, CaptionPainter().paint, reporter=reporter)
            return
        language = load_manifest(find_model(options.model, options.language), verify=False).language
        add_subtitle_track(options.file, options.output, lines, language=language, reporter=reporter)


def _show(progress: Progress, task: TaskID, part: float) -> None:
    progress.update(task, completed=part)


def _progress() -> Progress:
    from rich.console import Console
    from rich.progress import Progress

    # The lines themselves may go to stdout.
    console = Console(stderr=True)
    return Progress(console=console, transient=True, disable=not console.is_terminal)


def _length_s(path: Path) -> float | None:
    from klipnet_live.capture.length import length_s

    return length_s(path)
