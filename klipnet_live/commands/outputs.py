"""Where captions go besides the terminal: a text file, a virtual camera."""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from klipnet_live.pipeline.live import LivePipeline
from klipnet_live.types import CaptionEvent, UserError


@contextmanager
def outputs_of(options: argparse.Namespace, pipeline: LivePipeline) -> Iterator[Callable[[], None]]:
    """Opens what the options ask for, and closes it at the end. UserError where it cannot be opened.

    Gives a function to call now and then, also while nobody speaks: it takes old captions away.
    """
    with ExitStack() as stack:
        refresh = _nothing
        if options.text_file is not None:
            refresh = _text_file(Path(options.text_file), pipeline, stack)
        if options.virtual_camera is not None:
            _virtual_camera(options.virtual_camera or None, pipeline, stack)
        yield refresh


def _nothing() -> None:
    pass


def _text_file(path: Path, pipeline: LivePipeline, stack: ExitStack) -> Callable[[], None]:
    from klipnet_live.output.text_file import CaptionFile

    if not path.absolute().parent.is_dir():
        raise UserError("There is no folder {folder}: make it first.", folder=path.absolute().parent)
    file = CaptionFile(path, lambda problem: print(f"klipnet-live: {problem}", file=sys.stderr))
    stack.callback(file.close)
    pictures, in_use = pipeline.add_viewer(), threading.Lock()

    def write(event: CaptionEvent) -> None:
        with in_use:
            file(event)

    def refresh() -> None:
        newest = pictures.take()
        if newest is not None:
            with in_use:
                file.refresh(newest.frame.time_s)

    pipeline.add_sink(write)
    return refresh


def _virtual_camera(device: str | None, pipeline: LivePipeline, stack: ExitStack) -> None:
    from klipnet_live.output.caption_painter import CaptionPainter
    from klipnet_live.output.captioned_picture import CaptionedPictures
    from klipnet_live.output.on_screen import OnScreen
    from klipnet_live.output.virtual_camera import VirtualCamera

    camera = VirtualCamera(device=device)
    camera.open()
    stack.callback(camera.close)
    captions, pictures = OnScreen(), pipeline.add_viewer()
    pipeline.add_sink(captions)
    painted = CaptionedPictures(
        lambda: None if (newest := pictures.take()) is None else newest.frame,
        captions,
        CaptionPainter().paint,
        camera.size,
    )
    stopped = threading.Event()
    thread = threading.Thread(target=camera.run, args=(painted, stopped.is_set), daemon=True)
    thread.start()
    stack.callback(thread.join)
    stack.callback(stopped.set)
