"""`klipnet-live watch SOURCE`: live captions without a window."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from klipnet_live.commands.options import add_reading_options, open_reader
from klipnet_live.types import CaptionEvent, UserError

if TYPE_CHECKING:
    from klipnet_live.pipeline.live import LivePipeline

_POLL_S = 0.1


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("watch", help="live captions in the terminal, or as JSON lines")
    parser.add_argument("source", metavar="SOURCE", help="camera:N, screen, screen:X,Y,W,H, window:TITLE or a file")
    parser.add_argument("--jsonl", action="store_true", help="one JSON object per caption event on stdout")
    parser.add_argument("--pace", choices=("realtime", "fast"), default="realtime", help="for video files")
    parser.add_argument(
        "--virtual-camera", nargs="?", const="", metavar="DEVICE", help="show picture and captions on a virtual camera"
    )
    parser.add_argument("--text-file", metavar="FILE", help="keep the current captions in a file, as OBS reads it")
    add_reading_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Caption until the source ends or Ctrl-C is pressed."""
    from klipnet_live.capture.source import open_source
    from klipnet_live.commands.outputs import outputs_of
    from klipnet_live.output.jsonl import JsonLines
    from klipnet_live.pipeline.live import LivePipeline

    source = open_source(options.source, pace=options.pace)
    writer = JsonLines(sys.stdout) if options.jsonl else print_line
    pipeline = LivePipeline(source, open_reader(options), [writer], lossless=not source.live)
    with outputs_of(options, pipeline):
        pipeline.start()
        _wait(pipeline)
    message = pipeline.status().message
    if isinstance(message, UserError):
        raise message
    if not source.live and not pipeline.saw_a_face:
        raise no_face(options.source)
    return 0


def no_face(source: str) -> UserError:
    """What to say of a recording in which nobody can be seen."""
    return UserError(
        "No face was found in {source}: lips can be read where a face is seen from the front, at least "
        "60 pixels wide.",
        source=source,
    )


def print_line(event: CaptionEvent) -> None:
    """A completed line as a person reads it."""
    if event.event == "completed" and event.text:
        print(f"{event.start_s:7.2f} s  Speaker {event.speaker}: {event.text}", flush=True)


def _wait(pipeline: LivePipeline) -> None:
    try:
        while not pipeline.join(_POLL_S):
            pass
    except KeyboardInterrupt:
        pipeline.stop()
        pipeline.join()
