"""Checks of the desktop: display, system libraries for Qt, and the bundled fonts."""

from __future__ import annotations

import ctypes
import os
import sys

from klipnet_live.assets import FONTS
from klipnet_live.doctor.check import Check, line

_FONT_FILES = ("Pretendard-Regular.otf", "Pretendard-SemiBold.otf")
_OPENTYPE = b"OTTO"

QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libpulse.so.0": "libpulse0",
}
"""Shared libraries that Qt's wheels need, with their Debian packages."""

X11_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libXrandr.so.2": "libxrandr2",
}

WAYLAND_LIBRARIES = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    # Qt needs it to capture the screen.
    "libpipewire-0.3.so.0": "libpipewire-0.3-0",
}


def display_check(name: str) -> Check:
    if sys.platform != "linux":
        return Check(name, True, "the desktop", needed=False)
    for variable in ("WAYLAND_DISPLAY", "DISPLAY"):
        if os.environ.get(variable):
            return Check(name, True, f"{variable}={os.environ[variable]}", needed=False)
    remedy = "Start it on a desktop, or use `klipnet-live watch` or `klipnet-live caption` without one."
    return Check(name, False, "none: DISPLAY and WAYLAND_DISPLAY are empty", remedy, needed=False)


def qt_libraries_check(name: str) -> Check:
    """Libraries for the current display; only Linux does not include them."""
    if sys.platform != "linux":
        return Check(name, True, "included with Qt")
    wayland = bool(os.environ.get("WAYLAND_DISPLAY"))
    libraries = QT_LIBRARIES | (WAYLAND_LIBRARIES if wayland else X11_LIBRARIES)
    missing = [library for library in libraries if not _loads(library)]
    kind = "Wayland" if wayland else "X11"
    if not missing:
        return Check(name, True, line("Qt's libraries for {kind} are installed", kind=kind))
    packages = " ".join(sorted({libraries[library] for library in missing}))
    remedy = line(
        "sudo apt install {packages} (Debian, Ubuntu; similar names on other systems)", packages=packages
    )
    detail = line("libraries missing for Qt on {kind}: {libraries}", kind=kind, libraries=", ".join(missing))
    return Check(name, False, detail, remedy)


def fonts_check(name: str) -> Check:
    broken = [font for font in _FONT_FILES if not _is_font(font)]
    if broken:
        remedy = "Install KLipNet Live again. Until then the system font is used."
        detail = line("missing or damaged: {files}", files=", ".join(broken))
        return Check(name, False, detail, remedy, needed=False)
    return Check(name, True, "Pretendard, for Hangul and Latin", needed=False)


def _is_font(file: str) -> bool:
    path = FONTS / file
    return path.is_file() and path.read_bytes().startswith(_OPENTYPE)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
