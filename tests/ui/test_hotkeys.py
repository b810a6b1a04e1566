"""Keys that work while another program has the keyboard, on a real X server with real key presses."""

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
def test_a_key_is_heard_with_and_without_locks_and_only_while_it_is_held(
    qtbot: QtBot, qapp: QApplication, screen: str
) -> None:
    from klipnet_live.ui.hotkeys.x11 import X11Grabber

    heard: list[QKeyCombination] = []
    grabber = X11Grabber(heard.append, screen)
    wanted = [CONTROL_ALT | Qt.Key.Key_C, Qt.KeyboardModifier.ShiftModifier | Qt.Key.Key_F7]
    assert all(grabber.grab(keys) for keys in wanted)
    press(screen, "ctrl+alt+c")
    press(screen, "shift+F7")
    qtbot.waitUntil(lambda: heard == wanted)
    press(screen, "Caps_Lock")
    press(screen, "ctrl+alt+c")
    qtbot.waitUntil(lambda: len(heard) == 3)
    press(screen, "Caps_Lock")
    press(screen, "alt+c")
    grabber.release()
    press(screen, "ctrl+alt+c")
    qtbot.wait(200)
    assert heard == [*wanted, wanted[0]]


@on_x11
def test_a_key_that_is_held_counts_once(qtbot: QtBot, qapp: QApplication, screen: str) -> None:
    from klipnet_live.ui.hotkeys.x11 import X11Grabber

    heard: list[QKeyCombination] = []
    grabber = X11Grabber(heard.append, screen)
    assert grabber.grab(QKeyCombination(Qt.Key.Key_F8))
    press(screen, "F8", "keydown")
    qtbot.wait(1500)
    press(screen, "F8", "keyup")
    qtbot.wait(100)
    grabber.release()
    assert len(heard) == 1


@on_x11
def test_keys_of_another_program_cannot_be_had(qapp: QApplication, screen: str) -> None:
    from klipnet_live.ui.hotkeys.x11 import X11Grabber

    first, second = X11Grabber(lambda keys: None, screen), X11Grabber(lambda keys: None, screen)
    keys = CONTROL_ALT | Qt.Key.Key_O
    assert first.grab(keys)
    assert not second.grab(keys)
    first.release()
    assert second.grab(keys)
    second.release()


class FakeGrabber:
    """A desktop on which some keys are taken."""

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
def keeper(tmp_path: Path) -> SettingsStore:
    return SettingsStore(tmp_path / "settings.json")


def presenter_of(
    keeper: SettingsStore, commands: dict[str, Callable[[], object]], taken: str = ""
) -> tuple[HotkeyPresenter, list[FakeGrabber]]:
    grabbers: list[FakeGrabber] = []

    def make(pressed: Pressed) -> FakeGrabber:
        grabbers.append(FakeGrabber(pressed, taken))
        return grabbers[-1]

    return HotkeyPresenter(keeper, commands, make), grabbers


def test_the_keys_follow_the_settings_and_carry_out_their_command(
    qapp: QApplication, keeper: SettingsStore
) -> None:
    done: list[str] = []
    commands = {name: lambda name=name: done.append(name) for name in ("captions", "click-through")}
    presenter, grabbers = presenter_of(keeper, commands)
    presenter.open()
    assert not grabbers, "nobody wants a key, so none is taken"
    keeper.change_part("hotkeys", captions="Ctrl+Alt+C", click_through="F9")
    [grabber] = grabbers
    assert grabber.held == ["Ctrl+Alt+C", "F9"]
    grabber.pressed(QKeyCombination(Qt.Key.Key_F9))
    grabber.pressed(CONTROL_ALT | Qt.Key.Key_C)
    assert done == ["click-through", "captions"]
    keeper.change_part("hotkeys", captions="")
    assert grabber.held == ["F9"]
    presenter.close()
    assert grabber.held == []


def test_every_word_for_the_command_line_has_a_command(open_desktop: Open) -> None:
    assert tuple(open_desktop("talk.mp4").commands) == TOGGLE_WORDS


def test_keys_that_cannot_be_had_are_told(qtbot: QtBot, qapp: QApplication, keeper: SettingsStore) -> None:
    presenter, _ = presenter_of(keeper, {"captions": list}, taken="F9")
    with qtbot.waitSignal(presenter.problem) as told:
        keeper.change_part("hotkeys", captions="F9")
    [problem] = told.args
    assert isinstance(problem, UserError)
    assert "F9" in str(problem)


def test_keys_do_one_thing_only(qtbot: QtBot, qapp: QApplication, keeper: SettingsStore) -> None:
    done: list[str] = []
    commands = {name: lambda name=name: done.append(name) for name in ("captions", "overlay")}
    presenter, grabbers = presenter_of(keeper, commands)
    keeper.change_part("hotkeys", captions="F9")
    with qtbot.waitSignal(presenter.problem):
        keeper.change_part("hotkeys", overlay="F9")
    grabbers[0].pressed(QKeyCombination(Qt.Key.Key_F9))
    assert done == ["captions"]


def test_without_a_way_to_take_keys_the_settings_say_what_to_bind(
    qtbot: QtBot, qapp: QApplication, keeper: SettingsStore
) -> None:
    assert system_grabber(lambda keys: None) is None
    page = HotkeysPage(keeper)
    qtbot.addWidget(page)
    texts = "\n".join(label.text() for label in page.findChildren(QLabel))
    for word in TOGGLE_WORDS:
        assert f"klipnet-live toggle {word}" in texts


def test_keys_are_chosen_in_the_settings(
    qtbot: QtBot, qapp: QApplication, keeper: SettingsStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "xcb")
    page = HotkeysPage(keeper)
    qtbot.addWidget(page)
    fields = page.findChildren(KeyField)
    assert len(fields) == len(TOGGLE_WORDS)
    qtbot.keyClick(fields[0], Qt.Key.Key_K, CONTROL_ALT)
    assert keeper.settings.hotkeys.captions == "Ctrl+Alt+K"
    qtbot.keyClick(fields[0], Qt.Key.Key_Backspace)
    assert keeper.settings.hotkeys.captions == ""


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
def test_keys_that_others_need_are_refused_and_that_is_said(
    qtbot: QtBot, qapp: QApplication, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    field = KeyField()
    qtbot.addWidget(field)
    changes: list[str] = []
    field.changed.connect(changes.append)
    with qtbot.waitSignal(field.refused) as said:
        qtbot.keyClick(field, key, modifiers)
    assert said.args[0]
    assert changes == []
    assert field.text() == ""


def test_tab_and_shift_tab_leave_the_field(qtbot: QtBot, qapp: QApplication) -> None:
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


def test_keys_in_a_settings_file_that_others_need_are_not_taken(
    qtbot: QtBot, qapp: QApplication, keeper: SettingsStore
) -> None:
    presenter, grabbers = presenter_of(keeper, {"typing": list})
    with qtbot.waitSignal(presenter.problem):
        keeper.change_part("hotkeys", typing="A")
    assert grabbers[0].held == []


def test_typing_ends_with_its_keys(qapp: QApplication, keeper: SettingsStore) -> None:
    presenter, _ = presenter_of(keeper, {"typing": list})
    keeper.change_part("hotkeys", typing="Ctrl+Alt+Y")
    keeper.change_part("outputs", typing=True)
    keeper.change_part("hotkeys", typing="")
    assert not keeper.settings.outputs.typing
    presenter.close()


def test_windows_names_the_keys_whose_place_is_the_same_everywhere() -> None:
    """Codes of winuser.h: letters and digits as in ASCII, VK_F1 0x70."""
    keys = (Qt.Key.Key_A, Qt.Key.Key_0, Qt.Key.Key_F1, Qt.Key.Key_Semicolon, Qt.Key.Key_Hangul)
    assert [windows.virtual_key(key) for key in keys] == [0x41, 0x30, 0x70, 0, 0]


def test_the_tables_of_macos_name_the_keys() -> None:
    """Codes of Events.h: kVK_ANSI_A 0, kVK_ANSI_M 46, kVK_ANSI_0 29, kVK_F5 96."""
    keys = (Qt.Key.Key_A, Qt.Key.Key_M, Qt.Key.Key_0, Qt.Key.Key_F5, Qt.Key.Key_Hangul)
    assert [macos.key_code(key) for key in keys] == [0, 46, 29, 96, None]
