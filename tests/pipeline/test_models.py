"""Models are found by name, by path and by language."""

from __future__ import annotations

import logging
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from klipnet_live.assets import MODELS
from klipnet_live.lips.alphabet import alphabet_for
from klipnet_live.manifest import FILE_NAME, Manifest, load_manifest, write_manifest
from klipnet_live.pipeline import models as models_module
from klipnet_live.pipeline.models import find_model
from klipnet_live.types import UserError


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shipped manifests, and before them, in the order of their names, a damaged one."""
    for name in ("en-grid", "ko-seed"):
        (tmp_path / name).mkdir()
        shutil.copy(MODELS / name / FILE_NAME, tmp_path / name)
    (tmp_path / "a-damaged").mkdir()
    (tmp_path / "a-damaged" / FILE_NAME).write_text("{", encoding="utf-8")
    monkeypatch.setattr(models_module, "MODELS", tmp_path)
    return tmp_path


def test_a_damaged_folder_is_left_out_and_named_once(models: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert find_model(None, "en") == models / "en-grid"
        assert find_model(None, None) == models / "en-grid"
        assert find_model(None, "ko") == models / "ko-seed"
    (said,) = caplog.messages
    assert f"{models / 'a-damaged' / FILE_NAME} is damaged" in said


def test_a_damaged_folder_that_was_asked_for_is_found(models: Path) -> None:
    assert find_model("a-damaged", None) == models / "a-damaged"


def test_a_language_without_a_model_is_told(models: Path) -> None:
    shutil.rmtree(models / "ko-seed")
    with pytest.raises(UserError, match="no model for language ko"):
        find_model(None, "ko")


def test_a_korean_model_is_found_however_it_writes(models: Path) -> None:
    write_manifest(models / "ko-seed", syllables(load_manifest(models / "ko-seed", verify=False)))
    assert find_model(None, "ko") == models / "ko-seed"


def syllables(manifest: Manifest) -> Manifest:
    language = "ko-syllables"
    return replace(manifest, language=language, symbols=alphabet_for(language).symbols)


def test_a_path_names_a_model(models: Path, tmp_path: Path) -> None:
    assert find_model(str(tmp_path / "ko-seed"), None) == tmp_path / "ko-seed"
    with pytest.raises(UserError, match="no model nobody; there are: a-damaged, en-grid, ko-seed"):
        find_model("nobody", None)
