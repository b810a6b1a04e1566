"""The folder of recordings, as training reads it."""

from __future__ import annotations

from pathlib import Path

import pytest
from klipnet_training.data.alignments import read_spoken
from klipnet_training.data.layouts import read_dataset

from klipnet_live.dataset_format import TABLE
from klipnet_live.recording.recordings import Recordings
from klipnet_live.types import UserError


def keep(recordings: Recordings, text: str, span_s: tuple[float, float] | None = None) -> Path:
    clip = recordings.next_path()
    clip.parent.mkdir(parents=True, exist_ok=True)
    clip.write_bytes(b"pictures")
    recordings.keep(clip, text, span_s, 3.0)
    return clip


def test_training_reads_the_saved_sentences(tmp_path: Path) -> None:
    recordings = Recordings(tmp_path, "Ada")
    clip = keep(recordings, "bin blue", (0.4, 2.0))
    keep(recordings, "lay\tred ")
    first, second = read_dataset(tmp_path)
    assert (first.source, first.speaker, first.text) == (clip, "Ada", "bin blue")
    assert first.align is not None
    (sentence,) = read_spoken(first.align, first.text)
    assert (sentence.text, sentence.start_frame, sentence.end_frame) == ("bin blue", 10.0, 50.0)
    assert (second.text, second.align) == ("lay red", None)


def test_earlier_recordings_are_kept(tmp_path: Path) -> None:
    (tmp_path / TABLE).write_text(
        "path\tspeaker\ttext\tsplit\nold.mp4\tBen\tset white\ttest\n", encoding="utf-8"
    )
    recordings = Recordings(tmp_path, "Ada")
    assert recordings.spoken == []
    keep(recordings, "bin blue")
    assert recordings.spoken == ["bin blue"]
    assert [(r.speaker, r.text, r.split) for r in read_dataset(tmp_path)] == [
        ("Ben", "set white", "test"),
        ("Ada", "bin blue", ""),
    ]
    assert Recordings(tmp_path, "Ada").spoken == ["bin blue"]


def test_only_sentences_of_this_session_can_be_removed(tmp_path: Path) -> None:
    keep(Recordings(tmp_path, "Ada"), "bin blue")
    (tmp_path / TABLE).write_text((tmp_path / TABLE).read_text().replace("\t20", "\told20"))
    recordings = Recordings(tmp_path, "Ada")
    clip = keep(recordings, "lay red", (0.1, 0.2))
    assert recordings.drop_last() == "lay red"
    assert recordings.spoken == ["bin blue"]
    assert not clip.exists()
    assert not clip.with_suffix(".align").exists()
    assert recordings.drop_last() is None
    assert Recordings(tmp_path, "Ada").spoken == ["bin blue"]


def test_a_table_with_other_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / TABLE).write_text("name;text\na;b\n")
    with pytest.raises(UserError, match="not a table of recordings"):
        Recordings(tmp_path, "Ada")


def test_a_table_in_another_encoding_is_not_changed(tmp_path: Path) -> None:
    """Its characters would be lost when the next sentence is saved."""
    table = "path\tspeaker\ttext\nold.mp4\tBen\t학생\n".encode("cp949")
    (tmp_path / TABLE).write_bytes(table)
    with pytest.raises(UserError, match="Save it as UTF-8"):
        Recordings(tmp_path, "Ada")
    assert (tmp_path / TABLE).read_bytes() == table


def test_a_name_cannot_break_the_table(tmp_path: Path) -> None:
    recordings = Recordings(tmp_path, "Ada\tLovelace ")
    keep(recordings, "bin blue")
    assert [recording.speaker for recording in read_dataset(tmp_path)] == ["Ada Lovelace"]
    assert Recordings(tmp_path, "Ada\tLovelace").spoken == ["bin blue"]
