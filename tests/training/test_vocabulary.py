"""The vocabulary of a run."""

from __future__ import annotations

from pathlib import Path

import pytest
from klipnet_training.config.schema import config_from
from klipnet_training.run import vocabulary
from klipnet_training.run.vocabulary import words_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = ("a\ts1\ttrain\tbin blue", "b\ts1\tval\tlay red", "c\ts1\ttrain\t* now bin", "d\ts1\ttest\tset")
    table = "\n".join(("path\tspeaker\tsplit\ttext", *rows))
    (tmp_path / "transcripts.tsv").write_text(table, encoding="utf-8")
    return tmp_path


def test_the_vocabulary_is_that_of_the_training_clips(folder: Path) -> None:
    assert words_of(config_from({"data": [{"folder": str(folder)}]})) == ("bin", "blue", "now")


def test_a_run_that_assigns_new_splits_may_know_all_words(folder: Path) -> None:
    config = config_from({"data": [{"folder": str(folder)}], "split": {"scenario": "random_split"}})
    assert words_of(config) == ("bin", "blue", "lay", "now", "red", "set")


def test_a_large_or_missing_vocabulary_is_empty(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert words_of(config_from({"data": [{"folder": str(folder / "gone")}]})) == ()
    monkeypatch.setattr(vocabulary, "MAX_WORDS", 2)
    assert words_of(config_from({"data": [{"folder": str(folder)}]})) == ()


def test_the_words_of_the_starting_model_are_included(folder: Path) -> None:
    words = words_of(config_from({"data": [{"folder": str(folder)}], "start_from": "en-grid"}))
    assert {"bin", "seven", "please", "z"} < set(words)
    assert len(words) == 51
    other = config_from({"data": [{"folder": str(folder)}], "start_from": "en-grid", "language": "ko"})
    assert words_of(other) == ("bin", "blue", "now")
    gone = config_from({"data": [{"folder": str(folder)}], "start_from": str(folder / "no-run")})
    assert words_of(gone) == ()
