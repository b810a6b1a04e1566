"""Selects the function that types text on this system."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping

from klipnet_live.outputs.typing.x11 import SpareKeys, X11Layout
from klipnet_live.types import UserError

TypeText = Callable[[str], None]

X11 = "xdotool"
WAYLAND = "wtype"

KNOWN_KEY_MS = 12
BORROWED_KEY_MS = 80
"""Delay between keys. For characters that the layout lacks, xdotool remaps one key again and again; a window
that reacts more slowly than this loses characters."""


def keyboard(platform: str = sys.platform, environment: Mapping[str, str] = os.environ) -> TypeText:
    """A function that types into the focused window. Both may raise UserError."""
    if platform == "win32":
        from klipnet_live.outputs.typing.windows import type_text as type_on_windows

        return type_on_windows
    if platform == "darwin":
        from klipnet_live.outputs.typing.macos import type_text as type_on_macos

        return type_on_macos
    if environment.get("WAYLAND_DISPLAY"):
        return _by_program(WAYLAND, lambda text: ["-"])
    if environment.get("DISPLAY"):
        return _by_program(X11, _x11_arguments(SpareKeys(X11Layout(environment["DISPLAY"]))))
    raise UserError("There is no window to type into. Typing needs a desktop.")


def _x11_arguments(keys: SpareKeys) -> Callable[[str], list[str]]:
    def arguments(text: str) -> list[str]:
        delay = KNOWN_KEY_MS if text.isascii() or keys.lend(text) else BORROWED_KEY_MS
        return ["type", "--clearmodifiers", "--delay", str(delay), "--file", "-"]

    return arguments


def _by_program(program: str, arguments: Callable[[str], list[str]]) -> TypeText:
    """Types with an external program; the text goes to its stdin, so that no process list shows it."""
    path = shutil.which(program)
    if path is None:
        raise UserError(
            "Typing needs the program {program}. Install it (for example: sudo apt install {program}).",
            program=program,
        )

    def type_text(text: str) -> None:
        done = subprocess.run([path, *arguments(text)], input=text.encode(), capture_output=True, check=False)
        if done.returncode:
            raise UserError(
                "{program} cannot type ({reason}). Your desktop may not allow it. "
                "Use the text file or the WebSocket instead.",
                program=program,
                reason=done.stderr.decode(errors="replace").strip() or done.returncode,
            )

    return type_text
