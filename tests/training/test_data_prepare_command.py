"""`klipnet-data prepare`: its files, splits and messages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from klipnet_training.commands.data import main
from klipnet_training.data.clips import load_clips

from klipnet_live.dataset_format import read_table, write_table
from tests.training.mouth_clips import (
    framed_image,
    grey,
    shades,
    write_images,
    write_video,
)


@pytest.mark.parametrize("speaker", ["../../../outside/x", "/tmp/outside", "..\\..\\x", "a\x00b", "가" * 120])
def test_names_in_a_table_cannot_escape_the_prepared_folder(tmp_path: Path, speaker: str) -> None:
    """Two clips with the same name, so that the speaker becomes part of the file name."""
    data, out = tmp_path / "data", tmp_path / "deep" / "er" / "out"
    rows = []
    for folder in ("a", "b"):
        write_video(data / folder / "clip.mkv", grey(100, 50, 90, 6))
        (data / folder / "clip.align").write_text("0 6000 bin\n")
        paths = {"path": f"{folder}/clip.mkv", "align": f"{folder}/clip.align"}
        rows.append(paths | {"speaker": speaker, "text": "bin"})
    write_table(data / "transcripts.tsv", ["path", "speaker", "text", "align"], rows)
    before = {path for path in tmp_path.rglob("*") if not path.is_relative_to(tmp_path / "deep")}
    assert main(["prepare", str(data), "-o", str(out), "--workers", "1"]) == 0
    assert {path for path in tmp_path.rglob("*") if not path.is_relative_to(tmp_path / "deep")} == before
    assert sorted(path.parent.name for path in out.rglob("*.npz")) == ["crops", "crops"]
    assert sorted(path.parent.name for path in out.rglob("*.align")) == ["align", "align"]


def write_dataset(folder: Path) -> Path:
    """Two good clips, one broken file, one missing file, one bad alignment, one without a face."""
    write_images(folder / "frames/ssbfo", [framed_image()] * 4)
    write_video(folder / "clips/skbfo.mkv", [framed_image()] * 4)
    write_video(folder / "clips/wall.mkv", grey(160, 120, 90, 4))
    (folder / "clips/broken.mkv").write_bytes(b"no video")
    (folder / "a.align").write_text("0 2000 학생\n2000 4000 축구\n\n", encoding="utf-8-sig")
    (folder / "bad.align").write_text("0 2000\n")
    table = "path\tspeaker\tsession\tsplit\ttext\talign\n" + "".join(
        f"{path}\tk1\ty\tval\t학생 축구\t{align}\n"
        for path, align in [
            ("frames/ssbfo", "a.align"), ("clips/skbfo.mkv", ""), ("clips/wall.mkv", ""),
            ("clips/broken.mkv", ""), ("clips/gone.mkv", ""), ("clips/skbfo.mkv", "bad.align"),
        ]
    )  # fmt: skip
    (folder / "transcripts.tsv").write_text(table, encoding="utf-8")
    return folder


def test_prepare_skips_and_names_broken_files(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    dataset, out = write_dataset(tmp_path / "data"), tmp_path / "prepared"
    assert main(["prepare", str(dataset), "-o", str(out), "--workers", "2"]) == 0
    output = capfd.readouterr()
    assert "2 of 6 clips" in output.out
    left_out = [line for line in output.err.splitlines() if line.startswith("left out:")]
    assert len(left_out) == 4
    reasons = (
        "wall.mkv shows no face",
        "broken.mkv as a video",
        "gone.mkv is missing",
        "bad.align is not an",
    )
    assert all(sum(reason in line for line in left_out) == 1 for reason in reasons)
    clips = {clip.name: clip for clip in load_clips(out)}
    assert set(clips) == {"ssbfo", "k1_skbfo"}
    clip = clips["ssbfo"]
    assert (clip.speaker, clip.session, clip.split, clip.text) == ("k1", "y", "val", "학생 축구")
    assert clip.crops.shape == (4, 50, 100)
    assert [word.text for word in clip.words] == ["학생", "축구"]


def test_sentences_of_ai_hub_become_clips(tmp_path: Path) -> None:
    """A video at 30 fps; frame n has the grey value 4 n, which reveals the time of each clip frame."""
    write_video(tmp_path / "data/lip_A.mkv", shades(60, 4), fps=30)
    sentences = [
        {"sentence_text": "네.", "start_time": 0.4, "end_time": 0.6},
        {"sentence_text": "아니요?", "start_time": 1.0, "end_time": 1.4},
    ]
    (tmp_path / "data/lip_A.json").write_text(json.dumps([{"Sentence_info": sentences}]), encoding="utf-8")
    assert main(["prepare", str(tmp_path / "data"), "-o", str(tmp_path / "out"), "--workers", "1"]) == 0
    first, second = sorted(load_clips(tmp_path / "out"), key=lambda clip: clip.name)
    assert (first.text, second.text) == ("네", "아니요")
    for clip, start_s, end_s in ((first, 0.2, 0.8), (second, 0.8, 1.6)):
        assert len(clip.crops) == round((end_s - start_s) * 25)
        expected = (start_s + np.arange(len(clip.crops)) / 25) * 30 * 4
        assert clip.crops[:, 25, 50] == pytest.approx(expected, abs=3)


def mouth_dataset(folder: Path, clips: Mapping[str, str]) -> Path:
    """A dataset of identical mouth clips with the given names and splits."""
    for name in clips:
        if not (folder / name).exists():
            write_images(folder / name, [framed_image()] * 2)
    rows = [
        {"path": name, "speaker": "me", "text": f"bin {name}", "split": split}
        for name, split in clips.items()
    ]
    write_table(folder / "transcripts.tsv", ("path", "speaker", "text", "split"), rows)
    return folder


def splits_in(folder: Path) -> dict[str, str]:
    return {Path(row["path"]).stem: row.get("split", "") for row in read_table(folder / "transcripts.tsv")}


def test_adding_clips_keeps_the_splits_of_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, out = tmp_path / "data", tmp_path / "my out"
    arguments = ["prepare", str(data), "-o", str(out), "--workers", "1"]
    mouth_dataset(data, dict.fromkeys("abcd", ""))
    assert main(arguments) == 0
    assert "4 clips have no split yet" in capsys.readouterr().out
    assert main(["split", str(out), "--scenario", "random_split", "--part", "0.5"]) == 0
    assigned = splits_in(out)
    assert sorted(assigned.values()) == ["train"] * 2 + ["val"] * 2
    capsys.readouterr()
    assert main(arguments) == 0
    assert splits_in(out) == assigned
    assert " split" not in capsys.readouterr().out
    mouth_dataset(data, dict.fromkeys("abcdef", ""))
    assert main(arguments) == 0
    assert splits_in(out) == assigned | {"e": "", "f": ""}
    *_, line = capsys.readouterr().out.splitlines()
    assert line.startswith("2 clips have no split yet")
    assert f'`klipnet-data split "{out}" --scenario random_split`' in line


def test_a_split_in_the_recordings_is_only_used_for_new_clips(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, out = mouth_dataset(tmp_path / "data", {"a": "train", "b": "val"}), tmp_path / "out"
    arguments = ["prepare", str(data), "-o", str(out), "--workers", "1"]
    assert main(arguments) == 0
    mouth_dataset(data, {"a": "val", "b": "val", "c": "val"})
    assert " split" not in capsys.readouterr().out
    assert main(arguments) == 0
    assert splits_in(out) == {"a": "train", "b": "val", "c": "val"}
    *_, line = capsys.readouterr().out.splitlines()
    assert line.startswith(f"1 clip has a different split in {data} and keeps its own")
    assert f"delete {out / 'transcripts.tsv'} and prepare again" in line


def test_prepare_without_usable_clips_is_a_one_line_error(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "transcripts.tsv").write_text("path\tspeaker\ttext\ngone.mkv\ts1\tx\n")
    assert main(["prepare", str(tmp_path), "-o", str(tmp_path / "out"), "--workers", "1"]) == 1
    assert capfd.readouterr().err.splitlines()[-1] == f"klipnet-data: No clip of {tmp_path} can be used."


def test_prepare_names_a_folder_that_it_cannot_write(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    dataset = write_dataset(tmp_path / "data")
    (tmp_path / "out").write_text("a file in the way")
    assert main(["prepare", str(dataset), "-o", str(tmp_path / "out"), "--workers", "1"]) == 1
    error = capfd.readouterr().err.splitlines()[-1]
    assert error.startswith(f"klipnet-data: Cannot write to {tmp_path / 'out'}: ")
    assert "run the command again" in error


@pytest.mark.parametrize("more", [["--window", "54x54"], ["--workers", "0"], ["--layout", "tar"], []])
def test_prepare_refuses_wrong_options(tmp_path: Path, more: list[str]) -> None:
    arguments = ["prepare", str(tmp_path), *(["-o", str(tmp_path), *more] if more else [])]
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
