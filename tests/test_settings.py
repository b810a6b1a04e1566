"""The settings file survives crashes, other versions and broken contents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from klipnet_live.settings import OverlaySettings, Settings, load, save
from klipnet_live.types import UserError


def test_settings_come_back_as_they_were_saved(tmp_path: Path) -> None:
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


def test_without_a_file_the_defaults_are_used_in_silence(tmp_path: Path) -> None:
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
    assert loaded.settings == Settings()
    assert "settings.json.broken" in str(loaded.problem)
    assert not path.exists()
    assert (tmp_path / "settings.json.broken").read_text(encoding="utf-8") == content


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
    assert loaded.settings == Settings()
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
    with pytest.raises(UserError, match="cannot be saved"):
        save(Settings(), tmp_path / "folder" / "settings.json")
