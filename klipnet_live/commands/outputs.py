"""Where captions go besides the terminal: a text file, a virtual camera."""

from __future__ import annotations

import argparse
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from klipnet_live.pipeline.live import LivePipeline


@contextmanager
def outputs_of(options: argparse.Namespace, pipeline: LivePipeline) -> Iterator[None]:
    """Opens what the options ask for, and closes it at the end. UserError where it cannot be opened."""
    with ExitStack() as stack:
        if options.text_file is not None:
            _text_file(Path(options.text_file), pipeline, stack)
        if options.virtual_camera is not None:
            _virtual_camera(options.virtual_camera or None, pipeline, stack)
        yield


def _text_file(path: Path, pipeline: LivePipeline, stack: ExitStack) -> None:
    from klipnet_live.output.text_file import CaptionFile

    file = CaptionFile(path)
    pipeline.add_sink(file)
    stack.callback(file.close)


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
        captions, CaptionPainter().paint, camera.size,
    )
    stopped = threading.Event()
    thread = threading.Thread(target=camera.run, args=(painted, stopped.is_set), daemon=True)
    thread.start()
    stack.callback(thread.join)
    stack.callback(stopped.set)
