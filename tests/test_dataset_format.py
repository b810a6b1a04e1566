"""Tables and alignments are read back as they were written."""

from __future__ import annotations

from pathlib import Path

from klipnet_training.data.alignments import read_alignment

from klipnet_live.dataset_format import AlignedWord, read_table, with_silence, write_alignment, write_table


def test_a_table_keeps_quotes_and_spaces_and_no_cell_breaks_it(tmp_path: Path) -> None:
    rows = [
        {"path": "two  blanks.mp4", "text": 'say "now" again'},
        {"path": "b.mp4", "text": "one\ttwo\u2028three\r\nfour"},
    ]
    write_table(tmp_path / "t.tsv", ("path", "text"), rows)
    assert list(read_table(tmp_path / "t.tsv")) == [
        rows[0],
        {"path": "b.mp4", "text": "one two three four"},
    ]


def test_an_unnormalised_table_is_written_back_byte_for_byte(tmp_path: Path) -> None:
    table = tmp_path / "t.tsv"
    written = b'Path\tSpeaker\tnote\na.mp4\t Ada \t"so"\nb.mp4\t\tx\n'
    table.write_bytes(written)
    rows = list(read_table(table, tidy=False))
    write_table(table, ("Path", "Speaker", "note"), rows)
    assert table.read_bytes() == written


def test_an_alignment_is_written_in_thousandths_of_a_frame(tmp_path: Path) -> None:
    words = [AlignedWord("bin", 10.5, 14), AlignedWord("blue", 14, 20.25)]
    write_alignment(tmp_path / "a.align", with_silence(words, 75))
    lines = (tmp_path / "a.align").read_text(encoding="utf-8").splitlines()
    assert lines == ["0 10500 sil", "10500 14000 bin", "14000 20250 blue", "20250 75000 sil"]
    assert list(read_alignment(tmp_path / "a.align")) == words
