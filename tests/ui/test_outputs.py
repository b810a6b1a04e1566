"""Captions in other programs, switched through the real settings and menus."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
import pyvirtualcam
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from websockets.sync.client import connect

from klipnet_live.settings import OutputSettings, Settings, load, save
from klipnet_live.types import UserError
from klipnet_live.ui.app.shell import AppShell
from klipnet_live.ui.preferences.outputs_page import OutputsPage
from tests.outputs.test_kinds import Device, device  # noqa: F401
from tests.ui.conftest import Open
from tests.ui.fakes import FakeFactory, caption, preview_of_two


def named(window: QWidget, name: str) -> QWidget:
    return next(child for child in window.findChildren(QWidget) if child.accessibleName() == name)


def check(desktop: AppShell, text: str) -> QCheckBox:
    return next(box for box in desktop.preferences.findChildren(QCheckBox) if text in box.text())


def field(desktop: AppShell, name: str) -> QLineEdit:
    found = named(desktop.preferences, name)
    assert isinstance(found, QLineEdit)
    return found


def test_everything_is_off_at_first() -> None:
    assert not any(
        getattr(OutputSettings(), name) for name in ("text_file_on", "websocket", "zoom", "typing")
    )
    assert not Settings().virtual_camera.on


def test_the_camera_is_switched_by_the_menu_and_shows_the_source(
    qtbot: QtBot,
    open_desktop: Open,
    factory: FakeFactory,
    device: type[Device],  # noqa: F811
) -> None:
    desktop = open_desktop("talk.mp4")
    desktop.keeper.change_part("virtual_camera", size="640x360")
    desktop.window.actions_.virtual_camera.trigger()
    qtbot.waitUntil(lambda: "Test Camera" in desktop.window.message_bar.text.text())
    assert desktop.window.message_bar.property("role") == "calm"
    factory.made[0].viewers[0].put(preview_of_two())
    qtbot.waitUntil(lambda: device.last is not None and device.last[..., 2].max() > 150)
    desktop.commands["virtual-camera"]()
    qtbot.waitUntil(lambda: not device.is_open)
    assert not desktop.keeper.settings.virtual_camera.on


def test_without_a_camera_the_switch_goes_back_and_the_way_out_is_told(
    qtbot: QtBot, open_desktop: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pyvirtualcam.camera, "BACKENDS", {})
    monkeypatch.setattr("klipnet_live.outputs.virtual_camera.virtual_camera_help", lambda: [])
    desktop = open_desktop("talk.mp4")
    desktop.window.actions_.virtual_camera.trigger()
    qtbot.waitUntil(lambda: not desktop.window.actions_.virtual_camera.isChecked())
    bar = desktop.window.message_bar
    assert "There is no virtual camera" in bar.text.text()
    qtbot.mouseClick(bar.offer_button, Qt.MouseButton.LeftButton)
    assert desktop.diagnostics.isVisible()


def test_a_text_file_is_written_once_it_is_named(
    qtbot: QtBot, open_desktop: Open, factory: FakeFactory, tmp_path: Path
) -> None:
    desktop, path = open_desktop("talk.mp4"), tmp_path / "now.txt"
    box = check(desktop, "text &file")
    assert not box.isEnabled()
    field(desktop, "Text file").setText(str(path))
    field(desktop, "Text file").editingFinished.emit()
    box.click()
    desktop.speakers.rename("1", "Ada")
    qtbot.waitUntil(path.exists)

    def shown() -> None:
        # The file is there, empty, a moment before captions come into it.
        factory.made[0].say(caption("changed", speaker="1"))
        factory.made[0].say(caption("changed", speaker="2", line=2, committed="place red"))
        assert path.read_text(encoding="utf-8") == "Ada: bin blue\nSpeaker 2: place red\n"

    qtbot.waitUntil(shown)
    box.click()
    qtbot.waitUntil(lambda: path.read_text(encoding="utf-8") == "")


def test_the_websocket_shows_its_address_and_serves(
    qtbot: QtBot, open_desktop: Open, factory: FakeFactory, settings_path: Path, free_port: int
) -> None:
    desktop = open_desktop("talk.mp4")
    desktop.keeper.change_part("outputs", websocket_port=free_port)
    address = field(desktop, "Address with secret token")
    assert address.text() == ""
    check(desktop, "WebSocket").click()
    assert address.text().startswith(f"ws://127.0.0.1:{free_port}/?token=")

    def served() -> None:
        with connect(address.text()) as client:
            factory.made[0].say(caption("changed", committed="무를"))
            assert json.loads(client.recv(timeout=5))["committed"] == "무를"

    qtbot.waitUntil(lambda: _works(served), timeout=10_000)
    desktop.keeper.flush()
    assert stat.S_IMODE(settings_path.stat().st_mode) == 0o600


def _works(attempt: object) -> bool:
    assert callable(attempt)
    try:
        attempt()
    except OSError:
        return False
    return True


def test_the_secret_token_is_hard_to_guess_and_stays(open_desktop: Open, free_port: int) -> None:
    tokens = []
    for desktop in (open_desktop("talk.mp4"), open_desktop("talk.mp4")):
        desktop.keeper.change_part("outputs", websocket_port=free_port, websocket_token="", websocket=True)
        tokens.append(desktop.keeper.settings.outputs.websocket_token)
        desktop.keeper.change_part("outputs", websocket=False)
        desktop.keeper.change_part("outputs", websocket=True)
        assert desktop.keeper.settings.outputs.websocket_token == tokens[-1]
    assert len(set(tokens)) == 2
    assert min(map(len, tokens)) >= 32


@pytest.fixture
def free_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


def test_a_wrong_zoom_address_is_told_and_switched_off(open_desktop: Open) -> None:
    desktop = open_desktop("talk.mp4")
    desktop.keeper.change_part("outputs", zoom_url="hello")
    check(desktop, "Zoom").click()
    assert "not a Zoom caption URL" in desktop.window.message_bar.text.text()
    assert not check(desktop, "Zoom").isChecked()


def test_tab_goes_from_the_address_to_its_switch(qtbot: QtBot, open_desktop: Open) -> None:
    desktop = open_desktop("talk.mp4")
    desktop.preferences.show()
    desktop.preferences.tabs.setCurrentWidget(desktop.preferences.findChild(OutputsPage))
    desktop.preferences.activateWindow()
    address = field(desktop, "API token of the Zoom meeting")
    address.setFocus()
    qtbot.waitUntil(address.hasFocus)
    qtbot.keyClicks(address, "https://zoom.us/x?id=1")
    qtbot.keyClick(address, Qt.Key.Key_Tab)
    assert check(desktop, "Zoom").hasFocus()


def test_the_zoom_address_and_typing_are_of_one_run(tmp_path: Path) -> None:
    wanted = OutputSettings(zoom=True, zoom_url="https://zoom.us/x?id=1", typing=True, text_file="now.txt")
    save(Settings(outputs=wanted), tmp_path / "settings.json")
    assert load(tmp_path / "settings.json").settings.outputs == OutputSettings(text_file="now.txt")


def test_finished_lines_are_typed_while_the_switch_is_on(
    qtbot: QtBot, open_desktop: Open, factory: FakeFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed: list[str] = []
    monkeypatch.setattr("klipnet_live.outputs.typing.keyboard.keyboard", lambda: typed.append)
    desktop = open_desktop("talk.mp4")
    desktop.commands["typing"]()
    qtbot.waitUntil(lambda: "typed into" in desktop.window.message_bar.text.text())
    factory.made[0].say(caption("completed", committed="bin blue"))
    qtbot.waitUntil(lambda: typed == ["bin blue "])


def test_typing_that_fails_is_told_and_switched_off_and_can_be_switched_on_again(
    qtbot: QtBot, open_desktop: Open, factory: FakeFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed: list[str] = []

    def keys(text: str) -> None:
        if text == "bad ":
            raise UserError("The window took no keys: choose another one.")
        typed.append(text)

    monkeypatch.setattr("klipnet_live.outputs.typing.keyboard.keyboard", lambda: keys)
    desktop = open_desktop("talk.mp4")
    bar, switch = desktop.window.message_bar.text, desktop.window.actions_.typing
    desktop.commands["typing"]()
    qtbot.waitUntil(lambda: "typed into" in bar.text())
    factory.made[0].say(caption("completed", committed="bad"))
    qtbot.waitUntil(lambda: "took no keys" in bar.text() and not switch.isChecked())
    desktop.commands["typing"]()
    qtbot.waitUntil(lambda: "typed into" in bar.text())
    factory.made[0].say(caption("completed", committed="good"))
    qtbot.waitUntil(lambda: typed == ["good "])
    assert switch.isChecked()


def test_a_keyboard_that_fails_is_told_and_switched_off(
    open_desktop: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_keyboard() -> None:
        raise UserError("There is no window to type into. Typing needs a desktop.")

    monkeypatch.setattr("klipnet_live.outputs.typing.keyboard.keyboard", no_keyboard)
    desktop = open_desktop("talk.mp4")
    desktop.commands["typing"]()
    assert not desktop.window.actions_.typing.isChecked()
    assert "Typing needs a desktop" in desktop.window.message_bar.text.text()
