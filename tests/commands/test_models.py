"""`klipnet-live models`, as its users run it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from klipnet_live.assets import MODELS
from klipnet_live.cli import main


@pytest.fixture
def own_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's own model, in the user's folder."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    folder = tmp_path / "klipnet-live" / "models" / "mine"
    shutil.copytree(MODELS / "ko-seed", folder)
    return folder


def printed(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def test_the_list_shows_language_words_size_licence_and_accuracy(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models"]) == 0
    listed = printed(capsys)
    for expected in ("en-grid", "51 words", "16 MB", "licence: CC BY 4.0", "measured on grid_s1 val: CER"):
        assert expected in listed


def test_a_changed_model_file_is_detected(own_model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "check"]) == 0
    with (own_model / "final.onnx").open("ab") as file:
        file.write(b"!")
    assert main(["models", "check"]) == 1
    assert "mine: " in printed(capsys)
    assert main(["models", "check", "en-grid"]) == 0


def test_only_the_models_of_the_user_can_be_removed(
    own_model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "path", "mine"]) == 0
    assert printed(capsys).strip() == str(own_model.resolve())
    assert main(["models", "remove", "mine", "en-grid"]) == 2
    assert own_model.exists()
    assert main(["models", "remove", "mine"]) == 0
    assert not own_model.exists()
    assert main(["models", "remove", "mine"]) == 1
