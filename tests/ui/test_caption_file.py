"""The dialog “Caption a video to a file”, over a fake job."""

from __future__ import annotations

import errno
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from klipnet_live.captions.lines import CaptionLine
from klipnet_live.export.job_state import CaptionTask, JobState
from klipnet_live.types import Phrases, UserError
from klipnet_live.ui.caption_file.dialog import CaptionFileDialog
from klipnet_live.ui.caption_file.review import ReviewDialog
from klipnet_live.ui.core.services import Services
from klipnet_live.ui.core.settings_store import SettingsStore
from klipnet_live.ui.widgets.file_formats import FORMATS
from tests.ui.conftest import Open
from tests.ui.fakes import FakeJobs


@pytest.fixture
def jobs() -> FakeJobs:
    return FakeJobs()


@pytest.fixture
def video(tmp_path: Path) -> Path:
    path = tmp_path / "my talk.mkv"
    path.touch()
    return path


@pytest.fixture
def dialog(qtbot: QtBot, jobs: FakeJobs, video: Path, tmp_path: Path) -> CaptionFileDialog:
    settings_store = SettingsStore(tmp_path / "settings.json")
    settings_store.change(language="ko", model="ko-seed", grammar="phrases.txt")
    opened = CaptionFileDialog(jobs, settings_store)
    qtbot.addWidget(opened)
    opened.show()
    opened.video.setText(str(video))
    return opened


@pytest.fixture
def suggested(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """File names that the save dialog suggested; each is accepted."""
    names: list[str] = []

    def accept(_parent: object, _title: str, name: str, kinds: str) -> tuple[str, str]:
        names.append(name)
        return name, kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", accept)
    return names


def answer(monkeypatch: pytest.MonkeyPatch, button: QMessageBox.StandardButton) -> list[str]:
    """Answers each question with this button; returns the list to which the questions are added."""
    asked: list[str] = []

    def question(box: QMessageBox) -> QMessageBox.StandardButton:
        asked.append(box.text())
        return button

    monkeypatch.setattr(QMessageBox, "exec", question)
    return asked


def click_start(qtbot: QtBot, dialog: CaptionFileDialog) -> None:
    qtbot.mouseClick(dialog.start_button, Qt.MouseButton.LeftButton)


def test_the_job_has_the_language_model_and_phrases_in_use(
    qtbot: QtBot, dialog: CaptionFileDialog, jobs: FakeJobs, video: Path, suggested: list[str]
) -> None:
    click_start(qtbot, dialog)
    target = video.with_suffix(".srt")
    assert jobs.made[0].task == CaptionTask(video, target, "ko", "ko-seed", Phrases(Path("phrases.txt")))
    assert jobs.made[0].started
    assert suggested == [str(target)]


def test_a_captioned_copy_gets_another_name_than_the_video(
    qtbot: QtBot, dialog: CaptionFileDialog, jobs: FakeJobs, video: Path, suggested: list[str]
) -> None:
    dialog.formats.setCurrentIndex(len(FORMATS) - 1)
    click_start(qtbot, dialog)
    assert jobs.made[0].task.burn_in
    assert jobs.made[0].task.target == video.with_name("my talk captions.mp4")


def test_start_without_a_video_asks_for_one_and_then_reports_that_it_is_missing(
    qtbot: QtBot, dialog: CaptionFileDialog, jobs: FakeJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialogs_opened: list[object] = []
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: dialogs_opened.append(args) or ("", ""))
    dialog.video.setText("  ")
    click_start(qtbot, dialog)
    assert dialogs_opened
    assert dialog.message_bar.text.text() == "Choose a video first."
    assert jobs.made == []


def test_the_message_opens_the_folder_of_the_result(
    qtbot: QtBot, dialog: CaptionFileDialog, jobs: FakeJobs, suggested: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    click_start(qtbot, dialog)
    jobs.made[0].state = JobState("done", 1.0, lines=7)
    qtbot.waitUntil(dialog.message_bar.isVisible)
    qtbot.mouseClick(dialog.message_bar.offer_button, Qt.MouseButton.LeftButton)
    assert opened == [str(Path(suggested[0]).parent)]


def test_lines_can_be_corrected_and_deleted_before_they_are_burnt_in(
    qtbot: QtBot, dialog: CaptionFileDialog, jobs: FakeJobs, suggested: list[str]
) -> None:
    dialog.formats.setCurrentIndex(len(FORMATS) - 1)
    click_start(qtbot, dialog)
    assert jobs.made[0].task.review
    lines = [
        CaptionLine("1", "Ann", 4.0 * n, 4.0 * n + 2, text, 0.3) for n, text in enumerate(("bim", "set"))
    ]
    jobs.made[0].state = JobState("reviewing", lines=2, to_review=tuple(lines))
    qtbot.waitUntil(lambda: dialog.review is not None and dialog.review.isVisible())
    review = dialog.review
    assert review is not None
    assert jobs.made[0].approved is None
    review.table.model().setData(review.table.model().index(0, 2), "bin")
    review.table.selectRow(1)
    qtbot.keyClick(review.table, Qt.Key.Key_Delete)
    qtbot.mouseClick(review.approve_button, Qt.MouseButton.LeftButton)
    assert jobs.made[0].approved == (replace(lines[0], text="bin", confidence=1.0),)


def test_speakers_can_be_named_before_they_are_burnt_in(qtbot: QtBot) -> None:
    review = ReviewDialog()
    qtbot.addWidget(review)
    spoken = [CaptionLine(speaker, speaker, 0, 1, "bin", 1.0) for speaker in "121"]
    review.review("", spoken)
    cells = review.table.model()
    for row, name in ((0, "Ann"), (1, " ")):
        cells.setData(cells.index(row, 1), name)
    with qtbot.waitSignal(review.approved) as approved:
        review.approve_button.click()
    assert [line.name for line in approved.args[0]] == ["Ann", "2", "Ann"]


def test_closing_the_review_cancels_the_job(
    qtbot: QtBot, dialog: CaptionFileDialog, jobs: FakeJobs, suggested: list[str]
) -> None:
    click_start(qtbot, dialog)
    jobs.made[0].state = JobState("reviewing", lines=1, to_review=(CaptionLine("1", "A", 0, 1, "bin", 1),))
    qtbot.waitUntil(lambda: dialog.review is not None and dialog.review.isVisible())
    assert dialog.review is not None
    qtbot.keyClick(dialog.review, Qt.Key.Key_Escape)
    assert jobs.made[0].cancelled


def test_the_videos_of_a_folder_are_captioned_one_after_the_other(
    qtbot: QtBot, dialog: CaptionFileDialog, jobs: FakeJobs, tmp_path: Path
) -> None:
    folder = tmp_path / "talks"
    folder.mkdir()
    for name in ("b.mp4", "a.mkv", "notes.txt"):
        (folder / name).touch()
    dialog.open_videos([str(folder)])
    assert dialog.video.text() == "2 videos"
    click_start(qtbot, dialog)
    assert [job.task.target.name for job in jobs.made] == ["a.srt"]
    jobs.made[0].state = JobState("failed", problem=UserError("Choose a video first."))
    qtbot.waitUntil(lambda: len(jobs.made) == 2)
    assert jobs.made[1].task.target == folder / "b.srt"
    jobs.made[1].state = JobState("done", 1.0, lines=1)
    qtbot.waitUntil(dialog.start_button.isEnabled)
    assert len(jobs.made) == 2


def test_a_video_can_be_opened_in_the_main_window_instead(
    qtbot: QtBot, dialog: CaptionFileDialog, video: Path
) -> None:
    with qtbot.waitSignal(dialog.watch_requested) as wanted:
        qtbot.mouseClick(dialog.watch_button, Qt.MouseButton.LeftButton)
    assert wanted.args == [str(video)]
    assert not dialog.isVisible()


def test_progress_and_result_are_shown(
    qtbot: QtBot, dialog: CaptionFileDialog, jobs: FakeJobs, suggested: list[str]
) -> None:
    click_start(qtbot, dialog)
    assert not dialog.start_button.isEnabled()
    jobs.made[0].state = JobState("reading", 0.42)
    qtbot.waitUntil(lambda: dialog.stage.text() == "Reading lips: 42 %")
    assert dialog.progress.value() == 420
    jobs.made[0].state = JobState("done", 1.0, lines=7)
    qtbot.waitUntil(dialog.message_bar.isVisible)
    assert dialog.message_bar.text.text() == f"Saved as {suggested[0]}. Lines: 7."
    assert dialog.message_bar.property("role") == "calm"
    assert dialog.start_button.isEnabled()


def test_cancelling_waits_for_the_job(
    qtbot: QtBot, dialog: CaptionFileDialog, jobs: FakeJobs, suggested: list[str]
) -> None:
    click_start(qtbot, dialog)
    qtbot.mouseClick(dialog.cancel_button, Qt.MouseButton.LeftButton)
    assert jobs.made[0].cancelled
    assert not dialog.start_button.isEnabled()
    jobs.made[0].state = JobState("cancelled")
    qtbot.waitUntil(dialog.start_button.isEnabled)
    assert dialog.stage.text().startswith("Cancelled")


def test_closing_the_dialog_cancels_the_job_after_a_question(
    qtbot: QtBot, dialog: CaptionFileDialog, jobs: FakeJobs, suggested: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    click_start(qtbot, dialog)
    asked = answer(monkeypatch, QMessageBox.StandardButton.No)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert not jobs.made[0].cancelled
    answer(monkeypatch, QMessageBox.StandardButton.Yes)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert jobs.made[0].cancelled
    assert asked == ["Stop captioning my talk.mkv? Its captions have not been saved yet."]


def test_the_program_closes_the_dialog_without_a_question(
    qtbot: QtBot, dialog: CaptionFileDialog, jobs: FakeJobs, suggested: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Nobody could answer when the desktop session ends."""
    asked = answer(monkeypatch, QMessageBox.StandardButton.No)
    click_start(qtbot, dialog)
    dialog.close()
    assert (dialog.isVisible(), jobs.made[0].cancelled, asked) == (False, True, [])


@pytest.mark.parametrize(
    ("button", "targets"),
    [
        (QMessageBox.StandardButton.No, ["b.srt"]),
        (QMessageBox.StandardButton.Yes, ["a.srt", "b.srt"]),
    ],
)
def test_captions_beside_the_videos_of_a_folder_are_replaced_only_after_a_question(
    qtbot: QtBot, dialog: CaptionFileDialog, jobs: FakeJobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    button: QMessageBox.StandardButton, targets: list[str],
) -> None:  # fmt: skip
    folder = tmp_path / "talks"
    folder.mkdir()
    for name in ("a.mp4", "a.srt", "b.mp4"):
        (folder / name).touch()
    dialog.open_videos([str(folder)])
    answer(monkeypatch, button)
    click_start(qtbot, dialog)
    for number, _ in enumerate(targets, 1):
        qtbot.waitUntil(lambda number=number: len(jobs.made) == number)
        jobs.made[-1].state = JobState("done", 1.0, lines=1)
    qtbot.waitUntil(dialog.start_button.isEnabled)
    assert [job.task.target.name for job in jobs.made] == targets


def test_a_failed_job_is_reported(
    qtbot: QtBot, dialog: CaptionFileDialog, jobs: FakeJobs, suggested: list[str]
) -> None:
    jobs.error = UserError("There is no model {model}. Available models: {known}.", model="x", known="y")
    click_start(qtbot, dialog)
    assert "no model x" in dialog.message_bar.text.text()
    jobs.error = None
    click_start(qtbot, dialog)
    jobs.made[0].state = JobState("failed", problem=UserError("No face was found."))
    qtbot.waitUntil(lambda: dialog.message_bar.text.text() == "No face was found.")
    assert dialog.message_bar.property("role") == "warning"


def test_an_operating_system_error_is_reported(
    qtbot: QtBot, dialog: CaptionFileDialog, jobs: FakeJobs, suggested: list[str]
) -> None:
    jobs.error = PermissionError(errno.EACCES, "Permission denied", "notes.mkv")
    click_start(qtbot, dialog)
    assert dialog.message_bar.text.text().startswith("Cannot use notes.mkv (Permission denied)")


def test_a_result_without_lines_is_shown_as_a_warning(
    qtbot: QtBot, dialog: CaptionFileDialog, jobs: FakeJobs, suggested: list[str]
) -> None:
    click_start(qtbot, dialog)
    silent = UserError("A face was found in {path}, but no speech.", path="talk.mkv")
    cut = UserError("It breaks off.")
    jobs.made[0].state = JobState("done", 1.0, lines=0, notes=(silent, cut))
    qtbot.waitUntil(dialog.message_bar.isVisible)
    assert dialog.message_bar.text.text() == str(silent)
    assert dialog.message_bar.property("role") == "warning"
    assert dialog.stage.text() == f"Done\n{cut}"


@pytest.mark.parametrize("name", ["gone.mp4", "x" * 300, "shut/talk.mp4"])
def test_a_missing_video_is_reported_before_a_target_is_asked_for(
    qtbot: QtBot,
    dialog: CaptionFileDialog,
    jobs: FakeJobs,
    suggested: list[str],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    def refuse(path: Path, **_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    if "/" in name:
        # Real permissions do not stop root, who may run the tests.
        monkeypatch.setattr(Path, "stat", refuse)
    dialog.video.setText(name)
    click_start(qtbot, dialog)
    assert f"no file {Path(name)}" in dialog.message_bar.text.text()
    assert suggested == []
    assert jobs.made == []


def test_quitting_from_the_menu_asks_whether_to_stop_a_running_job(
    open_desktop: Open, services: Services, video: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desktop = open_desktop()
    desktop.caption_file.run(CaptionTask(video, video.with_suffix(".srt"), "en"))
    answer(monkeypatch, QMessageBox.StandardButton.No)
    desktop.actions.quit.trigger()
    assert desktop.window.isVisible()
    answer(monkeypatch, QMessageBox.StandardButton.Yes)
    desktop.actions.quit.trigger()
    assert not desktop.window.isVisible()


def test_quitting_the_app_cancels_a_running_job(open_desktop: Open, services: Services, video: Path) -> None:
    desktop = open_desktop("talk.mp4")
    desktop.caption_file.run(CaptionTask(video, video.with_suffix(".srt"), "en"))
    desktop.window.close()
    desktop.finish()
    [job] = services.open_job.made
    assert job.state == JobState("cancelled")
