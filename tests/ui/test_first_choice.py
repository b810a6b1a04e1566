"""What the app starts with: the request, completed from the last session where it still fits."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from klipnet_live.assets import MODELS
from klipnet_live.settings import Settings
from klipnet_live.settings_file import load, save
from klipnet_live.ui.app import first_choice as first_choice_module
from klipnet_live.ui.app.first_choice import first_choice
from klipnet_live.ui.core.services import StartChoice
from klipnet_live.ui.sources.catalogue import Catalogue, demo_in
from tests.ui.conftest import Open
from tests.ui.fakes import FakeFactory

ENGLISH, KOREAN = demo_in("en"), demo_in("ko")
KEPT = {"source": "talk.mp4", "language": "en", "model": "en-grid", "grammar": "standup.txt"}


def chosen(request: StartChoice, **kept: object) -> tuple[str | None, ...]:
    """Source, language, model and grammar for a request, after a session that stored `kept`."""
    choice = first_choice(request, Settings.model_validate({"guide_done": True, **KEPT, **kept}))
    return choice["source"], choice["language"], choice["model"], choice["grammar"]


def test_without_a_request_the_last_session_is_repeated() -> None:
    assert chosen(StartChoice()) == ("talk.mp4", "en", "en-grid", "standup.txt")


def test_another_source_keeps_language_model_and_grammar() -> None:
    assert chosen(StartChoice("camera:1")) == ("camera:1", "en", "en-grid", "standup.txt")


def test_a_demo_keeps_the_remembered_language_model_and_grammar() -> None:
    assert chosen(StartChoice(KOREAN)) == (KOREAN, "en", "en-grid", "standup.txt")
    assert chosen(StartChoice(ENGLISH)) == (ENGLISH, "en", "en-grid", "standup.txt")


def test_another_language_drops_model_and_grammar() -> None:
    assert chosen(StartChoice(language="ko")) == ("talk.mp4", "ko", None, None)
    assert chosen(StartChoice(language="en")) == ("talk.mp4", "en", "en-grid", "standup.txt")


def test_another_language_replaces_a_remembered_demo_by_its_own() -> None:
    assert chosen(StartChoice(language="ko"), source=ENGLISH) == (KOREAN, "ko", None, None)


def test_a_model_decides_the_language() -> None:
    assert chosen(StartChoice(model="ko-seed")) == ("talk.mp4", "ko", "ko-seed", None)
    shipped = str(MODELS / "ko-seed")
    assert chosen(StartChoice(model=shipped, language="en")) == ("talk.mp4", "ko", "ko-seed", None)
    assert chosen(StartChoice(model="en-grid"), model=None) == ("talk.mp4", "en", "en-grid", "standup.txt")


def test_a_model_outside_the_models_folder_is_remembered_by_its_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(MODELS / "ko-seed", tmp_path / "mine", ignore=shutil.ignore_patterns("*.onnx"))
    monkeypatch.chdir(tmp_path)
    assert chosen(StartChoice(model="mine")) == ("talk.mp4", "ko", str(tmp_path / "mine"), None)


def test_a_damaged_model_keeps_language_and_grammar(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{", encoding="utf-8")
    for language in (None, "fr"):
        request = StartChoice(model=str(tmp_path), language=language)
        assert chosen(request) == ("talk.mp4", "en", str(tmp_path), "standup.txt")


def test_the_first_start_uses_the_language_of_the_desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_choice_module, "effective_language", lambda _: "ko")
    first = {"guide_done": False, "source": None, "model": None, "grammar": None}
    assert chosen(StartChoice(), **first) == (None, "ko", None, None)
    assert chosen(StartChoice(ENGLISH), **first) == (ENGLISH, "ko", None, None)
    assert chosen(StartChoice(language="en"), **first) == (None, "en", None, None)


def test_the_english_demo_is_read_in_english_after_a_korean_session(
    settings_path: Path, open_desktop: Open, factory: FakeFactory
) -> None:
    save(Settings(guide_done=True, interface_language="en", language="ko", model="ko-seed"), settings_path)
    desktop = open_desktop(ENGLISH)
    assert (factory.made[0].language, factory.made[0].model) == ("en", None)
    assert desktop.window.controls.languages.currentData() == "en"


@pytest.mark.parametrize("path", [KOREAN, os.path.relpath(str(KOREAN))])
def test_a_meeting_after_a_demo_uses_the_language_and_model_from_before(
    qtbot: QtBot, settings_path: Path, open_desktop: Open, factory: FakeFactory, path: str
) -> None:
    kept = Settings(guide_done=True, interface_language="en", language="en", model="en-grid")
    save(kept, settings_path)
    desktop = open_desktop(path)
    assert (factory.made[0].language, factory.made[0].model) == ("ko", None)
    desktop.window.start_source("screen:0,0,640,360")
    factory.made[0].end()
    qtbot.waitUntil(lambda: len(factory.made) == 2)
    assert (factory.made[1].language, factory.made[1].model) == ("en", "en-grid")
    desktop.settings_store.flush()
    stored = load(settings_path).settings
    assert (stored.language, stored.model) == ("en", "en-grid")


def test_a_language_chosen_by_the_user_during_a_demo_is_kept(settings_path: Path, open_desktop: Open) -> None:
    save(Settings(guide_done=True, interface_language="en", language="en"), settings_path)
    desktop = open_desktop(KOREAN)
    languages = desktop.window.controls.languages
    languages.setCurrentIndex(languages.findData("ko"))
    languages.activated.emit(languages.currentIndex())
    assert desktop.settings_store.settings.language == "ko"


def test_the_requested_language_is_kept_before_any_source_is_read(
    settings_path: Path, open_desktop: Open, factory: FakeFactory
) -> None:
    desktop = open_desktop(catalogue=Catalogue(), language="ko")
    desktop.settings_store.change(text_scale=1.2)
    assert desktop.window.controls.languages.currentData() == "ko"
    desktop.settings_store.flush()
    assert load(settings_path).settings.language == "ko"
