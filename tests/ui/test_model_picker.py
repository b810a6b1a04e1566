"""Choosing a model, and the text about which words it reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from klipnet_live.assets import MODELS
from klipnet_live.settings import Settings
from klipnet_live.settings_file import load, save
from klipnet_live.types import UserError
from klipnet_live.ui.core.controller import Request
from klipnet_live.ui.core.settings_store import SettingsStore
from klipnet_live.ui.main_window.control_panel import ControlPanel
from klipnet_live.ui.models.model_list import ModelChoice, list_models
from klipnet_live.ui.onboarding.pages import LanguagePage
from klipnet_live.ui.sources.catalogue import Catalogue, CatalogueReader
from klipnet_live.ui.sources.picker import SourcePicker
from tests.ui.choosing import choose_text

OPEN = ModelChoice("open", "open", "en")
FEW = ModelChoice("few", "few", "ko", ("빨강", "사", "축구", "학생"))


@pytest.fixture
def panel(qtbot: QtBot, qapp: QApplication) -> ControlPanel:
    controls = ControlPanel(SourcePicker(CatalogueReader(Catalogue)), (*list_models(), OPEN, FEW))
    qtbot.addWidget(controls)
    controls.choose("talk.mp4", "en", None)
    return controls


def choose_folder(panel: ControlPanel, monkeypatch: pytest.MonkeyPatch, folder: Path | str) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    choose_text(panel.models, "Choose a folder…")


def test_the_words_of_the_model_are_shown(panel: ControlPanel) -> None:
    assert panel.vocabulary.text() == "Reads 51 words only, such as eight, one, soon."
    assert ", bin, blue, by, " in panel.vocabulary.toolTip()
    panel.choose("talk.mp4", "ko", None)
    assert panel.vocabulary.text().startswith("Reads 12 words only")
    choose_text(panel.models, "few")
    assert panel.vocabulary.text() == "Reads 4 words only, such as 빨강, 축구, 학생."


def test_no_words_are_shown_for_a_model_with_an_open_vocabulary(panel: ControlPanel) -> None:
    choose_text(panel.models, "open")
    assert panel.vocabulary.isHidden()


def test_choosing_a_model_folder_switches_to_its_language(
    panel: ControlPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    requested: list[Request] = []
    panel.chosen.connect(requested.append)
    folder = str(MODELS / "ko-seed")
    choose_folder(panel, monkeypatch, folder)
    assert requested == [Request("talk.mp4", "ko", folder)]
    assert panel.models.currentText() == "ko-seed"


def test_a_folder_without_a_model_is_reported_and_changes_nothing(
    panel: ControlPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    problems: list[UserError] = []
    panel.models.problem.connect(problems.append)
    choose_folder(panel, monkeypatch, tmp_path)
    assert "is not a model folder" in str(problems[0])
    choose_folder(panel, monkeypatch, "")
    assert len(problems) == 1
    assert panel.models.currentText() == "Automatic"


def test_the_guide_shows_how_many_words_the_model_of_the_language_reads(qtbot: QtBot, tmp_path: Path) -> None:
    save(Settings(language="en"), tmp_path / "settings.json")
    settings_store = SettingsStore(tmp_path / "settings.json")
    page = LanguagePage(settings_store, list_models())
    qtbot.addWidget(page)
    assert "51 words" in page.limits.text()
    page.read_language.setCurrentIndex(page.read_language.findData("ko"))
    page.read_language.activated.emit(page.read_language.currentIndex())
    assert "12 words" in page.limits.text()
    settings_store.flush()
    assert load(tmp_path / "settings.json").settings.language == "ko"
