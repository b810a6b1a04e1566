"""Reading alignment files and tables as users have them."""

from __future__ import annotations

from pathlib import Path

import pytest
from klipnet_training.data.alignments import copy_alignment, read_alignment, read_spoken

from klipnet_live.dataset_format import AlignedWord, read_table
from klipnet_live.types import UserError


def test_silences_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "clip.align"
    path.write_text("0 2000 sil\n2000 5500 bin\n5500 5600 sp\n5600 9000 blue\n")
    assert read_alignment(path) == (AlignedWord("bin", 2.0, 5.5), AlignedWord("blue", 5.6, 9.0))


def test_a_sentence_without_word_times_is_read_as_one_word(tmp_path: Path) -> None:
    path = tmp_path / "clip.align"
    path.write_text("0 12000 sil\n12000 55500 *\n55500 75000 sil\n")
    assert read_spoken(path, "bin blue") == (AlignedWord("bin blue", 12.0, 55.5),)
    path.write_text("12000 30000 bin\n30000 55500 blue\n")
    assert read_spoken(path, "bin blue") == (AlignedWord("bin", 12.0, 30.0), AlignedWord("blue", 30.0, 55.5))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_blank_lines_and_a_byte_order_mark_are_ignored(encoding: str, tmp_path: Path) -> None:
    path, copy = tmp_path / "clip.align", tmp_path / "copy.align"
    path.write_text("0 2000 학생\r\n \r\n2000 4000 축구\r\n\r\n", encoding=encoding, newline="")
    words = (AlignedWord("학생", 0.0, 2.0), AlignedWord("축구", 2.0, 4.0))
    assert read_alignment(path) == words
    copy_alignment(path, copy)
    assert copy.read_bytes() == "0 2000 학생\n2000 4000 축구\n".encode()


@pytest.mark.parametrize("content", [b"bin 0 2000\n", b"0 2000\n", b"0 2000 bin blue\n", b"0 1 \xff\xfe\n"])
def test_a_malformed_file_is_named(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "clip.align"
    path.write_bytes(content)
    with pytest.raises(UserError, match=r"clip\.align is not an alignment"):
        read_alignment(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"alignment .*gone\.align cannot be read \(No such file"):
        read_alignment(tmp_path / "gone.align")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_byte_order_mark_is_not_part_of_a_column(encoding: str, tmp_path: Path) -> None:
    table = tmp_path / "transcripts.tsv"
    table.write_text("path\ttext\na.npz\t학생\n", encoding=encoding)
    assert list(read_table(table)) == [{"path": "a.npz", "text": "학생"}]


def test_a_table_in_another_encoding_is_named(tmp_path: Path) -> None:
    table = tmp_path / "transcripts.tsv"
    table.write_bytes("path\ttext\na.npz\t학생\n".encode("cp949"))
    with pytest.raises(UserError, match=r"transcripts\.tsv is not UTF-8 text\. Save it as UTF-8"):
        list(read_table(table))
