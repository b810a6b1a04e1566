"""`klipnet-live [SOURCE]`: opens the window."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from klipnet_live.assets import DEMOS
from klipnet_live.commands.options import UsageError, add_reading_options, add_sound_option, spoken_language
from klipnet_live.plain_text import say
from klipnet_live.types import UserError

SOURCES = "camera:N, screen:X,Y,W,H, window:TITLE or a file"


def parser(commands: Iterable[str]) -> argparse.ArgumentParser:
    """The parser for calls without a subcommand. `commands`: names of the subcommands."""
    names = ", ".join(commands)
    result = argparse.ArgumentParser(
        prog="klipnet-live",
        description="Live captions by lip reading.",
        epilog=f"Commands: {names}. See `klipnet-live COMMAND --help`.",
    )
    result.add_argument("source", nargs="?", metavar="SOURCE", help=SOURCES)
    result.add_argument("--demo", action="store_true", help="start with the bundled demo")
    add_sound_option(
        result, "mic, mic:NAME, system (what this computer plays), system:NAME, app:NAME or off", None
    )
    add_reading_options(result)
    result.set_defaults(run=run, commands=names)
    return result


def run(options: argparse.Namespace) -> int:
    """Open the window; without a display, print captions in the terminal."""
    spoken = spoken_language(options) if options.model or options.language else None
    if options.source is not None:
        _check_word(options.source, options.commands)
    if options.demo:
        options.source = str(demo(spoken))
    if not has_display():
        return _without_display(options, spoken)
    from klipnet_live.app import run_window

    return run_window(options)


def _check_word(word: str, commands: str) -> None:
    """UsageError for a single word that is not a file: it is more likely a mistyped command than a source."""
    if word.isidentifier() and word not in ("camera", "screen", "window") and not os.path.isfile(word):
        raise UsageError(
            "{word} is neither a command ({commands}) nor a source ({sources}).",
            word=word,
            commands=commands,
            sources=SOURCES,
        )


def demo(language: str | None) -> Path:
    """The bundled demo video with two synthetic speakers."""
    path = DEMOS / f"demo-{language or 'en'}.mp4"
    if not path.is_file():
        raise UserError("The demo {path} is missing. Install KLipNet Live again.", path=path)
    return path


def has_display() -> bool:
    """Whether Qt can open a window."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _without_display(options: argparse.Namespace, spoken: str | None) -> int:
    from klipnet_live.capture.source import open_source
    from klipnet_live.commands import watch

    source = options.source or str(demo(spoken))
    open_source(source)
    name = Path(source).name
    say(f"There is no display for a window. Captions of {name} in the terminal:", sys.stderr)
    only_lines = {
        "source": source, "jsonl": False, "pace": "realtime", "virtual_camera": None, "text_file": None,
        "overwrite": False, "sound": options.sound or "auto", "sound_model": None, "sound_language": None,
        "replace": None,
    }  # fmt: skip
    return watch.run(argparse.Namespace(**vars(options) | only_lines))
