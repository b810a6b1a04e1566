"""Checks of cameras, screen capture, virtual cameras and sound devices."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from ctypes.util import find_library
from pathlib import Path

from klipnet_live.capture import list_cameras, open_source
from klipnet_live.doctor.check import Check, joined, line
from klipnet_live.outputs.virtual_camera_help import virtual_camera_help
from klipnet_live.sound.source import SoundDevice, list_microphones, list_outputs
from klipnet_live.types import UserError


def cameras_check(name: str) -> Check:
    cameras = list_cameras()
    if not cameras:
        return Check(name, False, "none found", "Connect one, or use a screen or a file.", needed=False)
    names = ", ".join(f"{camera.name} ({camera.spec})" for camera in cameras)
    unreadable = [path for path in _camera_files() if not os.access(path, os.R_OK)]
    if unreadable:
        remedy = "Give this user access to cameras: sudo usermod -aG video $USER, then log in again."
        return Check(name, False, line("{names}: not allowed", names=names), remedy, needed=False)
    return Check(name, True, names, needed=False)


def screen_check(name: str) -> Check:
    """Captures one frame of the screen. Skipped on Wayland, where the desktop would ask the user."""
    if sys.platform == "linux" and os.environ.get("WAYLAND_DISPLAY"):
        return Check(name, True, "with the desktop's service, which asks first", needed=False)
    try:
        height, width = next(open_source("screen").frames()).image.shape[:2]
    except UserError as error:
        return Check(name, False, "the screen cannot be captured", error, needed=False)
    size = f"{width}x{height}"
    if sys.platform != "darwin":
        return Check(name, True, size, needed=False)
    permission = "{size}; if captures show only the wallpaper, allow Screen Recording in Privacy & Security"
    return Check(name, True, line(permission, size=size), needed=False)


def virtual_camera_check(name: str) -> Check:
    """Looks for a virtual camera without opening one."""
    kinds = virtual_camera_help()
    ready = [kind.name for kind in kinds if kind.ready]
    if ready:
        return Check(name, True, ", ".join(ready), needed=False)
    detail = line("not ready: {names}", names=", ".join(kind.name for kind in kinds))
    remedy = joined("{first} Or: {second}", [kind.remedy for kind in kinds])
    return Check(name, False, detail, remedy, needed=False)


def microphones_check(name: str) -> Check:
    if sys.platform == "linux" and find_library("portaudio") is None:
        return Check(
            name, False, "PortAudio is not installed", "sudo apt install libportaudio2", needed=False
        )
    return _sound_devices_check(name, list_microphones)


def outputs_check(name: str) -> Check:
    """Sound that other programs play on this computer, such as a call."""
    return _sound_devices_check(name, list_outputs)


def _sound_devices_check(name: str, list_devices: Callable[[], list[SoundDevice]]) -> Check:
    try:
        found = list_devices()
    except UserError as error:
        return Check(name, False, "not available", error, needed=False)
    if not found:
        return Check(
            name, False, "none found", "Connect one, or use lip reading without sound.", needed=False
        )
    return Check(name, True, ", ".join(device.name for device in found), needed=False)


def _camera_files() -> list[Path]:
    return sorted(Path("/dev").glob("video*")) if sys.platform == "linux" else []
