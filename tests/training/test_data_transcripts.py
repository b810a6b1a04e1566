"""Ordinary sentences are normalised, and texts that cannot be encoded are reported with advice."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from klipnet_training.commands.data import main
from klipnet_training.data.alignments import read_alignment
from klipnet_training.data.clips import load_clips
from klipnet_training.data.layouts import read_dataset
from klipnet_training.data.split import sentence_of
from klipnet_training.data.transcripts import language_of, normalised, text_problem
from klipnet_training.run.sources import checked

from klipnet_live.dataset_format import AlignedWord, read_table, write_table
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
def test_sentences_are_normalised(written: str, read: str) -> None:
    assert normalised(written) == read
    assert normalised(read) == read


@pytest.mark.parametrize(
    ("text", "language", "problem"),
    [
        ("hello world", "en", ""),
        ("hello world 24", "en", "'2' '4' not in the alphabet of 'en': write numbers as words"),
        ("내일 3시에 봐요", "ko", "'3' not in the alphabet of 'ko': write numbers as words"),
        ("rock & roll", "en", "'&' not in the alphabet of 'en': write signs as words and leave remarks out"),
        (
            "bin * blue",
            "en",
            "'*' not in the alphabet of 'en': it is only allowed at the start, for unknown words",
        ),
        ("café", "en", "'é' not in the alphabet of 'en': use its letters only"),
        ("* bin blue", "en", ""),
    ],
)
def test_text_that_cannot_be_encoded_gets_advice(text: str, language: str, problem: str) -> None:
    assert language_of([text]) == language
    assert text_problem(text, alphabet_for(language)) == problem


def test_prepare_normalises_texts_and_names_unusable_ones(
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
    reported = [line for line in capfd.readouterr().err.splitlines() if "numbers" in line]
    assert reported == [
        f"left out: {source / name}.mkv: {letters} not in the alphabet of {language!r}: "
        f"write numbers as words in {source / 'transcripts.tsv'}."
        for name, letters, language in (("0", "'2' '4'", "en"), ("3", "'3'", "ko"))
    ]


def test_a_prepared_table_is_normalised_too(tmp_path: Path) -> None:
    """It may be from an older version, or edited by hand."""
    data = write_clips(tmp_path / "data", [make_clip("a", "me", "", "Hello, World!")])
    (clip,) = load_clips(data)
    assert clip.text == "hello world"
    assert [word.text for word in clip.words] == ["hello", "world"]
    assert sentence_of(next(read_table(data / "transcripts.tsv"))) == ("me", "hello world")


def test_labels_of_alignments_are_normalised_like_texts(tmp_path: Path) -> None:
    path = tmp_path / "a.align"
    path.write_text("0 1000 SIL\n1000 2000 Don't\n2000 3000 stop!\n")
    assert read_alignment(path) == (AlignedWord("dont", 1.0, 2.0), AlignedWord("stop", 2.0, 3.0))


def test_check_accepts_ordinary_sentences_and_says_where_to_fix_problems(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = write_clips(tmp_path, [make_clip("a", "me", "", "Don't stop, please!", 40)])
    assert main(["check", str(data)]) == 0
    write_clips(tmp_path, [make_clip("a", "me", "", "Stop 2 times", 40)])
    capsys.readouterr()
    assert main(["check", str(data)]) == 1
    output = capsys.readouterr()
    assert output.out == "crops/a.npz: '2' not in the alphabet of 'en': write numbers as words\n"
    line = output.err.splitlines()[-1]
    assert line.startswith(f"klipnet-data: Problems to fix in {data}: 1.")
    assert "prepare them again" in line


def test_training_refuses_texts_that_cannot_be_encoded(tmp_path: Path) -> None:
    english = alphabet_for("en")
    with pytest.raises(UserError, match=r"write numbers as words\."):
        checked(make_clip("a", "me", "", "at 2"), english, tmp_path)
    with pytest.raises(UserError, match=r"Clip a in .* is in 'ko', .* --set language=ko"):
        checked(make_clip("a", "me", "", "밥 먹었어요"), english, tmp_path)
