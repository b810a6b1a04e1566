"""Choosing the sentences that a speaker may say."""

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
from klipnet_live.ui.models.model_list import ModelChoice
from klipnet_live.ui.sources.catalogue import Catalogue, CatalogueReader
from klipnet_live.ui.sources.picker import SourcePicker
from tests.ui.choosing import choose_row

ANY, TRAINING_SENTENCES, ASK_ONLY, ASK_LIKELY = range(4)


@pytest.fixture
def panel(qtbot: QtBot, qapp: QApplication) -> ControlPanel:
    sources = SourcePicker(CatalogueReader(Catalogue))
    models = [ModelChoice(name, name, name[:2]) for name in ("en-grid", "ko-seed")]
    controls = ControlPanel(sources, models)
    qtbot.addWidget(controls)
    controls.choose("talk.mp4", "en", None)
    return controls


@pytest.fixture
def requests(panel: ControlPanel) -> list[Request]:
    requested: list[Request] = []
    panel.chosen.connect(requested.append)
    return requested


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_training_sentences_are_a_valid_grammar(panel: ControlPanel, language: str) -> None:
    panel.grammars.set_value(None, language)
    choose_row(panel.grammars, TRAINING_SENTENCES)
    assert panel.grammars.value is not None
    load_grammar(Path(panel.grammars.value), alphabet_for(language))


def test_a_phrase_list_can_be_the_only_allowed_text(
    panel: ControlPanel, requests: list[Request], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("lists/standup.txt", ""))
    choose_row(panel.grammars, ASK_ONLY)
    assert Phrases.parse(requests[-1].grammar) == Phrases(Path("lists/standup.txt"))
    assert panel.grammars.currentText() == "Only: standup.txt"
    choose_row(panel.grammars, ANY)
    assert requests[-1].grammar is None


def test_a_phrase_list_can_be_preferred_to_other_text(
    panel: ControlPanel, requests: list[Request], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("lists/standup.txt", ""))
    choose_row(panel.grammars, ASK_LIKELY)
    assert Phrases.parse(requests[-1].grammar) == Phrases(Path("lists/standup.txt"), only=False)
    assert panel.grammars.currentText() == "Preferred: standup.txt"


def test_cancelling_the_file_dialog_changes_nothing(
    panel: ControlPanel, requests: list[Request], monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_row(panel.grammars, TRAINING_SENTENCES)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    choose_row(panel.grammars, ASK_ONLY)
    assert len(requests) == 1
    assert panel.grammars.currentIndex() == TRAINING_SENTENCES


def test_another_language_drops_the_grammar(panel: ControlPanel, requests: list[Request]) -> None:
    choose_row(panel.grammars, TRAINING_SENTENCES)
    panel.languages.setCurrentIndex(panel.languages.findData("ko"))
    panel.languages.activated.emit(panel.languages.currentIndex())
    assert requests[-1] == Request("talk.mp4", "ko", None, None)
