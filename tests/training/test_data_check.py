"""Dataset checks find each kind of problem, and none in a valid dataset."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import cv2
import numpy as np
import pytest
from klipnet_training.commands.data import main
from klipnet_training.data.check import check_rows
from klipnet_training.data.clips import load_clips
from klipnet_training.data.table import table_rows

from klipnet_live.dataset_format import write_table
from klipnet_live.types import UserError

Row = dict[str, str]
ALIGN = "0 10000 sil\n10000 20000 bin\n20000 30000 blue\n30000 74500 sil\n"
COLUMNS = ("path", "speaker", "split", "text", "align")


def crops(seed: int, frames: int = 75) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 255, (frames, 50, 100), np.uint8)


def dataset(folder: Path, changes: Mapping[int, Row], count: int = 12) -> Path:
    """A dataset of valid clips 0, 1, ... with some rows changed."""
    (folder / "crops").mkdir()
    (folder / "good.align").write_text(ALIGN)
    rows = []
    for i in range(count):
        np.savez_compressed(folder / f"crops/{i}.npz", crops=crops(i))
        row = {"path": f"crops/{i}.npz", "speaker": "s1", "text": "bin blue", "align": "good.align"}
        rows.append(row | {"split": "val" if i % 2 else "train"} | changes.get(i, {}))
    write_table(folder / "transcripts.tsv", COLUMNS, rows)
    return folder


def findings(folder: Path, language: str | None = None) -> list[str]:
    rows = table_rows(folder)
    return [finding for clip in check_rows(folder, rows, language) for finding in clip]


def test_a_valid_dataset_has_no_findings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert findings(dataset(tmp_path, {})) == []
    assert main(["check", str(tmp_path)]) == 0
    assert "has no problems" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("row", "finding"),
    [
        ({"text": "", "align": ""}, "has no transcript"),
        ({"text": "*", "align": ""}, "has no transcript"),
        ({"text": "bin blau7 ß", "align": ""}, "'7' 'ß' not in the alphabet of 'en'"),
        ({"path": "crops/gone.npz"}, "is missing"),
        ({"align": "gone.align"}, "gone.align cannot be read"),
        ({"text": "bin red"}, "alignment says 'bin blue', transcript says 'bin red'"),
        ({"text": "* green"}, "alignment says 'bin blue', transcript says '* green'"),
    ],
)
def test_a_problem_in_a_row_is_found(tmp_path: Path, row: Row, finding: str) -> None:
    (found,) = findings(dataset(tmp_path, {3: row}))
    assert finding in found
    assert found.startswith(row.get("path", "crops/3.npz"))


def test_unknown_words_at_the_start_are_allowed(tmp_path: Path) -> None:
    assert findings(dataset(tmp_path, {3: {"text": "* blue"}})) == []


@pytest.mark.parametrize(
    ("align", "finding"),
    [
        ("0 10000 bin\n10000 90000 blue\n", "alignment ends at frame 90 of 75"),
        ("0 10000 bin\n9000 20000 blue\n", "overlap"),
        ("0 10000 bin\n20000 15000 blue\n", "end before they begin"),
        ("bin blue", "bad.align is not an alignment"),
    ],
)
def test_a_problem_in_an_alignment_is_found(tmp_path: Path, align: str, finding: str) -> None:
    dataset(tmp_path, {3: {"align": "bad.align"}})
    (tmp_path / "bad.align").write_text(align)
    (found,) = findings(tmp_path)
    assert finding in found


def test_clips_that_cannot_be_read_are_found(tmp_path: Path) -> None:
    dataset(tmp_path, {})
    whole = (tmp_path / "crops/2.npz").read_bytes()
    (tmp_path / "crops/2.npz").write_bytes(whole[:500])
    (tmp_path / "crops/3.npz").write_bytes(b"no archive at all")
    np.savez_compressed(tmp_path / "crops/4.npz", crops=crops(4).astype(np.float32))
    np.savez_compressed(tmp_path / "crops/6.npz", pictures=crops(6))
    cut, other, kind, name = findings(tmp_path)
    assert "2.npz: is damaged: run `klipnet-data prepare` again" in cut
    assert "3.npz: is damaged" in other
    assert "4.npz: holds (75, 50, 100) float32, expected (frames, 50, 100) uint8" in kind
    assert "6.npz: is damaged" in name


def test_too_few_frames_for_ctc_are_found(tmp_path: Path) -> None:
    """`aabb` needs two more frames than letters: CTC needs a blank between equal symbols."""
    text = {"text": "aabb", "align": ""}
    dataset(tmp_path, {0: text, 1: text}, count=2)
    np.savez_compressed(tmp_path / "crops/0.npz", crops=crops(0, 6))
    np.savez_compressed(tmp_path / "crops/1.npz", crops=crops(1, 5))
    assert findings(tmp_path) == ["crops/1.npz: has 5 frames for a text that needs 6"]


def test_a_clip_shorter_than_all_of_many_others_is_found(tmp_path: Path) -> None:
    dataset(tmp_path, {}, count=50)
    np.savez_compressed(tmp_path / "crops/5.npz", crops=crops(5, 74))
    np.savez_compressed(tmp_path / "crops/6.npz", crops=crops(6, 100))
    assert findings(tmp_path) == ["crops/5.npz: has 74 frames, 48 others have 75: it may be truncated"]


@pytest.mark.parametrize(("count", "others"), [(12, 1), (50, 4)])
def test_clips_of_varying_lengths_are_allowed(count: int, others: int, tmp_path: Path) -> None:
    """A few clips may be equally long by chance; among many, some others show that lengths vary."""
    dataset(tmp_path, {}, count)
    for i in range(others):
        np.savez_compressed(tmp_path / f"crops/{i}.npz", crops=crops(i, 74 - i))
    assert findings(tmp_path) == []


@pytest.mark.parametrize(("count", "few"), [(6, True), (40, False)])
def test_few_clips_are_valid_but_noted(
    count: int, few: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(dataset(tmp_path, {}, count))]) == 0
    output = capsys.readouterr().out.splitlines()
    assert output[0].startswith(str(tmp_path))
    assert [line.partition(":")[0] for line in output[1:]] == (["6 clips are few"] if few else [])


def test_identical_frames_in_two_splits_are_found(tmp_path: Path) -> None:
    dataset(tmp_path, {})
    np.savez_compressed(tmp_path / "crops/1.npz", crops=crops(0))
    assert findings(tmp_path) == ["crops/0.npz, crops/1.npz: identical frames in train and val"]


def test_korean_is_detected_or_chosen(tmp_path: Path) -> None:
    dataset(tmp_path, {i: {"text": "분필 축구", "align": ""} for i in range(12)})
    assert findings(tmp_path) == []
    assert len(findings(tmp_path, "en")) == 12


def test_image_folders_can_be_checked_before_preparing(tmp_path: Path) -> None:
    for name, count in (("long", 75), ("short", 3), ("none", 0)):
        (tmp_path / name).mkdir()
        for i in range(count):
            cv2.imwrite(str(tmp_path / name / f"mouth_{i:03}.png"), crops(i, 1)[0])
    rows = [{"path": name, "speaker": "s1", "text": "bin blue"} for name in ("long", "short", "none")]
    write_table(tmp_path / "transcripts.tsv", COLUMNS, rows)
    assert findings(tmp_path) == [
        "short: has 3 frames for a text that needs 8",
        "none: contains no PNG images",
    ]


def test_videos_count_their_frames_at_25_fps(shared_data: Path, tmp_path: Path) -> None:
    video = str(shared_data / "grid_s1/video/bbaf2n.mp4")
    write_table(tmp_path / "transcripts.tsv", COLUMNS, [{"path": video, "speaker": "s1", "text": "x" * 40}])
    assert findings(tmp_path) == [f"{video}: has 75 frames for a text that needs 79"]


def test_findings_are_listed_and_fail_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dataset(tmp_path, {3: {"text": "", "align": ""}, 4: {"path": "gone.npz"}})
    assert main(["check", str(tmp_path)]) == 1
    output = capsys.readouterr()
    assert output.out.splitlines() == ["crops/3.npz: has no transcript", "gone.npz: is missing"]
    assert output.err.splitlines()[-1].startswith(f"klipnet-data: Problems to fix in {tmp_path}: 2. Fix the")
    assert main(["check", str(tmp_path / "nowhere")]) == 1


@pytest.mark.parametrize("command", [["check"], ["split", "--scenario", "random_split"]])
@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], "lists no clips"),
        ([{"speaker": "s1", "text": "bin blue"}], "has a row without a path"),
    ],
)
def test_an_incomplete_table_is_named(
    command: list[str], rows: list[Row], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_table(tmp_path / "transcripts.tsv", COLUMNS, rows)
    assert main([*command, str(tmp_path)]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"klipnet-data: {tmp_path / 'transcripts.tsv'} {says}")
    with pytest.raises(UserError, match=says):
        load_clips(tmp_path)
