"""The diagnostics dialog shows the checks of `doctor` and how to set up a virtual camera."""

from __future__ import annotations

import ast
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from klipnet_live.doctor import Check
from klipnet_live.doctor.check import joined, line
from klipnet_live.outputs.virtual_camera_help import CameraHelp, virtual_camera_help
from klipnet_live.types import UserError
from klipnet_live.ui.diagnostics.dialog import DiagnosticsDialog
from klipnet_live.ui.diagnostics.texts import TEXTS
from klipnet_live.ui.text.language import InterfaceTranslator
from tests.conftest import REPOSITORY

SAME_IN_EVERY_LANGUAGE = {"ONNX Runtime", "sudo apt install libportaudio2", "{first} {second}"}

FINDINGS = (
    Check("Python", True, "3.13"),
    Check(
        "Lip models",
        False,
        "no model in <models>",
        "Put a model folder there, or install KLipNet Live again.",
    ),
    Check("Cameras", False, "none found", "Connect one, or use a screen or a file.", needed=False),
    Check("MediaPipe", True, line("{version}, the face tracker works", version="0.10.30")),
    Check(
        "Virtual camera",
        False,
        line("not ready: {names}", names="OBS"),
        joined(
            "{first} Or: {second}", ["Install OBS (obsproject.com). It does not need to be running.", "Pray."]
        ),
    ),
    Check(
        "Screen capture",
        False,
        "the screen cannot be captured",
        UserError("There is no file {path}. Check its name.", path="x"),
    ),
)
CAMERAS = (
    CameraHelp("OBS", devices=("OBS Virtual Camera",)),
    CameraHelp("Unity Capture", "Run Install.bat."),
)


@pytest.fixture
def dialog(qtbot: QtBot, qapp: QApplication) -> DiagnosticsDialog:
    opened = DiagnosticsDialog(lambda: FINDINGS, lambda: CAMERAS)
    qtbot.addWidget(opened)
    return opened


def text_of(dialog: DiagnosticsDialog) -> str:
    return dialog.report.toPlainText()


def test_checks_and_virtual_cameras_are_shown_with_a_remedy(qtbot: QtBot, dialog: DiagnosticsDialog) -> None:
    dialog.show()
    qtbot.waitUntil(lambda: "Python" in text_of(dialog))
    for part in (
        "✓ OBS: ready\nOBS Virtual Camera",
        "– Unity Capture: not available\nRun Install.bat.",
        "✓ Python: OK\n3.13",
        "✕ Lip models: missing\nno model in <models>\n"
        "Put a model folder there, or install KLipNet Live again.",
        "– Cameras: not available\nnone found\nConnect one",
    ):
        assert part in text_of(dialog).replace("\u2028", "\n")


def test_the_checks_run_in_the_background(qtbot: QtBot, qapp: QApplication) -> None:
    threads: list[threading.Thread] = []
    release = threading.Event()

    def slow() -> tuple[Check, ...]:
        threads.append(threading.current_thread())
        release.wait(60)
        return FINDINGS

    dialog = DiagnosticsDialog(slow, lambda: CAMERAS)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "Python" not in text_of(dialog)
    assert not dialog.again_button.isEnabled()
    release.set()
    qtbot.waitUntil(dialog.again_button.isEnabled)
    qtbot.mouseClick(dialog.again_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(threads) == 2 and dialog.again_button.isEnabled())
    assert threading.main_thread() not in threads


def test_a_failed_check_is_shown_and_can_be_repeated(qtbot: QtBot, qapp: QApplication) -> None:
    def fail() -> tuple[Check, ...]:
        raise RuntimeError("no pulse")

    dialog = DiagnosticsDialog(fail, lambda: CAMERAS)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.again_button.isEnabled)
    assert "Something went wrong: RuntimeError: no pulse." in text_of(dialog)


def test_the_report_changes_with_the_language(qtbot: QtBot, dialog: DiagnosticsDialog) -> None:
    dialog.show()
    qtbot.waitUntil(lambda: "Python" in text_of(dialog))
    translator = InterfaceTranslator()
    translator.set_language("ko")
    QApplication.processEvents()
    try:
        assert "카메라" in text_of(dialog)
        assert "Connect one" not in text_of(dialog)
        assert "3.13" in text_of(dialog)
        for part in (
            "0.10.30, 얼굴 추적기가 시작됩니다",
            "준비되지 않음: OBS",
            "OBS(obsproject.com)를 설치하세요. 실행하고 있지 않아도 됩니다. 또는: Pray.",
            "x: 없는 파일입니다.",
        ):
            assert part in text_of(dialog)
    finally:
        translator.set_language("en")


def test_every_remedy_for_a_virtual_camera_can_be_translated(tmp_path: Path) -> None:
    """If this fails: add the text to ui/diagnostics/texts.py, then make translations."""
    module = tmp_path / "loaded" / "sys" / "module" / "v4l2loopback"
    (module / "parameters").mkdir(parents=True)
    without_caps = virtual_camera_help("linux", tmp_path / "loaded")
    (module / "parameters" / "exclusive_caps").write_text("Y", encoding="utf-8")
    helps = [
        *without_caps,
        *virtual_camera_help("linux", tmp_path),
        *virtual_camera_help("linux", tmp_path / "loaded"),
        *virtual_camera_help("darwin", tmp_path),
        *virtual_camera_help("win32", registered=lambda _: False),
    ]
    assert len({kind.remedy for kind in helps}) == 6
    assert {kind.remedy for kind in helps} <= set(map(str, TEXTS))


def test_every_text_of_the_checks_can_be_translated() -> None:
    """If this fails: add the text to ui/diagnostics/texts.py, then make translations."""
    texts = {text for path in (REPOSITORY / "klipnet_live/doctor").glob("*.py") for text in _texts(path)}
    assert texts > {"{version}, the face tracker works", "none found", "Face model"}
    sentences = {text for text in texts if " " in text.strip()}
    assert sentences - set(map(str, TEXTS)) - SAME_IN_EVERY_LANGUAGE == set()


def _texts(path: Path) -> Iterator[str]:
    """All literal texts passed to Check, line and joined, and the names of the checks."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Check", "line", "joined"):
            yield from (
                part.value
                for part in node.args
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            )
        elif isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(
            node.value, ast.Constant | ast.Tuple
        ):
            yield from (
                part.value
                for part in ast.walk(node.value)
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            )
