"""The dialog “Record sentences”, over a fake studio."""

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
from klipnet_live.ui.sources.catalogue import demo_in
from tests.ui.conftest import Open
from tests.ui.fakes import FakeFactory, FakeStudios, preview_of_two


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


def press_space(qtbot: QtBot, dialog: RecordingDialog) -> None:
    qtbot.keyClick(dialog.record_button, Qt.Key.Key_Space)


def record_sentence(qtbot: QtBot, dialog: RecordingDialog) -> None:
    """Start and end a recording, and wait until the dialog shows the next sentence or the end."""
    sentence = dialog.sentence.text()
    press_space(qtbot, dialog)
    qtbot.waitUntil(lambda: dialog.record_button.text().startswith("■"))
    press_space(qtbot, dialog)
    qtbot.waitUntil(lambda: dialog.sentence.text() != sentence or not dialog.record_button.isEnabled())


def test_captions_release_the_camera(dialog: RecordingDialog, factory: FakeFactory) -> None:
    assert factory.made[-1].stopped
    assert dialog.form.sources.source == "camera:1"


def test_the_app_waits_for_the_studio_when_it_quits(
    desktop: AppShell, dialog: RecordingDialog, studios: FakeStudios
) -> None:
    """Otherwise an incomplete clip of the user's face would be left in the folder."""
    dialog.session_button.click()
    dialog.record_button.click()
    desktop.window.close()
    desktop.finish()
    assert studios.made[-1].joined


def test_sentences_are_recorded_repeated_and_skipped(
    qtbot: QtBot, dialog: RecordingDialog, studios: FakeStudios, tmp_path: Path
) -> None:
    dialog.session_button.click()
    task = studios.made[-1].task
    assert (task.source, task.folder, task.speaker, task.sound) == (
        "camera:1", tmp_path / "recordings", "Ada", False,
    )  # fmt: skip
    assert dialog.sentence.text() == "good morning"
    record_sentence(qtbot, dialog)
    assert dialog.sentence.text() == "see you"
    assert dialog.progress.text().startswith("1 of 2.")
    dialog.again_button.click()
    qtbot.waitUntil(lambda: dialog.sentence.text() == "good morning")
    dialog.skip_button.click()
    assert dialog.sentence.text() == "see you"
    for _ in range(2):
        record_sentence(qtbot, dialog)
    assert str(tmp_path / "recordings") in dialog.progress.text()
    assert not dialog.record_button.isEnabled()


def test_a_problem_is_shown_and_the_session_goes_on(
    qtbot: QtBot, dialog: RecordingDialog, studios: FakeStudios
) -> None:
    dialog.session_button.click()
    studio = studios.made[-1]
    studio.state = replace(studio.state, problem=UserError("No face."))
    qtbot.waitUntil(lambda: dialog.message_bar.text.text() == "No face.")
    press_space(qtbot, dialog)
    assert not dialog.message_bar.isVisible()
    assert studio.state.recording


@pytest.mark.parametrize(
    ("text", "message"),
    [("", "is empty"), ("7 o'clock", "Spell it out"), ("#JSGF V1.0;", "JSGF grammar")],
)
def test_a_list_of_sentences_that_cannot_be_trained_is_reported_before_recording(
    dialog: RecordingDialog, studios: FakeStudios, tmp_path: Path, text: str, message: str
) -> None:
    (tmp_path / "own.txt").write_text(text, encoding="utf-8")
    dialog.session_button.click()
    assert message in dialog.message_bar.text.text()
    assert all(not studio.sentence for studio in studios.made)
    assert not dialog.record_button.isVisible()


def test_a_studio_that_cannot_be_opened_is_reported(dialog: RecordingDialog, studios: FakeStudios) -> None:
    studios.error = UserError("There is no camera 7.")
    dialog.session_button.click()
    assert dialog.message_bar.text.text() == "There is no camera 7."
    assert dialog.form.isVisible()


def test_an_operating_system_error_is_reported(dialog: RecordingDialog, studios: FakeStudios) -> None:
    studios.error = OSError(errno.ENAMETOOLONG, "File name too long", "x")
    dialog.session_button.click()
    assert dialog.message_bar.text.text().startswith("Cannot use x (File name too long)")


def test_the_home_folder_of_an_unknown_user_is_taken_literally(dialog: RecordingDialog) -> None:
    dialog.form.folder.setText("~nobody-of-this-name/recordings")
    assert dialog.form.task.folder == Path("~nobody-of-this-name/recordings")
    dialog.form.folder.setText("~/recordings")
    assert dialog.form.task.folder == Path.home() / "recordings"


def test_closing_releases_the_camera_and_stores_the_choices(
    dialog: RecordingDialog, desktop: AppShell, studios: FakeStudios
) -> None:
    dialog.session_button.click()
    dialog.reject()
    assert not studios.made[-1].state.running
    assert desktop.settings_store.settings.recording.speaker == "Ada"


def test_a_script_repeats_until_every_sentence_is_spoken() -> None:
    script = Script(["a", "b", "a"])
    assert script.next([]) == "a"
    script.skip()
    assert script.next([]) == "b"
    assert script.next(["b"]) == "a"
    assert script.done(["a", "b", "x"]) == 2
    assert script.next(["a", "b", "a"]) is None


def test_the_preview_is_shown_before_recording(
    qtbot: QtBot, dialog: RecordingDialog, studios: FakeStudios
) -> None:
    assert studios.made[-1].task.source == "camera:1"
    studios.made[-1].preview.put(preview_of_two())
    middle = dialog.preview.rect().center()
    qtbot.waitUntil(lambda: dialog.preview.grab().toImage().pixelColor(middle).blue() > 150)
    assert not dialog.record_button.isVisible()


def test_the_camera_is_released_before_it_is_opened_again(
    qtbot: QtBot, dialog: RecordingDialog, studios: FakeStudios, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = studios.made[-1]
    monkeypatch.setattr(type(first), "stop", lambda self: None)
    dialog.session_button.click()
    qtbot.wait(100)
    assert studios.made == [first], "the first studio still has the camera"
    first.state = replace(first.state, running=False)
    qtbot.waitUntil(lambda: len(studios.made) == 2)
    assert studios.made[1].state.running


def test_the_demo_is_not_offered_for_recording(open_desktop: Open) -> None:
    desktop = open_desktop(demo_in("en"))
    desktop.actions.record_sentences.trigger()
    assert desktop.recording.form.sources.source == "camera:0"


def test_a_sentence_is_shown_as_written_and_recorded_normalised(
    dialog: RecordingDialog, studios: FakeStudios, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "own.txt").write_text("I'd like to, please!\n", encoding="utf-8")
    dialog.session_button.click()
    assert dialog.sentence.text() == "I'd like to, please!"
    press_space(qtbot, dialog)
    assert studios.made[-1].sentence == "id like to please"


def test_recordings_can_be_used_for_training_now_or_later(
    qtbot: QtBot, desktop: AppShell, dialog: RecordingDialog, studios: FakeStudios, tmp_path: Path
) -> None:
    assert not dialog.train_button.isEnabled()
    dialog.session_button.click()
    for _ in range(2):
        record_sentence(qtbot, dialog)
    assert dialog.train_button.isEnabled()
    dialog.session_button.click()
    # The fake studio writes no files.
    folder = tmp_path / "recordings"
    folder.mkdir()
    (folder / "transcripts.tsv").write_text("path\ttext\na.mp4\tgood morning\nb.mp4\tsee you\n")
    dialog.form.folder.setText(f"{tmp_path}/recordings/.")
    dialog.train_button.click()
    assert desktop.training.isVisible()
    assert "2 sentences" in desktop.training.about.text()
    desktop.training.train_button.click()
    assert desktop.training.message_bar.isVisible()
    with pytest.raises(UserError, match="training needs 10"):
        _ = dialog.form.training
