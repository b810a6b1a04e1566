"""What the window says of a model that knows few words, and what it offers."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from klipnet_live.ui.models.expectations import ExpectationBar
from klipnet_live.ui.models.model_list import ModelChoice
from tests.ui.conftest import Open

FEW = ModelChoice("few", "few", "en", ("bin", "blue"), 1)


def test_a_model_of_few_words_says_so_and_one_of_any_words_says_nothing(qtbot: QtBot) -> None:
    bar = ExpectationBar()
    qtbot.addWidget(bar)
    bar.show_model(FEW)
    assert "2 words of one person" in bar.text.text()
    assert not bar.isHidden()
    bar.show_model(ModelChoice("some", "some", "en", ("bin", "blue"), 4))
    assert "2 words of 4 people" in bar.text.text()
    bar.show_model(ModelChoice("any", "any", "en"))
    assert bar.isHidden()


def test_what_helps_is_one_click_away(qtbot: QtBot) -> None:
    begun: list[str] = []
    bar = ExpectationBar()
    qtbot.addWidget(bar)
    bar.show_model(FEW)
    assert bar.button.isHidden(), "nothing helps yet"
    bar.add_help(lambda: "Own phrases…", lambda: begun.append("phrases"))
    bar.add_help(lambda: "Sound…", lambda: begun.append("sound"))
    assert bar.helps == ["Own phrases…", "Sound…"]
    bar.button.menu().actions()[1].trigger()
    assert begun == ["sound"]
    QApplication.sendEvent(bar, QEvent(QEvent.Type.LanguageChange))
    assert bar.helps == ["Own phrases…", "Sound…"]


def test_the_window_says_it_before_and_while_captions_run(open_desktop: Open) -> None:
    desktop = open_desktop()
    before, meanwhile = desktop.window.expectations
    assert before.isVisible()
    assert "51 words of 4 people" in before.text.text()
    desktop.window.start_source("screen:0,0,320,200")
    assert meanwhile.isVisible()
    assert "51 words of 4 people" in meanwhile.text.text()
    desktop.window.controls.choose(None, "ko", None)
    assert "12 words of one person" in meanwhile.text.text()


def test_hints_are_offered_where_they_are_chosen(open_desktop: Open) -> None:
    desktop = open_desktop()
    before, _ = desktop.window.expectations
    before.button.menu().actions()[0].trigger()
    assert desktop.window.controls.grammars.isVisible()
