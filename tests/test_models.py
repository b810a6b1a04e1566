"""Models are found by name, path and language."""

from __future__ import annotations

import logging
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from klipnet_live import models as models_module
from klipnet_live.assets import MODELS
from klipnet_live.lips.alphabet import alphabet_for
from klipnet_live.manifest import FILE_NAME, Manifest, load_manifest, write_manifest
from klipnet_live.models import find_model, model_folders
from klipnet_live.types import UserError


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shipped manifests, with a damaged one before them in name order, and no others."""
    shipped = tmp_path / "shipped"
    for name in ("en-grid", "ko-seed"):
        put(shipped, name)
    (shipped / "a-damaged").mkdir()
    (shipped / "a-damaged" / FILE_NAME).write_text("{", encoding="utf-8")
    monkeypatch.setattr(models_module, "MODELS", shipped)
    monkeypatch.setattr(models_module, "user_models", lambda: tmp_path / "data" / "models")
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return shipped


def put(place: Path, name: str, copied: str | None = None) -> Path:
    """A folder with a copy of a shipped manifest."""
    (place / name).mkdir(parents=True)
    shutil.copy(MODELS / (copied or name) / FILE_NAME, place / name)
    return place / name


def test_a_damaged_folder_is_skipped_and_named_once(models: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert find_model(None, "en") == models / "en-grid"
        assert find_model(None, None) == models / "en-grid"
        assert find_model(None, "ko") == models / "ko-seed"
    (message,) = caplog.messages
    assert f"{models / 'a-damaged' / FILE_NAME} is damaged" in message


def test_a_requested_damaged_folder_is_found(models: Path) -> None:
    assert find_model("a-damaged", None) == models / "a-damaged"


def test_a_language_without_a_model_is_reported(models: Path) -> None:
    shutil.rmtree(models / "ko-seed")
    with pytest.raises(UserError, match="no model for language ko"):
        find_model(None, "ko")


def test_a_korean_model_is_found_with_any_alphabet(models: Path) -> None:
    write_manifest(models / "ko-seed", syllables(load_manifest(models / "ko-seed", verify=False)))
    assert find_model(None, "ko") == models / "ko-seed"


def syllables(manifest: Manifest) -> Manifest:
    language = "ko-syllables"
    return replace(manifest, language=language, symbols=alphabet_for(language).symbols)


def test_a_model_is_found_by_its_path(models: Path) -> None:
    assert find_model(str(models / "ko-seed"), None) == models / "ko-seed"
    with pytest.raises(UserError, match=r"no model nobody\. Available models: a-damaged, en-grid, ko-seed"):
        find_model("nobody", None)


def test_models_of_the_user_are_found_by_name(models: Path, tmp_path: Path) -> None:
    kept = put(tmp_path / "data" / "models", "kept", "ko-seed")
    assert find_model("kept", None) == kept
    with pytest.raises(UserError, match=": a-damaged, en-grid, ko-seed, kept"):
        find_model("nobody", None)


def test_models_in_the_working_directory_are_found_only_by_path(models: Path, tmp_path: Path) -> None:
    exported = put(tmp_path / "work" / "models", "mine", "en-grid")
    assert exported not in [folder.resolve() for folder in model_folders()]
    assert find_model("models/mine", None).resolve() == exported
    with pytest.raises(UserError, match="no model mine"):
        find_model("mine", None)


def test_shipped_models_are_preferred_for_a_language(models: Path, tmp_path: Path) -> None:
    put(tmp_path / "data" / "models", "a-mine", "en-grid")
    assert find_model(None, "en") == models / "en-grid"


def test_an_impossible_folder_name_is_no_model(models: Path) -> None:
    with pytest.raises(UserError, match="no model"):
        find_model("x" * 300, None)
