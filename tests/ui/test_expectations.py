"""The bar that says how few words a model knows, and what would help."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from klipnet_live.ui.models.expectations import ExpectationBar
from klipnet_live.ui.models.model_list import ModelChoice
from tests.ui.conftest import Open

FEW = ModelChoice("few", "few", "en", ("bin", "blue"), 1)


def test_the_bar_is_shown_only_for_a_model_of_few_words(qtbot: QtBot) -> None:
    bar = ExpectationBar()
    qtbot.addWidget(bar)
    bar.show_model(FEW)
    assert "2 words of one person" in bar.text.text()
    assert not bar.isHidden()
    bar.show_model(ModelChoice("some", "some", "en", ("bin", "blue"), 4))
    assert "2 words of 4 people" in bar.text.text()
    bar.show_model(ModelChoice("any", "any", "en"))
    assert bar.isHidden()


def test_the_menu_offers_what_helps(qtbot: QtBot) -> None:
    opened: list[str] = []
    bar = ExpectationBar()
    qtbot.addWidget(bar)
    bar.show_model(FEW)
    assert bar.button.isHidden(), "there is nothing to offer yet"
    bar.add_help(lambda: "Own phrases…", lambda: opened.append("phrases"))
    bar.add_help(lambda: "Sound…", lambda: opened.append("sound"))
    assert bar.helps == ["Own phrases…", "Sound…"]
    bar.button.menu().actions()[1].trigger()
    assert opened == ["sound"]
    QApplication.sendEvent(bar, QEvent(QEvent.Type.LanguageChange))
    assert bar.helps == ["Own phrases…", "Sound…"]


def test_the_bar_is_shown_before_and_during_captions(open_desktop: Open) -> None:
    desktop = open_desktop()
    before, during = desktop.window.expectations
    assert before.isVisible()
    assert "51 words of 4 people" in before.text.text()
    desktop.window.start_source("screen:0,0,320,200")
    assert during.isVisible()
    assert "51 words of 4 people" in during.text.text()
    desktop.window.controls.choose(None, "ko", None)
    assert "12 words of one person" in during.text.text()


def test_the_first_offer_shows_the_choice_of_sentences(open_desktop: Open) -> None:
    desktop = open_desktop()
    before, _ = desktop.window.expectations
    before.button.menu().actions()[0].trigger()
    assert desktop.window.controls.grammars.isVisible()
