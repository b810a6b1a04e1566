"""The keyboard of each system, as a function that types a text."""

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
"""Between keys. xdotool lets one key stand for one character after the other where the layout lacks them;
a window that is slower than this to take note of it loses characters."""


def keyboard(platform: str = sys.platform, environment: Mapping[str, str] = os.environ) -> TypeText:
    """A function that types into the focused window. Raises UserError, as does the function."""
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
    raise UserError("There is no window to type into: typing needs a desktop.")


def _x11_arguments(keys: SpareKeys) -> Callable[[str], list[str]]:
    def arguments(text: str) -> list[str]:
        delay = KNOWN_KEY_MS if text.isascii() or keys.lend(text) else BORROWED_KEY_MS
        return ["type", "--clearmodifiers", "--delay", str(delay), "--file", "-"]

    return arguments


def _by_program(program: str, arguments: Callable[[str], list[str]]) -> TypeText:
    """The program is given the text on stdin, so that the words appear in no list of processes."""
    path = shutil.which(program)
    if path is None:
        raise UserError(
            "Typing needs the program {program}: install it (for example: sudo apt install {program}).",
            program=program,
        )

    def type_text(text: str) -> None:
        done = subprocess.run([path, *arguments(text)], input=text.encode(), capture_output=True, check=False)
        if done.returncode:
            raise UserError(
                "{program} could not type ({reason}): your desktop may not allow it, "
                "use the text file or the WebSocket instead.",
                program=program,
                reason=done.stderr.decode(errors="replace").strip() or done.returncode,
            )

    return type_text
