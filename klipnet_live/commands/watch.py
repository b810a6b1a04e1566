"""`klipnet-live watch SOURCE`: live captions without a window."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, TextIO

from klipnet_live.captions.lines import default_name, unclear
from klipnet_live.commands.ending import end, end_on_signals
from klipnet_live.commands.options import (
    add_overwrite_option,
    add_reading_options,
    add_sound_model_option,
    add_sound_option,
    add_words_option,
    load_word_replacements,
    open_reader,
    spoken_language,
)
from klipnet_live.outputs.jsonl import PIPE_CLOSED, JsonLines
from klipnet_live.plain_text import say
from klipnet_live.types import CaptionEvent

if TYPE_CHECKING:
    from klipnet_live.pipeline.hearing import Hearing
    from klipnet_live.pipeline.live import LivePipeline

SOUNDS = "mic, mic:NAME, system (what this computer plays), system:NAME, app:NAME, a file, or off"
_POLL_S = 0.1


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("watch", help="show live captions in the terminal, or as JSON lines")
    parser.add_argument(
        "source",
        metavar="SOURCE",
        help="camera:N, screen:X,Y,W,H, window:TITLE, a file, or none for sound only",
    )
    parser.add_argument("--jsonl", action="store_true", help="one JSON object per caption event on stdout")
    parser.add_argument("--pace", choices=("realtime", "fast"), default="realtime", help="for video files")
    parser.add_argument(
        "--virtual-camera",
        nargs="?",
        const="",
        metavar="DEVICE",
        help="show video and captions on a virtual camera",
    )
    parser.add_argument(
        "--text-file",
        metavar="FILE",
        help="keep the current captions in a file, for OBS; the file is emptied at the end",
    )
    add_overwrite_option(parser, "allow --text-file to overwrite a file with text")
    add_sound_model_option(parser)
    add_sound_option(parser, SOUNDS)
    add_reading_options(parser)
    add_words_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Caption until the source ends, Ctrl+C is pressed or the terminal is closed."""
    from klipnet_live.capture.source import open_source
    from klipnet_live.commands.outputs import outputs_of
    from klipnet_live.pipeline.live import LivePipeline
    from klipnet_live.tracking.glance import shows_a_face

    language = spoken_language(options)
    source = open_source(options.source, pace=options.pace, shows_a_face=shows_a_face)
    writer = JsonLines(sys.stdout) if options.jsonl else PlainLines(sys.stdout, language)
    pipeline = LivePipeline(
        source,
        open_reader(options),
        [writer],
        lossless=not source.live,
        adapts=options.pace == "realtime",
        hearing=_hearing(options, language),
        edit=load_word_replacements(options),
    )
    end_on_signals()
    with outputs_of(options, pipeline, language):
        pipeline.start()
        _wait(pipeline, writer)
    if (error := pipeline.status().error) is not None:
        raise error
    if writer.closed:
        raise BrokenPipeError
    return 0


def _hearing(options: argparse.Namespace, language: str) -> Hearing | None:
    from klipnet_live.pipeline.hearing_factory import hearing_for

    fast = options.pace == "fast"
    return hearing_for(
        options.sound,
        options.source,
        language,
        options.phrases,
        fast=fast,
        folder=options.sound_model,
        sound_language=options.sound_language,
    )


class PlainLines:
    """Caption sink that prints completed lines. `closed`: the reader has closed the pipe."""

    def __init__(self, stream: TextIO, language: str) -> None:
        self._stream = stream
        self._language = language
        self.closed = False

    def __call__(self, event: CaptionEvent) -> None:
        text = event.text if event.readable else unclear(self._language)
        if self.closed or event.event != "completed" or not text:
            return
        try:
            name = default_name(event.speaker, self._language)
            say(f"{event.start_s:7.2f} s  {name}: {text}", self._stream)
        except OSError as problem:
            if problem.errno not in PIPE_CLOSED:
                raise
            self.closed = True


def _wait(pipeline: LivePipeline, writer: JsonLines | PlainLines) -> None:
    """Wait until the source ends, the output is closed or Ctrl+C is pressed; print sound problems once."""
    reported = False
    try:
        ended = False
        while not (ended or writer.closed):
            ended = pipeline.join(_POLL_S)
            problem = pipeline.status().sound_problem
            if problem is not None and not reported:
                say(f"klipnet-live: {problem}", sys.stderr)
                reported = True
    except KeyboardInterrupt:
        pass
    end(pipeline)
