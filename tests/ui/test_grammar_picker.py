"""The sentences of a meeting are chosen in the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from klipnet_live.decoding.grammar import load_grammar
from klipnet_live.lips.alphabet import alphabet_for
from klipnet_live.types import Phrases
from klipnet_live.ui.core.controller import Request
from klipnet_live.ui.main_window.control_panel import ControlPanel
from klipnet_live.ui.models.grammar_picker import GrammarPicker
from klipnet_live.ui.models.model_list import ModelChoice
from klipnet_live.ui.sources.catalogue import Catalogue, CatalogueReader
from klipnet_live.ui.sources.picker import SourcePicker

ANY, TRAINED, ASK_ONLY, ASK_LIKELY = range(4)


def take(picker: GrammarPicker, row: int) -> None:
    picker.setCurrentIndex(row)
    picker.activated.emit(row)


@pytest.fixture
def panel(qtbot: QtBot, qapp: QApplication) -> ControlPanel:
    sources = SourcePicker(CatalogueReader(Catalogue))
    models = [ModelChoice(name, name, name[:2]) for name in ("en-grid", "ko-seed")]
    made = ControlPanel(sources, models)
    qtbot.addWidget(made)
    made.choose("talk.mp4", "en", None)
    return made


@pytest.fixture
def requests(panel: ControlPanel) -> list[Request]:
    chosen: list[Request] = []
    panel.chosen.connect(chosen.append)
    return chosen


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_trained_sentences_are_a_grammar_of_the_language(panel: ControlPanel, language: str) -> None:
    panel.grammars.set_value(None, language)
    take(panel.grammars, TRAINED)
    assert panel.grammars.value is not None
    load_grammar(Path(panel.grammars.value), alphabet_for(language))


def test_a_phrase_list_of_the_user_is_read_by(
    panel: ControlPanel, requests: list[Request], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("lists/standup.txt", ""))
    take(panel.grammars, ASK_ONLY)
    assert Phrases.parse(requests[-1].grammar) == Phrases(Path("lists/standup.txt"))
    assert panel.grammars.currentText() == "Only: standup.txt"
    take(panel.grammars, ANY)
    assert requests[-1].grammar is None


def test_the_phrases_of_a_list_may_be_likelier_than_others(
    panel: ControlPanel, requests: list[Request], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("lists/standup.txt", ""))
    take(panel.grammars, ASK_LIKELY)
    assert Phrases.parse(requests[-1].grammar) == Phrases(Path("lists/standup.txt"), only=False)
    assert panel.grammars.currentText() == "Preferred: standup.txt"


def test_leaving_the_file_dialog_changes_nothing(
    panel: ControlPanel, requests: list[Request], monkeypatch: pytest.MonkeyPatch
) -> None:
    take(panel.grammars, TRAINED)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    take(panel.grammars, ASK_ONLY)
    assert len(requests) == 1
    assert panel.grammars.currentIndex() == TRAINED


def test_another_language_is_read_in_any_words(panel: ControlPanel, requests: list[Request]) -> None:
    take(panel.grammars, TRAINED)
    panel.languages.setCurrentIndex(panel.languages.findData("ko"))
    panel.languages.activated.emit(panel.languages.currentIndex())
    assert requests[-1] == Request("talk.mp4", "ko", None, None)
