"""Lists of clips from which phrases are learned."""

from __future__ import annotations

from pathlib import Path

import pytest

from klipnet_live.recording.phrase_takes import PhraseClip, clips_in
from klipnet_live.types import UserError


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_clips_of_a_table_as_a_spreadsheet_writes_it(tmp_path: Path, encoding: str) -> None:
    table = 'Path\tSpeaker\tText\na.mp4\tann\t"물 주세요"\nb.mp4\tbo\tgood night\n\tann\tlost\n'
    (tmp_path / "transcripts.tsv").write_text(table, encoding)
    of_ann = PhraseClip(tmp_path / "a.mp4", "물 주세요")
    assert clips_in(tmp_path, "ann") == [of_ann]
    assert clips_in(tmp_path) == [of_ann, PhraseClip(tmp_path / "b.mp4", "good night")]


def test_a_table_without_the_needed_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "transcripts.tsv").write_text("file\ttext\na.mp4\thello\n")
    with pytest.raises(UserError, match="columns path and text"):
        clips_in(tmp_path)


@pytest.mark.parametrize("suffix", [".mp4", ".MOV", ".3gp", ".wmv"])
def test_the_folder_of_a_clip_names_its_phrase(tmp_path: Path, suffix: str) -> None:
    (tmp_path / "water please").mkdir()
    for name in (f"one{suffix}", "notes.txt"):
        (tmp_path / "water please" / name).touch()
    assert clips_in(tmp_path) == [PhraseClip(tmp_path / "water please" / f"one{suffix}", "water please")]
