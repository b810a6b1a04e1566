"""The settings file survives crashes, other versions and damaged content."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from klipnet_live.settings import OverlaySettings, Settings
from klipnet_live.settings_file import LoadedSettings, load, save
from klipnet_live.types import UserError


def test_saved_settings_are_loaded_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    chosen = Settings(
        language="ko",
        text_scale=2.0,
        overlay=OverlaySettings(visible=True, mode="reading", geometry=(-10, 20, 300, 80)),
    )
    save(chosen, path)
    assert load(path).settings == chosen
    assert load(path).problem is None
    assert [entry.name for entry in path.parent.iterdir()] == ["settings.json"]


def test_without_a_file_the_defaults_are_used_without_a_message(tmp_path: Path) -> None:
    loaded = load(tmp_path / "settings.json")
    assert loaded.settings == Settings()
    assert loaded.problem is None


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"version": 99}', '{"text_scale": 900}', "\x00\x01", '{"language": "xx"}']
)
def test_a_broken_file_is_set_aside_with_a_message(tmp_path: Path, content: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(content, encoding="utf-8")
    loaded = load(path)
    assert loaded.settings == Settings(keep_transcripts=False), "outputs must stay off"
    assert "settings.json.broken" in str(loaded.problem)
    assert (tmp_path / "settings.json.broken").read_text(encoding="utf-8") == content
    assert load(path) == LoadedSettings(loaded.settings), "also at the next start"


def test_an_invalid_value_does_not_affect_others(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    good = {"keep_transcripts": True, "text_scale": 2.0, "overlay": {"lines": 2, "mode": "reading"}}
    bad = {"caption_points": -1, "theme": [], "overlay": good["overlay"] | {"geometry": "wide"}}
    path.write_text(json.dumps(good | bad), encoding="utf-8")
    kept = load(path).settings
    assert (kept.keep_transcripts, kept.text_scale, kept.overlay.lines) == (True, 2.0, 2)
    assert (kept.overlay.mode, kept.overlay.geometry, kept.theme) == ("reading", None, "system")


@pytest.mark.parametrize(
    "text",
    ["false", '"never"', "null", "[" * 5000 + "]" * 5000, "NaN", "9" * 5000],
    ids=lambda text: text[:6],
)
def test_a_damaged_opt_out_keeps_transcripts_off(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(f'{{"version": 2, "text_scale": NaN, "keep_transcripts": {text}}}', encoding="utf-8")
    assert not load(path).settings.keep_transcripts
    assert not load(path).settings.keep_transcripts


def test_a_file_that_does_not_say_so_keeps_no_transcripts(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"version": 1, "keep_transcriqts": false, "text_scale": 2.0}', encoding="utf-8")
    loaded = load(path)
    assert loaded.problem is None
    assert (loaded.settings.keep_transcripts, loaded.settings.text_scale) == (False, 2.0)


def test_copies_of_damaged_files_do_not_overwrite_each_other(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    for content in ("{first", "{second", "{second", "{third"):
        path.write_text(content, encoding="utf-8")
        load(path)
    kept = {aside.read_text(encoding="utf-8") for aside in tmp_path.glob("*.broken*")}
    assert kept == {"{first", "{second", "{third"}


def test_a_window_saves_only_its_own_changes(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    save(Settings(), path)
    one = other = load(path).settings
    save(one.model_copy(update={"keep_transcripts": False}), path, one)
    path.write_text(path.read_text("utf-8").replace("{", '{"of a newer app": 1,', 1), encoding="utf-8")
    save(other.model_copy(update={"text_scale": 2.0}), path, other)
    assert (load(path).settings.keep_transcripts, load(path).settings.text_scale) == (False, 2.0)
    assert json.loads(path.read_text("utf-8"))["of a newer app"] == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_a_pipe_in_place_of_the_file_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    os.mkfifo(path)
    assert str(path) in str(load(path).problem)


def test_a_path_that_is_not_unicode_can_be_saved(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    save(Settings(source="\udcff.mp4", text_scale=2.0), path)
    assert load(path).settings.text_scale == 2.0


def test_keys_of_a_newer_app_are_ignored(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"version": 1, "language": "ko", "hologram": True}), encoding="utf-8")
    loaded = load(path)
    assert loaded.problem is None
    assert loaded.settings.language == "ko"


def test_a_folder_in_place_of_the_file_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.mkdir()
    loaded = load(path)
    assert loaded.settings == Settings(keep_transcripts=False)
    assert str(path) in str(loaded.problem)


def test_a_failed_save_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "settings.json"
    save(Settings(language="ko"), path)

    def no_space(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("klipnet_live.atomic_file.os.fsync", no_space)
    with pytest.raises(UserError, match="No space left on device"):
        save(Settings(language="en"), path)
    assert load(path).settings.language == "ko"


def test_a_file_where_the_folder_should_be_is_a_user_error(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("", encoding="utf-8")
    with pytest.raises(UserError, match="Cannot save"):
        save(Settings(), tmp_path / "folder" / "settings.json")
