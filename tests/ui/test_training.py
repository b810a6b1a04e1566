"""The dialog “Train a model of your own”, over a fake run. tests/recording/ trains for real."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from klipnet_live.recording import training
from klipnet_live.recording.training import ComparedSentence, TrainingResult, TrainingState, TrainingTask
from klipnet_live.types import UserError
from klipnet_live.ui.training.dialog import TrainingDialog, TrainingOffer

RESULT = TrainingResult(
    Path("model/me-en"),
    6,
    2,
    5,
    (ComparedSentence("good morning", "bin now", "good morning"), ComparedSentence("a", "", "b")),
)


class FakeRun:
    """A training run whose state is set by the test."""

    def __init__(self, task: TrainingTask) -> None:
        self.task, self.state, self.stopped = task, TrainingState(), False

    def start(self) -> None:
        self.state = TrainingState("training", 10, 40, 600.0)

    def stop(self) -> None:
        self.stopped = True

    def join(self, timeout_s: float) -> bool:
        return True


@pytest.fixture
def runs() -> list[FakeRun]:
    return []


def open_dialog(qtbot: QtBot, runs: list[FakeRun], *, installed: bool = True) -> TrainingDialog:
    def open_run(task: TrainingTask) -> FakeRun:
        runs.append(FakeRun(task))
        return runs[-1]

    dialog = TrainingDialog(open_run=open_run, is_installed=lambda: installed)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    dialog.offer(TrainingOffer(lambda: TrainingTask(Path("r"), Path("w"), "me-en"), 12))
    return dialog


def test_progress_and_comparison_are_shown_and_the_model_can_be_used(
    qtbot: QtBot, runs: list[FakeRun], monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = open_dialog(qtbot, runs)
    dialog.train_button.click()
    assert dialog.state_text.text() == "Training: 25 %, at most 10 minutes left"
    assert dialog.progress.value() > 0
    runs[0].state = TrainingState("done", result=RESULT)
    qtbot.waitUntil(dialog.use_button.isVisible)
    assert "5" in dialog.result_text.text()
    assert "2" in dialog.result_text.text()
    shown = [dialog.readings.item(0, column) for column in range(3)]
    assert [cell.text() if cell else "" for cell in shown] == ["good morning", "bin now", "✓ good morning"]
    adopted: list[Path] = []
    monkeypatch.setattr(training, "adopt", lambda model: adopted.append(model) or model.name)
    with qtbot.waitSignal(dialog.model_requested) as wanted:
        dialog.use_button.click()
    assert wanted.args == ["me-en"]
    assert adopted == [RESULT.model]


def test_a_model_that_is_no_better_is_not_offered(qtbot: QtBot, runs: list[FakeRun]) -> None:
    dialog = open_dialog(qtbot, runs)
    for result in (replace(RESULT, after=2), replace(RESULT, rival=2)):
        dialog.offer(TrainingOffer(lambda: TrainingTask(Path("r"), Path("w"), "me-en"), 12))
        dialog.train_button.click()
        runs[-1].state = TrainingState("done", result=result)
        qtbot.waitUntil(lambda: not dialog.running and dialog.result_text.isVisible())
        assert not dialog.use_button.isVisible()


def test_training_goes_on_while_the_dialog_is_closed_and_can_be_stopped(
    qtbot: QtBot, runs: list[FakeRun]
) -> None:
    dialog = open_dialog(qtbot, runs)
    dialog.train_button.click()
    dialog.reject()
    assert dialog.running
    assert not runs[0].stopped
    with qtbot.waitSignal(dialog.finished_in_background) as signal:
        runs[0].state = TrainingState("done", result=RESULT)
    assert "reads 5" in signal.args[0]
    dialog.offer(TrainingOffer(lambda: TrainingTask(Path("r"), Path("w"), "me-en"), 12))
    dialog.train_button.click()
    dialog.stop_button.click()
    assert runs[1].stopped
    runs[1].state = TrainingState("stopped")
    qtbot.waitUntil(dialog.train_button.isVisible)
    assert dialog.state_text.text()


def test_a_mistake_is_reported_and_no_training_starts(qtbot: QtBot, runs: list[FakeRun]) -> None:
    dialog = open_dialog(qtbot, runs)

    def prepare() -> TrainingTask:
        raise UserError(
            "Training needs {least} phrases with at least two takes each: record some more.", least=4
        )

    dialog.offer(TrainingOffer(prepare, 1, phrases=True))
    dialog.train_button.click()
    assert not runs
    assert "at least two takes each: record some more" in dialog.message_bar.text.text()


def test_without_the_training_package_the_install_command_is_shown(qtbot: QtBot, runs: list[FakeRun]) -> None:
    dialog = open_dialog(qtbot, runs, installed=False)
    assert not dialog.train_button.isEnabled()
    assert dialog.command.isVisible()
    dialog.copy_button.click()
    assert QApplication.clipboard().text() == training.install_command()
    assert "klipnet-live[train]" in training.install_command()
