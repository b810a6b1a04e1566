"""What a system lacks for a virtual camera, and how to fix it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

OBS_CLASS = "{A3FCE0F5-3493-419F-958A-ABA1250EC20B}"
UNITY_CLASS = "{5C2CD55C-92AD-4999-8666-912BD3E70010}"

LIBRARY = "pyvirtualcam"
"""Not part of the frozen app: its licence, GPL-2.0, is incompatible with MediaPipe's in one program."""

LOAD = 'sudo modprobe v4l2loopback exclusive_caps=1 card_label="KLipNet Live"'


@dataclass(frozen=True, slots=True)
class CameraHelp:
    """One kind of virtual camera. `remedy`: what to do; empty if the camera is ready.

    `devices`: names to choose from.
    """

    name: str
    remedy: str = ""
    devices: tuple[str, ...] = ()

    @property
    def ready(self) -> bool:
        return not self.remedy


def virtual_camera_help(
    platform: str = sys.platform,
    root: Path = Path("/"),
    registered: Callable[[str], bool] | None = None,
    library: str = LIBRARY,
) -> list[CameraHelp]:
    """The kinds of virtual camera on a system; one that is ready is enough.

    `platform`: as in sys.platform. `root`: root of the file system. `registered`: whether a device class is
    registered in Windows. `library`: the Python module for virtual cameras.
    """
    if find_spec(library) is None:
        return [
            CameraHelp(
                library,
                "This build does not include the virtual camera. Install it: `pip install klipnet-live`.",
            )
        ]
    if platform == "win32":
        return _windows(registered or _in_registry)
    if platform == "darwin":
        return [_macos(root)]
    return [_linux(root)]


def _linux(root: Path) -> CameraHelp:
    name = "v4l2loopback"
    module = root / "sys" / "module" / "v4l2loopback"
    if not module.is_dir():
        return CameraHelp(
            name,
            "Install v4l2loopback (Debian and Ubuntu: sudo apt install v4l2loopback-dkms; Fedora: "
            "akmod-v4l2loopback from RPM Fusion; Arch: v4l2loopback-dkms), then load it: " + LOAD,
        )
    if not _exclusive_caps(module):
        return CameraHelp(
            name,
            "Zoom and browsers do not list the camera without exclusive_caps=1. Close programs that use it, "
            "then: sudo modprobe -r v4l2loopback && " + LOAD,
        )
    devices = _writable_loopbacks(root)
    if not devices:
        return CameraHelp(
            name,
            "You have no permission to write to the camera: sudo usermod -aG video $USER, then log in again.",
        )
    return CameraHelp(name, devices=devices)


def _exclusive_caps(module: Path) -> bool:
    try:
        return (module / "parameters" / "exclusive_caps").read_text().startswith("Y")
    except OSError:
        return False


def _writable_loopbacks(root: Path) -> tuple[str, ...]:
    devices = sorted((root / "sys" / "devices" / "virtual" / "video4linux").glob("video*"))
    return tuple(
        f"/dev/{device.name}" for device in devices if os.access(root / "dev" / device.name, os.W_OK)
    )


def _macos(root: Path) -> CameraHelp:
    if (root / "Applications" / "OBS.app").is_dir():
        return CameraHelp("OBS", devices=("OBS Virtual Camera",))
    return CameraHelp(
        "OBS",
        "Install OBS (obsproject.com), start it, click Start Virtual Camera, allow its camera extension in "
        "System Settings, click Stop Virtual Camera and quit OBS.",
    )


def _windows(registered: Callable[[str], bool]) -> list[CameraHelp]:
    obs = CameraHelp("OBS", "Install OBS (obsproject.com). It does not need to be running.")
    unity = CameraHelp(
        "Unity Capture",
        "Download Unity Capture (github.com/schellingb/UnityCapture) and run Install.bat in its "
        "Install folder as administrator.",
    )
    if registered(OBS_CLASS):
        obs = CameraHelp("OBS", devices=("OBS Virtual Camera",))
    if registered(UNITY_CLASS):
        unity = CameraHelp("Unity Capture", devices=("Unity Video Capture",))
    return [obs, unity]


def _in_registry(class_id: str) -> bool:
    if sys.platform != "win32":
        return False
    import winreg

    try:
        winreg.CloseKey(winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, rf"CLSID\{class_id}"))
    except OSError:
        return False
    return True
