"""The doctor: every check on this computer, and on computers that lack something."""

from __future__ import annotations

import io
import platform
import re
import shutil
import sys
from pathlib import Path

import pytest
from rich.console import Console

from klipnet_live import doctor
from klipnet_live.capture import Device
from klipnet_live.doctor import Check, checks, desktop, devices, print_report, software
from klipnet_live.outputs.virtual_camera_help import CameraHelp


def report(*found: Check) -> tuple[int, str]:
    text = io.StringIO()
    return print_report(found, Console(file=text, width=100)), text.getvalue()


def test_every_check_runs_on_this_computer() -> None:
    found = {check.name: check for check in checks()}
    assert list(found) == [name for name, _ in doctor._CHECKS]
    for name in ("Python", "MediaPipe", "Face model", "ONNX Runtime"):
        assert found[name].ok, found[name]
    for check in found.values():
        assert check.detail
        assert "Error:" not in str(check.detail)
        assert "\n" not in str(check.detail) + str(check.remedy)
        assert check.ok or check.remedy, f"{check.name} fails without a remedy"


def test_the_report_names_missing_parts_with_a_remedy() -> None:
    status, text = report(
        Check("Python", True, "3.12"), Check("MediaPipe", False, "not installed", "pip install it")
    )
    assert status == 1
    assert re.search(r"ok +Python +3\.12", text)
    assert re.search(r"missing +MediaPipe +not installed", text)
    assert "MediaPipe: pip install it" in text


def test_optional_parts_do_not_fail_the_report() -> None:
    status, text = report(Check("Cameras", False, "none found", "Connect one.", needed=False))
    assert status == 0
    assert re.search(r"not found +Cameras", text)


def test_a_long_command_stays_on_one_line() -> None:
    command = "sudo apt install " + " ".join(f"libxcb-part{number}" for number in range(20))
    _, text = report(Check("Window system", False, "lacks much", command))
    assert command in text


def test_brackets_in_names_are_not_read_as_markup() -> None:
    assert "[red]Cam[/red]" in report(Check("Cameras", True, "[red]Cam[/red]"))[1]


@pytest.mark.parametrize(
    ("version", "ok"), [((3, 10), False), ((3, 11), True), ((3, 13), True), ((3, 14), False)]
)
def test_python_versions(version: tuple[int, int], ok: bool) -> None:
    assert software.python_check("Python", version).ok is ok


@pytest.mark.parametrize(
    ("system", "machine", "there"),
    [
        ("Linux", "x86_64", True),
        ("Linux", "aarch64", False),
        ("Windows", "AMD64", True),
        ("Windows", "ARM64", False),
        ("Darwin", "arm64", True),
        ("Darwin", "x86_64", False),
    ],
)
def test_a_platform_without_mediapipe_is_reported(
    monkeypatch: pytest.MonkeyPatch, system: str, machine: str, there: bool
) -> None:
    monkeypatch.setattr(platform, "system", lambda: system)
    monkeypatch.setattr(platform, "machine", lambda: machine)
    monkeypatch.setattr(software, "_version", lambda _package: None)
    found = software.mediapipe_check("MediaPipe")
    assert str(found.detail) == ("not installed" if there else f"not available for {system} {machine}")
    assert ("pip install" in str(found.remedy)) is there


def test_another_mediapipe_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(software, "_version", lambda _package: "1.2.2")
    found = software.mediapipe_check("MediaPipe")
    assert not found.ok
    assert found.remedy == "pip install mediapipe==0.10.30"


def test_a_changed_face_model_is_detected(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    copy = tmp_path / "face_landmarker.task"
    shutil.copyfile(software.FACE_MODEL, copy)
    monkeypatch.setattr(software, "FACE_MODEL", copy)
    assert software.face_model_check("Face model").ok
    copy.write_bytes(copy.read_bytes()[:-1] + b"!")
    assert "differs from the published file" in str(software.face_model_check("Face model").detail)
    copy.unlink()
    assert "is missing" in str(software.face_model_check("Face model").detail)


@pytest.mark.parametrize(
    ("installed", "remedy"),
    [
        ((), "pip install ."),
        (
            ("onnxruntime", "onnxruntime-gpu"),
            "pip uninstall onnxruntime onnxruntime-gpu, then: pip install onnxruntime-gpu",
        ),
    ],
)
def test_onnxruntime_must_be_installed_exactly_once(
    monkeypatch: pytest.MonkeyPatch, installed: tuple[str, ...], remedy: str
) -> None:
    monkeypatch.setattr(software, "_version", lambda package: "1.20" if package in installed else None)
    found = software.onnxruntime_check("ONNX Runtime")
    assert not found.ok
    assert remedy in str(found.remedy)


def test_missing_or_damaged_models_are_reported(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(software, "model_folders", list)
    assert "no model in" in str(software.models_check("Lip models").detail)
    (tmp_path / "manifest.json").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(software, "model_folders", lambda: [tmp_path])
    found = software.models_check("Lip models")
    assert not found.ok
    assert str(tmp_path) in str(found.remedy)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux leaves Qt's libraries to the user")
def test_missing_libraries_are_named_by_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(desktop, "_loads", lambda library: library != "libxcb-cursor.so.0")
    found = desktop.qt_libraries_check("Window system")
    assert not found.ok
    assert "libxcb-cursor.so.0" in str(found.detail)
    assert str(found.remedy).startswith("sudo apt install libxcb-cursor0 ")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert desktop.qt_libraries_check("Window system").ok


@pytest.mark.skipif(sys.platform != "linux", reason="the display is a question on Linux only")
@pytest.mark.parametrize(
    ("variables", "ok"), [({}, False), ({"DISPLAY": ":5"}, True), ({"WAYLAND_DISPLAY": "wayland-0"}, True)]
)
def test_the_display_is_checked(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], ok: bool) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert desktop.display_check("Display").ok is ok


def test_a_library_that_does_not_exist_does_not_load() -> None:
    assert not desktop._loads("libno-such-thing.so.7")


def test_a_damaged_font_is_detected(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert desktop.fonts_check("Fonts").ok
    for font in desktop.FONTS.glob("*.otf"):
        (tmp_path / font.name).write_bytes(b"<html>")
    monkeypatch.setattr(desktop, "FONTS", tmp_path)
    assert not desktop.fonts_check("Fonts").ok


def test_cameras_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(devices, "list_cameras", lambda: [Device("camera:0", "Front Cam")])
    monkeypatch.setattr(devices, "_camera_files", list)
    assert devices.cameras_check("Cameras") == Check("Cameras", True, "Front Cam (camera:0)", needed=False)
    monkeypatch.setattr(devices, "_camera_files", lambda: [tmp_path / "barred"])
    assert "usermod -aG video" in str(devices.cameras_check("Cameras").remedy)


def test_one_virtual_camera_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [CameraHelp("OBS", "Install OBS."), CameraHelp("Unity Capture", "Install Unity Capture.")]
    monkeypatch.setattr(devices, "virtual_camera_help", lambda: both)
    found = devices.virtual_camera_check("Virtual camera")
    assert not found.ok
    assert str(found.remedy) == "Install OBS. Or: Install Unity Capture."
    monkeypatch.setattr(devices, "virtual_camera_help", lambda: [CameraHelp("OBS", ""), both[1]])
    assert devices.virtual_camera_check("Virtual camera") == Check(
        "Virtual camera", True, "OBS", needed=False
    )


def test_missing_portaudio_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(devices, "find_library", lambda _name: None)
    assert devices.microphones_check("Microphones").remedy == "sudo apt install libportaudio2"


@pytest.mark.skipif(sys.platform != "linux", reason="X11 is Linux's")
def test_a_screen_that_cannot_be_captured_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":4242")
    found = devices.screen_check("Screen capture")
    assert not found.ok
    assert "no screen to capture" in str(found.remedy)


def test_a_failing_check_does_not_end_the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_name: str) -> Check:
        raise RuntimeError("libthing is of the wrong kind")

    monkeypatch.setattr(doctor, "_CHECKS", (("Broken", broken), ("Python", software.python_check)))
    first, second = checks()
    assert (first.ok, first.detail) == (False, "RuntimeError: libthing is of the wrong kind")
    assert second.ok
