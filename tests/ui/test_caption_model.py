"""The table of caption lines behind the panel: one row per line."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from klipnet_live.ui.captions.model import MAX_ROWS, CaptionModel
from klipnet_live.ui.captions.speakers import SpeakerBook
from klipnet_live.ui.core.controller import Request
from tests.ui.fakes import FakePipeline, caption


@pytest.fixture
def speakers(qapp: QApplication) -> SpeakerBook:
    return SpeakerBook()


@pytest.fixture
def model(speakers: SpeakerBook) -> CaptionModel:
    return CaptionModel(speakers)


def texts(model: CaptionModel) -> list[str]:
    """The text of every row: captions and session dividers."""
    rows = range(model.rowCount())
    return [model.item(row).text() if model.is_divider(row) else model.event_at(row).text for row in rows]


def test_all_events_of_a_line_update_one_row(model: CaptionModel) -> None:
    model.apply(caption("started", committed="", tentative="b"))
    model.apply(caption("changed", committed="bin", tentative=" bl"))
    model.apply(caption("completed", committed="bin blue"))
    assert texts(model) == ["bin blue"]


def test_open_lines_of_two_speakers_grow_independently(model: CaptionModel) -> None:
    model.apply(caption("started", line=1, speaker="1", committed="bin"))
    model.apply(caption("started", line=2, speaker="2", committed="set"))
    model.apply(caption("changed", line=1, speaker="1", committed="bin blue"))
    assert texts(model) == ["bin blue", "set"]


def test_a_line_that_ends_without_words_leaves_no_row(model: CaptionModel) -> None:
    model.apply(caption("started", line=1, committed="", tentative="x"))
    model.apply(caption("started", line=2, committed="set"))
    model.apply(caption("completed", line=1, committed="", tentative=" "))
    model.apply(caption("changed", line=2, committed="set red"))
    model.apply(caption("completed", line=3, committed=""))
    assert texts(model) == ["set red"]


def test_line_numbers_of_a_new_session_do_not_overwrite_old_rows(model: CaptionModel) -> None:
    model.apply(caption("changed", line=1, committed="old"))
    model.begin_session("camera · 11:20")
    model.apply(caption("changed", line=1, committed="new"))
    assert texts(model) == ["old", "camera · 11:20", "new"]


def test_a_divider_appears_only_between_captions(model: CaptionModel) -> None:
    model.begin_session("first")
    model.apply(caption("completed", line=1, committed="bin"))
    model.begin_session("silent")
    model.begin_session("wordless")
    model.apply(caption("started", line=1, committed="", tentative="x"))
    model.apply(caption("completed", line=1, committed=""))
    model.begin_session("third")
    assert texts(model) == ["bin", "wordless"]
    model.apply(caption("completed", line=1, committed="set"))
    assert texts(model) == ["bin", "third", "set"]
    model.begin_session("fourth")
    model.clear()
    model.apply(caption("completed", line=1, committed="lay"))
    assert texts(model) == ["lay"]


def test_old_rows_are_removed_and_open_lines_still_grow(model: CaptionModel) -> None:
    for line in range(MAX_ROWS):
        model.apply(caption("completed", line=line, committed=f"line {line}"))
    model.apply(caption("started", line=MAX_ROWS, committed="open"))
    model.apply(caption("changed", line=MAX_ROWS, committed="still open"))
    assert model.rowCount() <= MAX_ROWS
    assert texts(model)[-2:] == [f"line {MAX_ROWS - 1}", "still open"]


def test_renaming_a_speaker_changes_all_rows_of_the_speaker(
    model: CaptionModel, speakers: SpeakerBook
) -> None:
    model.apply(caption("completed", line=1, speaker="1", committed="bin"))
    model.apply(caption("completed", line=2, speaker="2", committed="set"))
    speakers.rename("2", "민지")
    assert [model.item(row).text() for row in range(2)] == ["Speaker 1: bin", "민지: set"]


def test_an_open_line_starts_a_new_row_after_clearing(model: CaptionModel) -> None:
    model.apply(caption("started", line=1, committed="bin"))
    model.clear()
    model.apply(caption("changed", line=1, committed="bin blue"))
    assert texts(model) == ["bin blue"]


def test_speakers_of_another_source_do_not_inherit_names(model: CaptionModel, speakers: SpeakerBook) -> None:
    speakers.begin(FakePipeline(), Request("talk.mp4", "en", None))
    model.apply(caption("completed", line=1, speaker="1", committed="bin"))
    speakers.rename("1", "Ann")
    speakers.begin(FakePipeline(), Request("talk.mp4", "en", None))
    assert speakers.name("1") == "Ann"
    for source, text in (("camera:0", "lay"), ("screen", "set")):
        speakers.begin(FakePipeline(), Request(source, "en", None))
        model.begin_session(source)
        assert speakers.name("1") == "Speaker 1"
        model.apply(caption("completed", line=1, speaker="1", committed=text))
    shown = [model.item(row).text() for row in range(model.rowCount())]
    assert shown == ["Ann: bin", "camera:0", "Speaker 1: lay", "screen", "Speaker 1: set"]
    former = model.event_at(0).speaker
    assert speakers.name(former) == "Ann"
    assert speakers.initial(former) == "A"
    speakers.rename(former, "Anna")
    assert model.item(0).text() == "Anna: bin"
    assert model.item(4).text() == "Speaker 1: set"
