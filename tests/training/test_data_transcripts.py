"""Ordinary sentences become texts that an alphabet can write, or are named with the way out."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from klipnet_training.commands.data import main
from klipnet_training.data.alignments import AlignedWord, read_alignment
from klipnet_training.data.clips import load_clips
from klipnet_training.data.layouts import read_dataset
from klipnet_training.data.split import sentence_of
from klipnet_training.data.table import read_table, write_table
from klipnet_training.data.transcripts import language_of, normalised, text_fault
from klipnet_training.run.sources import checked

from klipnet_live.lips.alphabet import alphabet_for
from klipnet_live.types import UserError
from tests.training.small_clips import make_clip, write_clips


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Hello, World!", "hello world"),
        ("don't  stop", "dont stop"),
        (unicodedata.normalize("NFD", "밥 먹었어요?"), "밥 먹었어요"),
        ("*Four, please.", "* four please"),
        ("* 그러나 사", "* 그러나 사"),
        ("at 3 o'clock", "at 3 oclock"),
        ("Rock & roll (laughs)", "rock & roll ( laughs )"),
        ("", ""),
        ("?!", "?!"),
    ],
)
def test_sentences_are_read_as_they_are_spoken(written: str, read: str) -> None:
    assert normalised(written) == read
    assert normalised(read) == read


@pytest.mark.parametrize(
    ("text", "language", "fault"),
    [
        ("hello world", "en", ""),
        ("hello world 24", "en", "'2' '4' not in the alphabet of 'en': write numbers as words"),
        ("내일 3시에 봐요", "ko", "'3' not in the alphabet of 'ko': write numbers as words"),
        ("rock & roll", "en", "'&' not in the alphabet of 'en': write signs as words, leave remarks out"),
        ("bin * blue", "en", "'*' not in the alphabet of 'en': it stands for words at the start only"),
        ("café", "en", "'é' not in the alphabet of 'en': use its letters only"),
        ("* bin blue", "en", ""),
    ],
)
def test_what_cannot_be_written_has_a_way_out(text: str, language: str, fault: str) -> None:
    assert language_of([text]) == language
    assert text_fault(text, alphabet_for(language)) == fault


def test_prepare_writes_texts_as_they_are_trained_and_names_the_others(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    source = write_clips(tmp_path / "crops", [make_clip("a", "me", "", "x")])
    texts = ("Hello, World! 24", "Don't stop", "밥 먹었어요?", "내일 3시에 봐요")
    rows = [{"path": f"{i}.mkv", "speaker": "me", "text": text} for i, text in enumerate(texts)]
    write_table(source / "transcripts.tsv", ("path", "speaker", "text"), rows)
    recordings = read_dataset(source)
    assert [recording.text for recording in recordings][1:3] == ["dont stop", "밥 먹었어요"]
    assert not any(recording.problem for recording in recordings[1:3])
    assert main(["prepare", str(source), "-o", str(tmp_path / "out"), "--workers", "1"]) == 1
    told = [line for line in capfd.readouterr().err.splitlines() if "numbers" in line]
    assert told == [
        f"left out: {source / name}.mkv: {letters} not in the alphabet of {language!r}: "
        f"write numbers as words in {source / 'transcripts.tsv'}."
        for name, letters, language in (("0", "'2' '4'", "en"), ("3", "'3'", "ko"))
    ]


def test_a_prepared_table_is_read_the_same_way(tmp_path: Path) -> None:
    """One from before, or changed by hand."""
    data = write_clips(tmp_path / "data", [make_clip("a", "me", "", "Hello, World!")])
    (clip,) = load_clips(data)
    assert clip.text == "hello world"
    assert [word.text for word in clip.words] == ["hello", "world"]
    assert sentence_of(next(read_table(data / "transcripts.tsv"))) == ("me", "hello world")


def test_labels_of_alignments_are_read_like_texts(tmp_path: Path) -> None:
    path = tmp_path / "a.align"
    path.write_text("0 1000 SIL\n1000 2000 Don't\n2000 3000 stop!\n")
    assert read_alignment(path) == (AlignedWord("dont", 1.0, 2.0), AlignedWord("stop", 2.0, 3.0))


def test_ordinary_sentences_are_in_order_and_faults_are_mended_where_they_last(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = write_clips(tmp_path, [make_clip("a", "me", "", "Don't stop, please!", 40)])
    assert main(["check", str(data)]) == 0
    write_clips(tmp_path, [make_clip("a", "me", "", "Stop 2 times", 40)])
    capsys.readouterr()
    assert main(["check", str(data)]) == 1
    said = capsys.readouterr()
    assert said.out == "crops/a.npz: '2' not in the alphabet of 'en': write numbers as words\n"
    assert said.err.splitlines()[-1] == (
        f"klipnet-data: Things to mend in {data}: 1. Mend the recordings, in their own folder, and prepare "
        "them again: what is changed here is lost then."
    )


def test_a_training_refuses_what_it_cannot_write_with_the_way_out(tmp_path: Path) -> None:
    english = alphabet_for("en")
    with pytest.raises(UserError, match=r"write numbers as words\. Mend that in the table of the recordings"):
        checked(make_clip("a", "me", "", "at 2"), english, tmp_path)
    with pytest.raises(UserError, match=r"Clip a in .* is in 'ko', .* --set language=ko"):
        checked(make_clip("a", "me", "", "밥 먹었어요"), english, tmp_path)
