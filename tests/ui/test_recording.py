"""“Record sentences”, over a studio that keeps each sentence at once."""

from __future__ import annotations

import errno
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from klipnet_live.types import UserError
from klipnet_live.ui.app.shell import AppShell
from klipnet_live.ui.core.services import Services
from klipnet_live.ui.recording.dialog import RecordingDialog
from klipnet_live.ui.recording.script import Script
from tests.ui.conftest import Open
from tests.ui.fakes import FakeFactory, FakeStudios


@pytest.fixture
def studios(services: Services) -> FakeStudios:
    assert isinstance(services.open_studio, FakeStudios)
    return services.open_studio


@pytest.fixture
def desktop(open_desktop: Open) -> AppShell:
    return open_desktop("camera:1")


@pytest.fixture
def dialog(desktop: AppShell, tmp_path: Path) -> RecordingDialog:
    (tmp_path / "own.txt").write_text("good morning\nsee you\n", encoding="utf-8")
    desktop.actions.record_sentences.trigger()
    form = desktop.recording.form
    form.sentences.setText(str(tmp_path / "own.txt"))
    form.folder.setText(str(tmp_path / "recordings"))
    form.speaker.setText("Ada")
    return desktop.recording


def press(qtbot: QtBot, dialog: RecordingDialog) -> None:
    qtbot.keyClick(dialog.record_button, Qt.Key.Key_Space)


def test_the_camera_is_free_for_it(dialog: RecordingDialog, factory: FakeFactory) -> None:
    assert factory.made[-1].stopped
    assert dialog.form.sources.source == "camera:1"


def test_sentence_after_sentence_with_the_space_key(
    qtbot: QtBot, dialog: RecordingDialog, studios: FakeStudios, tmp_path: Path
) -> None:
    dialog.session_button.click()
    task = studios.made[-1].task
    assert (task.source, task.folder, task.speaker, task.sound) == (
        "camera:1", tmp_path / "recordings", "Ada", False,
    )  # fmt: skip
    assert dialog.sentence.text() == "good morning"
    press(qtbot, dialog)
    qtbot.waitUntil(lambda: dialog.record_button.text() == "■ Sentence spoken")
    press(qtbot, dialog)
    qtbot.waitUntil(lambda: dialog.sentence.text() == "see you")
    assert dialog.progress.text().startswith("1 of 2.")
    dialog.again_button.click()
    qtbot.waitUntil(lambda: dialog.sentence.text() == "good morning")
    dialog.skip_button.click()
    assert dialog.sentence.text() == "see you"
    for _ in range(4):
        press(qtbot, dialog)
        qtbot.wait(60)
    assert dialog.progress.text().startswith("All 2 sentences are in")
    assert not dialog.record_button.isEnabled()


def test_what_goes_wrong_is_told_and_the_session_goes_on(
    qtbot: QtBot, dialog: RecordingDialog, studios: FakeStudios
) -> None:
    dialog.session_button.click()
    studio = studios.made[-1]
    studio.state = replace(studio.state, problem=UserError("No face."))
    qtbot.waitUntil(lambda: dialog.message_bar.text.text() == "No face.")
    press(qtbot, dialog)
    assert not dialog.message_bar.isVisible()
    assert studio.state.recording


@pytest.mark.parametrize(
    ("text", "told"),
    [("", "no sentence"), ("7 o'clock", "spell it out"), ("#JSGF V1.0;", "list of sentences")],
)
def test_a_list_that_cannot_be_learnt_is_told_before_anything_is_spoken(
    dialog: RecordingDialog, studios: FakeStudios, tmp_path: Path, text: str, told: str
) -> None:
    (tmp_path / "own.txt").write_text(text, encoding="utf-8")
    dialog.session_button.click()
    assert told in dialog.message_bar.text.text()
    assert studios.made == []


def test_a_studio_that_cannot_be_opened_is_told(dialog: RecordingDialog, studios: FakeStudios) -> None:
    studios.error = UserError("There is no camera 7.")
    dialog.session_button.click()
    assert dialog.message_bar.text.text() == "There is no camera 7."
    assert dialog.form.isVisible()


def test_a_failure_without_words_of_its_own_is_told_too(
    dialog: RecordingDialog, studios: FakeStudios
) -> None:
    studios.error = OSError(errno.ENAMETOOLONG, "File name too long", "x")
    dialog.session_button.click()
    assert dialog.message_bar.text.text().startswith("x cannot be used (File name too long)")


def test_a_home_of_nobody_is_a_name_like_any_other(dialog: RecordingDialog) -> None:
    dialog.form.folder.setText("~nobody-of-this-name/recordings")
    assert dialog.form.task.folder == Path("~nobody-of-this-name/recordings")
    dialog.form.folder.setText("~/recordings")
    assert dialog.form.task.folder == Path.home() / "recordings"


def test_closing_frees_the_camera_and_the_choices_are_kept(
    dialog: RecordingDialog, desktop: AppShell, studios: FakeStudios
) -> None:
    dialog.session_button.click()
    dialog.reject()
    assert not studios.made[-1].state.running
    assert desktop.keeper.settings.recording.speaker == "Ada"


def test_a_script_goes_round_what_is_left() -> None:
    script = Script(["a", "b", "a"])
    assert script.next([]) == "a"
    script.skip()
    assert script.next([]) == "b"
    assert script.next(["b"]) == "a"
    assert script.done(["a", "b", "x"]) == 2
    assert script.next(["a", "b", "a"]) is None
