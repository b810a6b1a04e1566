"""What is read at the start: what was asked for, and of the last time only what still fits."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from klipnet_live.assets import MODELS
from klipnet_live.settings import Settings, load, save
from klipnet_live.ui.app import first_choice as first_choice_module
from klipnet_live.ui.app.first_choice import first_choice
from klipnet_live.ui.core.services import StartChoice
from klipnet_live.ui.sources.catalogue import Catalogue, demo_in
from tests.ui.conftest import Open
from tests.ui.fakes import FakeFactory

ENGLISH, KOREAN = demo_in("en"), demo_in("ko")
KEPT = {"source": "talk.mp4", "language": "en", "model": "en-grid", "grammar": "standup.txt"}


def chosen(asked: StartChoice, **kept: object) -> tuple[str | None, ...]:
    """Source, language, model and grammar, after a last time that left `kept`."""
    found = first_choice(asked, Settings.model_validate({"guide_done": True, **KEPT, **kept}))
    return found["source"], found["language"], found["model"], found["grammar"]


def test_without_a_wish_it_is_as_the_last_time() -> None:
    assert chosen(StartChoice()) == ("talk.mp4", "en", "en-grid", "standup.txt")


def test_another_source_is_read_as_the_last_one_was() -> None:
    assert chosen(StartChoice("camera:1")) == ("camera:1", "en", "en-grid", "standup.txt")


def test_a_demo_changes_nothing_for_the_next_meeting() -> None:
    assert chosen(StartChoice(KOREAN)) == (KOREAN, "en", "en-grid", "standup.txt")
    assert chosen(StartChoice(ENGLISH)) == (ENGLISH, "en", "en-grid", "standup.txt")


def test_another_language_leaves_model_and_grammar_behind() -> None:
    assert chosen(StartChoice(language="ko")) == ("talk.mp4", "ko", None, None)
    assert chosen(StartChoice(language="en")) == ("talk.mp4", "en", "en-grid", "standup.txt")


def test_a_remembered_demo_gives_way_to_that_of_the_language() -> None:
    assert chosen(StartChoice(language="ko"), source=ENGLISH) == (KOREAN, "ko", None, None)


def test_a_model_decides_the_language() -> None:
    assert chosen(StartChoice(model="ko-seed")) == ("talk.mp4", "ko", "ko-seed", None)
    shipped = str(MODELS / "ko-seed")
    assert chosen(StartChoice(model=shipped, language="en")) == ("talk.mp4", "ko", "ko-seed", None)
    assert chosen(StartChoice(model="en-grid"), model=None) == ("talk.mp4", "en", "en-grid", "standup.txt")


def test_a_model_elsewhere_is_remembered_by_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(MODELS / "ko-seed", tmp_path / "mine", ignore=shutil.ignore_patterns("*.onnx"))
    monkeypatch.chdir(tmp_path)
    assert chosen(StartChoice(model="mine")) == ("talk.mp4", "ko", str(tmp_path / "mine"), None)


def test_a_damaged_model_decides_nothing(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{", encoding="utf-8")
    for language in (None, "fr"):
        asked = StartChoice(model=str(tmp_path), language=language)
        assert chosen(asked) == ("talk.mp4", "en", str(tmp_path), "standup.txt")


def test_at_the_first_start_a_korean_desktop_reads_korean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_choice_module, "effective_language", lambda _: "ko")
    first = {"guide_done": False, "source": None, "model": None, "grammar": None}
    assert chosen(StartChoice(), **first) == (None, "ko", None, None)
    assert chosen(StartChoice(ENGLISH), **first) == (ENGLISH, "ko", None, None)
    assert chosen(StartChoice(language="en"), **first) == (None, "en", None, None)


def test_the_english_demo_is_read_in_english_after_korean(
    settings_path: Path, open_desktop: Open, factory: FakeFactory
) -> None:
    save(Settings(guide_done=True, interface_language="en", language="ko", model="ko-seed"), settings_path)
    desktop = open_desktop(ENGLISH)
    assert (factory.made[0].language, factory.made[0].model) == ("en", None)
    assert desktop.window.controls.languages.currentData() == "en"


@pytest.mark.parametrize("path", [KOREAN, os.path.relpath(str(KOREAN))])
def test_after_a_demo_a_meeting_is_read_as_before_it(
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
    desktop.keeper.flush()
    stored = load(settings_path).settings
    assert (stored.language, stored.model) == ("en", "en-grid")


def test_a_language_that_the_user_chooses_over_a_demo_is_kept(
    settings_path: Path, open_desktop: Open
) -> None:
    save(Settings(guide_done=True, interface_language="en", language="en"), settings_path)
    desktop = open_desktop(KOREAN)
    languages = desktop.window.controls.languages
    languages.setCurrentIndex(languages.findData("ko"))
    languages.activated.emit(languages.currentIndex())
    assert desktop.keeper.settings.language == "ko"


def test_the_language_asked_for_stays_where_nothing_is_read_yet(
    settings_path: Path, open_desktop: Open, factory: FakeFactory
) -> None:
    desktop = open_desktop(catalogue=Catalogue(), language="ko")
    desktop.keeper.change(text_scale=1.2)
    assert desktop.window.controls.languages.currentData() == "ko"
    desktop.keeper.flush()
    assert load(settings_path).settings.language == "ko"
