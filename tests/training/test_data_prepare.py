"""Preparing again keeps finished clips, updates changed ones, and continues a killed run."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import cv2
from klipnet_training.commands.data import main
from klipnet_training.data.clips import load_clips
from klipnet_training.data.window import Window

from klipnet_live.dataset_format import write_table
from tests.training.mouth_clips import (
    crops_of,
    entry,
    framed_image,
    worker,
    write_images,
)

REPOSITORY = Path(__file__).parents[2]


def test_finished_clips_are_kept_and_damaged_ones_made_again(tmp_path: Path) -> None:
    sources = [write_images(tmp_path / name, [framed_image()] * 3) for name in ("a", "b")]
    for source in sources:
        worker(tmp_path)([entry(source)])
    kept, cut = (tmp_path / f"out/crops/{source.name}.npz" for source in sources)
    cut.write_bytes(cut.read_bytes()[:100])
    before = kept.stat().st_mtime_ns
    for source in sources:
        (outcome,) = worker(tmp_path)([entry(source)])
        assert (outcome.problem, outcome.pictures) == ("", 3)
    assert kept.stat().st_mtime_ns == before
    assert crops_of(tmp_path, "b").shape == (3, 50, 100)


def test_changed_images_of_a_folder_update_its_clip(tmp_path: Path) -> None:
    source = write_images(tmp_path / "a", [framed_image()] * 3)
    worker(tmp_path)([entry(source)])
    before = crops_of(tmp_path, "a")
    picture = sorted(source.glob("*.png"))[1]
    cv2.imwrite(str(picture), 255 - cv2.imread(str(picture)))
    worker(tmp_path)([entry(source)])
    assert (crops_of(tmp_path, "a")[1] != before[1]).any()


def test_another_window_updates_clips(tmp_path: Path) -> None:
    source = write_images(tmp_path / "a", [framed_image()] * 3)
    worker(tmp_path)([entry(source)])
    before = crops_of(tmp_path, "a")
    worker(tmp_path, Window(80, 40))([entry(source)])
    assert (crops_of(tmp_path, "a") != before).any()


def test_a_killed_run_is_continued(tmp_path: Path) -> None:
    data, out, count = tmp_path / "data", tmp_path / "out", 80
    rows = []
    for index in range(count):
        write_images(data / f"frames/{index:03}", [framed_image()] * 40)
        rows.append({"path": f"frames/{index:03}", "speaker": "s1", "text": "x"})
    write_table(data / "transcripts.tsv", ("path", "speaker", "text"), rows)
    arguments = ["prepare", str(data), "-o", str(out), "--workers", "1"]
    killed = subprocess.Popen(
        [sys.executable, "-m", "klipnet_training.commands.data", *arguments], cwd=REPOSITORY
    )
    while killed.poll() is None and len(list(out.glob("crops/*.npz"))) < 3:
        time.sleep(0.02)
    killed.kill()
    assert killed.wait() != 0
    assert not (out / "transcripts.tsv").exists()
    made = {path: path.stat().st_mtime_ns for path in out.glob("crops/*.npz")}
    assert 3 <= len(made) < count
    assert main(arguments) == 0
    assert len(load_clips(out)) == count
    assert {path: path.stat().st_mtime_ns for path in made} == made
    assert {path.suffix for path in (out / "crops").iterdir()} == {".npz"}
