"""What pictures come from and go to."""

from __future__ import annotations

import os
import sys
from ctypes.util import find_library
from pathlib import Path

from klipnet_live.capture import list_cameras, open_source
from klipnet_live.doctor.check import Check, joined, line
from klipnet_live.outputs.virtual_camera_help import virtual_camera_help
from klipnet_live.sound.source import list_microphones, list_outputs
from klipnet_live.types import UserError


def cameras_check(name: str) -> Check:
    cameras = list_cameras()
    if not cameras:
        return Check(name, False, "none found", "Connect one, or read from a screen or a file.", needed=False)
    names = ", ".join(f"{camera.name} ({camera.spec})" for camera in cameras)
    barred = [path for path in _camera_files() if not os.access(path, os.R_OK)]
    if barred:
        remedy = "Let this user see cameras: sudo usermod -aG video $USER, then log in again."
        return Check(name, False, line("{names}: not allowed", names=names), remedy, needed=False)
    return Check(name, True, names, needed=False)


def screen_check(name: str) -> Check:
    """Takes one picture of the screen. On Wayland the desktop asks the user first, so it is left alone."""
    if sys.platform == "linux" and os.environ.get("WAYLAND_DISPLAY"):
        return Check(name, True, "by the desktop's own service, which asks first", needed=False)
    try:
        height, width = next(open_source("screen").frames()).image.shape[:2]
    except UserError as error:
        return Check(name, False, "no picture of the screen", error, needed=False)
    size = f"{width}x{height}"
    if sys.platform != "darwin":
        return Check(name, True, size, needed=False)
    permission = "{size}; if it shows only the wallpaper, allow Screen Recording in Privacy & Security"
    return Check(name, True, line(permission, size=size), needed=False)


def virtual_camera_check(name: str) -> Check:
    """Looks, without opening any, for a virtual camera that captions can be shown on."""
    kinds = virtual_camera_help()
    ready = [kind.name for kind in kinds if kind.ready]
    if ready:
        return Check(name, True, ", ".join(ready), needed=False)
    detail = line("not ready: {names}", names=", ".join(kind.name for kind in kinds))
    remedy = joined("{first} Or: {second}", [kind.mend for kind in kinds])
    return Check(name, False, detail, remedy, needed=False)


def microphones_check(name: str) -> Check:
    if sys.platform == "linux" and find_library("portaudio") is None:
        return Check(name, False, "PortAudio is not there", "sudo apt install libportaudio2", needed=False)
    try:
        found = list_microphones()
    except UserError as error:
        return Check(name, False, "none can be heard", error, needed=False)
    if not found:
        return Check(name, False, "none found", "Connect one, or read lips without sound.", needed=False)
    return Check(name, True, ", ".join(device.name for device in found), needed=False)


def outputs_check(name: str) -> Check:
    """What this computer plays, as a call in another program."""
    try:
        found = list_outputs()
    except UserError as error:
        return Check(name, False, "cannot be heard", error, needed=False)
    if not found:
        return Check(name, False, "none found", "Connect one, or read lips without sound.", needed=False)
    return Check(name, True, ", ".join(device.name for device in found), needed=False)


def _camera_files() -> list[Path]:
    return sorted(Path("/dev").glob("video*")) if sys.platform == "linux" else []
