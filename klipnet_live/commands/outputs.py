"""Additional outputs of the `watch` command: text file and virtual camera."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from klipnet_live.commands.options import check_overwrite
from klipnet_live.outputs.base import Output
from klipnet_live.pipeline.live import LivePipeline
from klipnet_live.pipeline.outputs import Outputs, OutputState
from klipnet_live.plain_text import say
from klipnet_live.types import UserError

if TYPE_CHECKING:
    from klipnet_live.captions.on_screen import OnScreen


@contextmanager
def outputs_of(options: argparse.Namespace, pipeline: LivePipeline, language: str) -> Iterator[None]:
    """Open the outputs selected by the options, and close them at the end. UserError if that fails."""
    outputs = Outputs(_report_temporary)
    outputs.attach(pipeline)
    try:
        if options.text_file is not None:
            path = Path(options.text_file)
            check_overwrite(path, allowed=options.overwrite)
            outputs.start("text file", _text_file(path, outputs, language))
        if options.virtual_camera is not None:
            outputs.start("virtual camera", _camera(options.virtual_camera or None, outputs, language))
        outputs.wait()
        yield
    finally:
        outputs.close()


def _report_temporary(state: OutputState) -> None:
    """Print temporary problems; permanent ones are raised elsewhere."""
    if state.problem is not None and state.tries_again:
        _say(state.problem)


def _text_file(path: Path, outputs: Outputs, language: str) -> Output:
    from klipnet_live.outputs.text_file import TextFileOutput

    return TextFileOutput(path, outputs.newest, _say, _captions(language))


def _camera(device: str | None, outputs: Outputs, language: str) -> Output:
    from klipnet_live.captions.painter import CaptionPainter
    from klipnet_live.outputs.virtual_camera import CameraOutput, VirtualCamera

    camera = VirtualCamera(device=device, on_message=_say)
    return CameraOutput(camera, outputs.newest, _captions(language), CaptionPainter().paint)


def _captions(language: str) -> OnScreen:
    from klipnet_live.captions.on_screen import OnScreen, default_speaker_style

    return OnScreen(lambda speaker: default_speaker_style(speaker, language))


def _say(problem: UserError | None) -> None:
    """Print a problem; None means that it has been solved."""
    if problem is not None:
        say(f"klipnet-live: {problem}", sys.stderr)
