"""Outputs to other programs, switched on and off through the settings and menus."""

from __future__ import annotations

import json
import socket
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
import pyvirtualcam
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit
from pytestqt.qtbot import QtBot
from websockets.sync.client import connect

from klipnet_live.settings import OutputSettings, Settings
from klipnet_live.settings_file import load, save
from klipnet_live.types import UserError
from klipnet_live.ui.app.shell import AppShell
from klipnet_live.ui.preferences.outputs_page import OutputsPage
from tests.outputs.test_kinds import Device, device  # noqa: F401
from tests.ui.choosing import find_named
from tests.ui.conftest import Open
from tests.ui.fakes import FakeFactory, caption, preview_of_two


def find_check_box(desktop: AppShell, text: str) -> QCheckBox:
    return next(
        check_box for check_box in desktop.preferences.findChildren(QCheckBox) if text in check_box.text()
    )


def find_field(desktop: AppShell, name: str) -> QLineEdit:
    found = find_named(desktop.preferences, name)
    assert isinstance(found, QLineEdit)
    return found


def test_all_outputs_are_off_by_default() -> None:
    assert not any(
        getattr(OutputSettings(), name) for name in ("text_file_on", "websocket", "zoom", "typing")
    )
    assert not Settings().virtual_camera.on


def test_the_virtual_camera_is_switched_in_the_menu_and_shows_the_source(
    qtbot: QtBot,
    open_desktop: Open,
    factory: FakeFactory,
    device: type[Device],  # noqa: F811
) -> None:
    desktop = open_desktop("talk.mp4")
    desktop.settings_store.change_part("virtual_camera", size="640x360")
    desktop.window.actions_.virtual_camera.trigger()
    qtbot.waitUntil(lambda: "Test Camera" in desktop.window.message_bar.text.text())
    assert desktop.window.message_bar.property("role") == "calm"
    factory.made[0].viewers[0].put(preview_of_two())
    qtbot.waitUntil(lambda: device.last is not None and device.last[..., 2].max() > 150)
    desktop.commands["virtual-camera"]()
    qtbot.waitUntil(lambda: not device.is_open)
    assert not desktop.settings_store.settings.virtual_camera.on


def test_without_a_virtual_camera_the_switch_goes_off_and_help_is_offered(
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


def test_the_text_file_holds_the_current_captions(
    qtbot: QtBot, open_desktop: Open, factory: FakeFactory, tmp_path: Path
) -> None:
    desktop, path = open_desktop("talk.mp4"), tmp_path / "now.txt"
    check_box = find_check_box(desktop, "text &file")
    assert not check_box.isEnabled()
    find_field(desktop, "Text file").setText(str(path))
    find_field(desktop, "Text file").editingFinished.emit()
    check_box.click()
    desktop.speakers.rename("1", "Ada")
    qtbot.waitUntil(path.exists)

    def write_captions() -> None:
        # Captions that arrive before the output is ready are not written, so send them again.
        factory.made[0].say(caption("changed", speaker="1"))
        factory.made[0].say(caption("changed", speaker="2", line=2, committed="place red"))
        assert path.read_text(encoding="utf-8") == "Ada: bin blue\nSpeaker 2: place red\n"

    qtbot.waitUntil(write_captions)
    check_box.click()
    qtbot.waitUntil(lambda: path.read_text(encoding="utf-8") == "")


def test_the_websocket_serves_captions_at_the_address_shown(
    qtbot: QtBot, open_desktop: Open, factory: FakeFactory, settings_path: Path, free_port: int
) -> None:
    desktop = open_desktop("talk.mp4")
    desktop.settings_store.change_part("outputs", websocket_port=free_port)
    address = find_field(desktop, "Address with secret token")
    assert address.text() == ""
    find_check_box(desktop, "WebSocket").click()
    assert address.text().startswith(f"ws://127.0.0.1:{free_port}/?token=")

    def receive_caption() -> None:
        with connect(address.text()) as client:
            factory.made[0].say(caption("changed", committed="무를"))
            assert json.loads(client.recv(timeout=5))["committed"] == "무를"

    qtbot.waitUntil(lambda: _connects(receive_caption))
    desktop.settings_store.flush()
    assert stat.S_IMODE(settings_path.stat().st_mode) == 0o600


def _connects(attempt: Callable[[], None]) -> bool:
    try:
        attempt()
    except OSError:
        return False
    return True


def test_the_secret_token_is_long_random_and_kept(open_desktop: Open, free_port: int) -> None:
    tokens = []
    for desktop in (open_desktop("talk.mp4"), open_desktop("talk.mp4")):
        desktop.settings_store.change_part(
            "outputs", websocket_port=free_port, websocket_token="", websocket=True
        )
        tokens.append(desktop.settings_store.settings.outputs.websocket_token)
        desktop.settings_store.change_part("outputs", websocket=False)
        desktop.settings_store.change_part("outputs", websocket=True)
        assert desktop.settings_store.settings.outputs.websocket_token == tokens[-1]
    assert len(set(tokens)) == 2
    assert min(map(len, tokens)) >= 32


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


def test_a_wrong_zoom_address_is_reported_and_zoom_is_switched_off(open_desktop: Open) -> None:
    desktop = open_desktop("talk.mp4")
    desktop.settings_store.change_part("outputs", zoom_url="hello")
    find_check_box(desktop, "Zoom").click()
    assert "not a Zoom caption URL" in desktop.window.message_bar.text.text()
    assert not find_check_box(desktop, "Zoom").isChecked()


def test_tab_goes_from_the_zoom_address_to_its_switch(qtbot: QtBot, open_desktop: Open) -> None:
    desktop = open_desktop("talk.mp4")
    desktop.preferences.show()
    desktop.preferences.tabs.setCurrentWidget(desktop.preferences.findChild(OutputsPage))
    desktop.preferences.activateWindow()
    address = find_field(desktop, "API token of the Zoom meeting")
    address.setFocus()
    qtbot.waitUntil(address.hasFocus)
    qtbot.keyClicks(address, "https://zoom.us/x?id=1")
    qtbot.keyClick(address, Qt.Key.Key_Tab)
    assert find_check_box(desktop, "Zoom").hasFocus()


def test_the_zoom_address_and_typing_are_not_stored(tmp_path: Path) -> None:
    wanted = OutputSettings(zoom=True, zoom_url="https://zoom.us/x?id=1", typing=True, text_file="now.txt")
    save(Settings(outputs=wanted), tmp_path / "settings.json")
    assert load(tmp_path / "settings.json").settings.outputs == OutputSettings(text_file="now.txt")


def test_completed_lines_are_typed_while_typing_is_on(
    qtbot: QtBot, open_desktop: Open, factory: FakeFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed: list[str] = []
    monkeypatch.setattr("klipnet_live.outputs.typing.keyboard.keyboard", lambda: typed.append)
    desktop = open_desktop("talk.mp4")
    desktop.commands["typing"]()
    qtbot.waitUntil(lambda: "typed into" in desktop.window.message_bar.text.text())
    factory.made[0].say(caption("completed", committed="bin blue"))
    qtbot.waitUntil(lambda: typed == ["bin blue "])


def test_typing_that_fails_is_switched_off_with_a_message_and_can_be_switched_on_again(
    qtbot: QtBot, open_desktop: Open, factory: FakeFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed: list[str] = []

    def type_text(text: str) -> None:
        if text == "bad ":
            raise UserError("The window took no keys: choose another one.")
        typed.append(text)

    monkeypatch.setattr("klipnet_live.outputs.typing.keyboard.keyboard", lambda: type_text)
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


def test_typing_without_a_keyboard_is_switched_off_with_a_message(
    open_desktop: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_keyboard() -> None:
        raise UserError("There is no window to type into. Typing needs a desktop.")

    monkeypatch.setattr("klipnet_live.outputs.typing.keyboard.keyboard", no_keyboard)
    desktop = open_desktop("talk.mp4")
    desktop.commands["typing"]()
    assert not desktop.window.actions_.typing.isChecked()
    assert "Typing needs a desktop" in desktop.window.message_bar.text.text()
