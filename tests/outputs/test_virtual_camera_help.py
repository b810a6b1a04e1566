from __future__ import annotations

import sys
from pathlib import Path

import pytest

from klipnet_live.outputs.virtual_camera_help import OBS_CLASS, UNITY_CLASS, virtual_camera_help


def loopback(root: Path, exclusive_caps: str | None) -> None:
    parameters = root / "sys" / "module" / "v4l2loopback" / "parameters"
    parameters.mkdir(parents=True)
    if exclusive_caps is not None:
        (parameters / "exclusive_caps").write_text(exclusive_caps)


def camera(root: Path) -> None:
    (root / "sys" / "devices" / "virtual" / "video4linux" / "video7").mkdir(parents=True)
    (root / "dev").mkdir()
    (root / "dev" / "video7").touch()


def test_linux_without_the_module(tmp_path: Path) -> None:
    [found] = virtual_camera_help("linux", tmp_path)
    assert "apt install v4l2loopback-dkms" in found.remedy
    assert "modprobe v4l2loopback exclusive_caps=1" in found.remedy


@pytest.mark.parametrize("caps", ["N,N,N\n", None])
def test_linux_without_exclusive_caps(tmp_path: Path, caps: str | None) -> None:
    loopback(tmp_path, caps)
    camera(tmp_path)
    [found] = virtual_camera_help("linux", tmp_path)
    assert "modprobe -r v4l2loopback" in found.remedy
    assert "exclusive_caps=1" in found.remedy


def test_linux_without_a_camera_that_may_be_written(tmp_path: Path) -> None:
    loopback(tmp_path, "Y,N,N\n")
    [found] = virtual_camera_help("linux", tmp_path)
    assert "usermod -aG video" in found.remedy


def test_linux_ready(tmp_path: Path) -> None:
    loopback(tmp_path, "Y,N,N\n")
    camera(tmp_path)
    [found] = virtual_camera_help("linux", tmp_path)
    assert found.ready
    assert found.devices == ("/dev/video7",)


def test_macos_needs_obs(tmp_path: Path) -> None:
    [found] = virtual_camera_help("darwin", tmp_path)
    assert "Install OBS" in found.remedy
    (tmp_path / "Applications" / "OBS.app").mkdir(parents=True)
    assert virtual_camera_help("darwin", tmp_path)[0].ready


def test_windows_uses_obs_or_unity_capture() -> None:
    nothing = virtual_camera_help("win32", registered=lambda class_id: False)
    assert ["OBS" in nothing[0].remedy, "Install.bat" in nothing[1].remedy] == [True, True]
    unity = virtual_camera_help("win32", registered={OBS_CLASS: False, UNITY_CLASS: True}.__getitem__)
    assert [found.ready for found in unity] == [False, True]
    assert unity[1].devices == ("Unity Video Capture",)


def test_the_current_system_is_checked_by_default() -> None:
    assert [found.name for found in virtual_camera_help()] == [
        found.name for found in virtual_camera_help(sys.platform)
    ]


def test_an_app_without_the_library_reports_no_devices(tmp_path: Path) -> None:
    loopback(tmp_path, "Y,N,N\n")
    camera(tmp_path)
    [found] = virtual_camera_help("linux", tmp_path, library="a_module_that_is_not_there")
    assert not found.ready
    assert found.devices == ()
    assert "pip install klipnet-live" in found.remedy
