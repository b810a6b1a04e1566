"""The words that a model is said to know."""

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


def test_they_are_those_of_the_clips_that_it_trains_with(folder: Path) -> None:
    assert words_of(config_from({"data": [{"folder": str(folder)}]})) == ("bin", "blue", "now")


def test_a_run_that_divides_its_clips_anew_may_know_all(folder: Path) -> None:
    config = config_from({"data": [{"folder": str(folder)}], "split": {"scenario": "random_split"}})
    assert words_of(config) == ("bin", "blue", "lay", "now", "red", "set")


def test_an_open_vocabulary_and_one_that_is_gone_name_none(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert words_of(config_from({"data": [{"folder": str(folder / "gone")}]})) == ()
    monkeypatch.setattr(vocabulary, "MOST_WORDS", 2)
    assert words_of(config_from({"data": [{"folder": str(folder)}]})) == ()


def test_the_words_of_the_model_that_a_run_began_with_are_known_too(folder: Path) -> None:
    words = words_of(config_from({"data": [{"folder": str(folder)}], "start_from": "en-grid"}))
    assert {"bin", "seven", "please", "z"} < set(words)
    assert len(words) == 51
    other = config_from({"data": [{"folder": str(folder)}], "start_from": "en-grid", "language": "ko"})
    assert words_of(other) == ("bin", "blue", "now")
    gone = config_from({"data": [{"folder": str(folder)}], "start_from": str(folder / "no-run")})
    assert words_of(gone) == ()
