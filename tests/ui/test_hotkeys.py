"""Global hotkeys, tested with real key presses on a real X server."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from klipnet_live.settings import TOGGLE_WORDS
from klipnet_live.types import UserError
from klipnet_live.ui.core.settings_store import SettingsStore
from klipnet_live.ui.hotkeys import macos, windows
from klipnet_live.ui.hotkeys.base import Pressed
from klipnet_live.ui.hotkeys.grabber import system_grabber
from klipnet_live.ui.hotkeys.key_field import KeyField
from klipnet_live.ui.hotkeys.presenter import HotkeyPresenter
from klipnet_live.ui.preferences.hotkeys_page import HotkeysPage
from tests.display import display
from tests.ui.conftest import Open

CONTROL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
REPEAT_DELAY_MS = 660
"""Of a held key, by default in X.Org."""

on_x11 = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("xdotool") is None, reason="needs X11 and xdotool"
)


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    with display(320, 240) as name:
        yield name


def press(screen: str, keys: str, how: str = "key") -> None:
    subprocess.run(["xdotool", how, keys], env={"DISPLAY": screen, "PATH": "/usr/bin:/bin"}, check=True)


@on_x11
def test_hotkeys_work_with_caps_lock_and_until_they_are_released(
    qtbot: QtBot, qapp: QApplication, screen: str
) -> None:
    from klipnet_live.ui.hotkeys.x11 import X11Grabber

    pressed: list[QKeyCombination] = []
    grabber = X11Grabber(pressed.append, screen)
    wanted = [CONTROL_ALT | Qt.Key.Key_C, Qt.KeyboardModifier.ShiftModifier | Qt.Key.Key_F7]
    assert all(grabber.grab(keys) for keys in wanted)
    press(screen, "ctrl+alt+c")
    press(screen, "shift+F7")
    qtbot.waitUntil(lambda: pressed == wanted)
    press(screen, "Caps_Lock")
    press(screen, "ctrl+alt+c")
    qtbot.waitUntil(lambda: len(pressed) == 3)
    press(screen, "Caps_Lock")
    press(screen, "alt+c")
    grabber.release()
    press(screen, "ctrl+alt+c")
    qtbot.wait(200)
    assert pressed == [*wanted, wanted[0]]


@on_x11
def test_a_held_key_is_reported_once(qtbot: QtBot, qapp: QApplication, screen: str) -> None:
    from klipnet_live.ui.hotkeys.x11 import X11Grabber

    pressed: list[QKeyCombination] = []
    grabber = X11Grabber(pressed.append, screen)
    assert grabber.grab(QKeyCombination(Qt.Key.Key_F8))
    press(screen, "F8", "keydown")
    qtbot.waitUntil(lambda: bool(pressed))
    qtbot.wait(REPEAT_DELAY_MS + 300)
    press(screen, "F8", "keyup")
    qtbot.wait(100)
    grabber.release()
    assert len(pressed) == 1


@on_x11
def test_keys_grabbed_by_another_program_cannot_be_grabbed(qapp: QApplication, screen: str) -> None:
    from klipnet_live.ui.hotkeys.x11 import X11Grabber

    first, second = X11Grabber(lambda keys: None, screen), X11Grabber(lambda keys: None, screen)
    keys = CONTROL_ALT | Qt.Key.Key_O
    assert first.grab(keys)
    assert not second.grab(keys)
    first.release()
    assert second.grab(keys)
    second.release()


class FakeGrabber:
    """A key grabber for which one key combination may be taken by another program."""

    def __init__(self, pressed: Pressed, taken: str = "") -> None:
        self.pressed = pressed
        self.taken = taken
        self.held: list[str] = []

    def grab(self, keys: QKeyCombination) -> bool:
        self.held.append(QKeySequence(keys).toString())
        return self.held[-1] != self.taken

    def release(self) -> None:
        self.held.clear()


@pytest.fixture
def settings_store(tmp_path: Path) -> SettingsStore:
    return SettingsStore(tmp_path / "settings.json")


def make_presenter(
    settings_store: SettingsStore, commands: dict[str, Callable[[], object]], taken: str = ""
) -> tuple[HotkeyPresenter, list[FakeGrabber]]:
    grabbers: list[FakeGrabber] = []

    def make_grabber(pressed: Pressed) -> FakeGrabber:
        grabbers.append(FakeGrabber(pressed, taken))
        return grabbers[-1]

    return HotkeyPresenter(settings_store, commands, make_grabber), grabbers


def test_hotkeys_follow_the_settings_and_run_their_commands(
    qapp: QApplication, settings_store: SettingsStore
) -> None:
    carried_out: list[str] = []
    commands = {name: lambda name=name: carried_out.append(name) for name in ("captions", "click-through")}
    presenter, grabbers = make_presenter(settings_store, commands)
    presenter.open()
    assert not grabbers, "no hotkey is set, so no key may be grabbed"
    settings_store.change_part("hotkeys", captions="Ctrl+Alt+C", click_through="F9")
    [grabber] = grabbers
    assert grabber.held == ["Ctrl+Alt+C", "F9"]
    grabber.pressed(QKeyCombination(Qt.Key.Key_F9))
    grabber.pressed(CONTROL_ALT | Qt.Key.Key_C)
    assert carried_out == ["click-through", "captions"]
    settings_store.change_part("hotkeys", captions="")
    assert grabber.held == ["F9"]
    presenter.close()
    assert grabber.held == []


def test_the_commands_are_those_of_the_toggle_command_line(open_desktop: Open) -> None:
    assert tuple(open_desktop("talk.mp4").commands) == TOGGLE_WORDS


def test_a_hotkey_in_use_by_another_program_is_reported(
    qtbot: QtBot, qapp: QApplication, settings_store: SettingsStore
) -> None:
    presenter, _ = make_presenter(settings_store, {"captions": list}, taken="F9")
    with qtbot.waitSignal(presenter.problem) as signal:
        settings_store.change_part("hotkeys", captions="F9")
    [problem] = signal.args
    assert isinstance(problem, UserError)
    assert "F9 is already in use: choose another one" in str(problem)


def test_one_hotkey_cannot_have_two_commands(
    qtbot: QtBot, qapp: QApplication, settings_store: SettingsStore
) -> None:
    carried_out: list[str] = []
    commands = {name: lambda name=name: carried_out.append(name) for name in ("captions", "overlay")}
    presenter, grabbers = make_presenter(settings_store, commands)
    settings_store.change_part("hotkeys", captions="F9")
    with qtbot.waitSignal(presenter.problem):
        settings_store.change_part("hotkeys", overlay="F9")
    grabbers[0].pressed(QKeyCombination(Qt.Key.Key_F9))
    assert carried_out == ["captions"]


def test_without_global_hotkeys_the_settings_show_commands_to_bind(
    qtbot: QtBot, qapp: QApplication, settings_store: SettingsStore
) -> None:
    assert system_grabber(lambda keys: None) is None
    page = HotkeysPage(settings_store)
    qtbot.addWidget(page)
    texts = "\n".join(label.text() for label in page.findChildren(QLabel))
    for word in TOGGLE_WORDS:
        assert f"klipnet-live toggle {word}" in texts


def test_hotkeys_are_set_and_cleared_in_the_settings(
    qtbot: QtBot, qapp: QApplication, settings_store: SettingsStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "xcb")
    page = HotkeysPage(settings_store)
    qtbot.addWidget(page)
    fields = page.findChildren(KeyField)
    assert len(fields) == len(TOGGLE_WORDS)
    qtbot.keyClick(fields[0], Qt.Key.Key_K, CONTROL_ALT)
    assert settings_store.settings.hotkeys.captions == "Ctrl+Alt+K"
    qtbot.keyClick(fields[0], Qt.Key.Key_Backspace)
    assert settings_store.settings.hotkeys.captions == ""


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [
        (Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_F4, Qt.KeyboardModifier.AltModifier),
    ],
)
def test_keys_that_other_programs_need_are_refused_with_a_reason(
    qtbot: QtBot, qapp: QApplication, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    field = KeyField()
    qtbot.addWidget(field)
    changes: list[str] = []
    field.changed.connect(changes.append)
    with qtbot.waitSignal(field.refused) as signal:
        qtbot.keyClick(field, key, modifiers)
    assert signal.args[0]
    assert changes == []
    assert field.text() == ""


def test_tab_and_shift_tab_leave_the_key_field(qtbot: QtBot, qapp: QApplication) -> None:
    window = QWidget()
    before, field, after = QLineEdit(window), KeyField(window), QLineEdit(window)
    qtbot.addWidget(window)
    window.show()
    for key, modifiers, wanted in (
        (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier, after),
        (Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier, before),
    ):
        field.setFocus()
        qtbot.keyClick(field, key, modifiers)
        assert window.focusWidget() is wanted
    assert field.keys == ""


def test_keys_that_other_programs_need_are_not_grabbed_from_the_settings_file(
    qtbot: QtBot, qapp: QApplication, settings_store: SettingsStore
) -> None:
    presenter, grabbers = make_presenter(settings_store, {"typing": list})
    with qtbot.waitSignal(presenter.problem):
        settings_store.change_part("hotkeys", typing="A")
    assert grabbers[0].held == []


def test_typing_is_switched_off_when_its_hotkey_is_cleared(
    qapp: QApplication, settings_store: SettingsStore
) -> None:
    presenter, _ = make_presenter(settings_store, {"typing": list})
    settings_store.change_part("hotkeys", typing="Ctrl+Alt+Y")
    settings_store.change_part("outputs", typing=True)
    settings_store.change_part("hotkeys", typing="")
    assert not settings_store.settings.outputs.typing
    presenter.close()


def test_key_codes_of_windows() -> None:
    """Codes of winuser.h: letters and digits as in ASCII, VK_F1 0x70."""
    keys = (Qt.Key.Key_A, Qt.Key.Key_0, Qt.Key.Key_F1, Qt.Key.Key_Semicolon, Qt.Key.Key_Hangul)
    assert [windows.virtual_key(key) for key in keys] == [0x41, 0x30, 0x70, 0, 0]


def test_key_codes_of_macos() -> None:
    """Codes of Events.h: kVK_ANSI_A 0, kVK_ANSI_M 46, kVK_ANSI_0 29, kVK_F5 96."""
    keys = (Qt.Key.Key_A, Qt.Key.Key_M, Qt.Key.Key_0, Qt.Key.Key_F5, Qt.Key.Key_Hangul)
    assert [macos.key_code(key) for key in keys] == [0, 46, 29, 96, None]
