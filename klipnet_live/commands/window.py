"""`klipnet-live [SOURCE]`: the window."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from klipnet_live.assets import DEMOS
from klipnet_live.commands.options import add_reading_options
from klipnet_live.types import UserError


def parser() -> argparse.ArgumentParser:
    """The parser of the command without a word."""
    result = argparse.ArgumentParser(
        prog="klipnet-live",
        description="Live captions, read from the lips.",
        epilog="Commands: watch, caption, toggle, devices, doctor. `klipnet-live COMMAND --help` tells more.",
    )
    sources = "camera:N, screen:X,Y,W,H, window:TITLE or a file"
    result.add_argument("source", nargs="?", metavar="SOURCE", help=sources)
    result.add_argument("--demo", action="store_true", help="start with the bundled demo")
    add_reading_options(result)
    result.set_defaults(run=run)
    return result


def run(options: argparse.Namespace) -> int:
    """Open the window; without a display, caption the demo in the terminal."""
    from klipnet_live.pipeline.models import find_model

    if options.model or options.language:
        find_model(options.model, options.language)
    if options.demo:
        options.source = str(demo(options.language))
    if not has_display():
        return _without_display(options)
    from klipnet_live.app import run_window

    return run_window(options)


def demo(language: str | None) -> Path:
    """The bundled demo: two synthetic talkers."""
    path = DEMOS / f"demo-{language or 'en'}.mp4"
    if not path.is_file():
        raise UserError("The demo {path} is missing: install KLipNet Live again.", path=path)
    return path


def has_display() -> bool:
    """Whether Qt can open a window here."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _without_display(options: argparse.Namespace) -> int:
    from klipnet_live.capture.source import open_source
    from klipnet_live.commands import watch

    source = options.source or str(demo(options.language))
    open_source(source)
    name = Path(source).name
    print(f"There is no display to open a window on; captions of {name} in the terminal:", file=sys.stderr)
    only_lines = {"jsonl": False, "pace": "realtime", "virtual_camera": None, "text_file": None}
    return watch.run(argparse.Namespace(**vars(options) | only_lines | {"source": source}))
