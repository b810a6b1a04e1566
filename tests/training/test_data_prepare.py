"""Preparing datasets: same crop geometry as live, and interrupted runs continue."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import islice
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from klipnet_training.commands.data import main
from klipnet_training.data.clips import load_clips
from klipnet_training.data.mouths import FaceFollower, MouthCropper
from klipnet_training.data.recordings import NamedRecording, Recording, Span
from klipnet_training.data.window import Window
from klipnet_training.data.worker import CropSettings, Worker
from numpy.typing import NDArray

from klipnet_live.capture.video_file import VideoFile
from klipnet_live.dataset_format import read_table, write_table
from klipnet_live.lips.crop import CropGeometry, crop_mouth
from klipnet_live.lips.pose import mouth_pose
from klipnet_live.tracking.faces import Landmarker
from klipnet_live.types import Image, UserError

Images = NDArray[np.uint8]
REPOSITORY = Path(__file__).parents[2]


def write_video(path: Path, images: Sequence[Image], fps: int = 25) -> Path:
    """Write a lossless video."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("ffv1", rate=fps)
        stream.height, stream.width = images[0].shape[:2]
        stream.pix_fmt = "bgr0"
        for index, image in enumerate(images):
            frame = av.VideoFrame.from_ndarray(image, format="rgb24")
            frame.pts, frame.time_base = index, Fraction(1, fps)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def grey(width: int, height: int, value: int, count: int) -> list[Image]:
    return [np.full((height, width, 3), value, np.uint8) for _ in range(count)]


def shades(count: int, step: int) -> list[Image]:
    """Mouth images, each brighter by `step` than the one before."""
    return [image for index in range(count) for image in grey(100, 50, index * step, 1)]


def framed_image(width: int = 100, height: int = 50) -> Image:
    """Black, with a white window of 54x27 pixels in the middle."""
    image = np.zeros((height, width, 3), np.uint8)
    left, top = (width - 54) // 2, (height - 27 + 1) // 2
    image[top : top + 27, left : left + 54] = 255
    return image


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


def write_images(folder: Path, images: Iterable[Image]) -> Path:
    folder.mkdir(parents=True)
    for index, image in enumerate(images):
        cv2.imwrite(str(folder / f"mouth_{index:03}.png"), image[..., ::-1])
    return folder


def worker(tmp_path: Path, window: Window | None = None) -> Worker:
    (tmp_path / "out/crops").mkdir(parents=True, exist_ok=True)
    return Worker(CropSettings(tmp_path / "out", window or Window()))


def entry(source: Path, span: Span | None = None) -> NamedRecording:
    return NamedRecording(source.stem, Recording(source, "s1", "x", span=span))


def crops_of(tmp_path: Path, name: str) -> Images:
    with np.load(tmp_path / f"out/crops/{name}.npz") as file:
        crops: Images = file["crops"]
    return crops


@pytest.fixture
def grid(shared_data: Path) -> Callable[[int], list[Image]]:
    """The first frames of a GRID recording."""

    def pictures(count: int) -> list[Image]:
        frames = VideoFile(shared_data / "grid_s1/video/bbaf2n.mp4", "fast").frames()
        return [frame.image for frame in islice(frames, count)]

    return pictures


def test_a_window_of_mouth_images_fills_the_crop(tmp_path: Path) -> None:
    """The exact window gives a crop that is white up to its edges; a larger one has a black border."""
    source = write_images(tmp_path / "ssbfo", [framed_image()] * 3)
    exact = MouthCropper(Window(54, 27))(source).crops
    assert exact.shape == (3, 50, 100)
    assert exact[:, 2:-2, 2:-2].min() == 255
    wide = MouthCropper(Window(60, 30))(source).crops
    assert wide[:, :, 0].max() == 0
    assert wide[:, 25, 50].min() == 255


def test_images_are_read_in_order_and_converted_to_grey(tmp_path: Path) -> None:
    colours = [(255, 0, 0), (0, 255, 0), (0, 0, 255)]
    source = write_images(tmp_path / "ssbfo", [np.full((50, 100, 3), c, np.uint8) for c in colours])
    assert MouthCropper(Window())(source).crops[:, 25, 50].tolist() == [76, 150, 29]


def test_a_video_of_100x50_pixels_shows_a_mouth(tmp_path: Path) -> None:
    source = write_video(tmp_path / "skbfo.mkv", [framed_image()] * 5)
    track = MouthCropper(Window())(source)
    assert track.crops[:, 2:-2, 2:-2].min() > 250
    assert (track.pictures, track.faceless) == (5, 0)


def test_videos_of_mouths_may_have_another_size(tmp_path: Path) -> None:
    source = write_video(tmp_path / "skbfo.mkv", [framed_image(160, 80)] * 2)
    assert MouthCropper(Window(), mouths=True)(source).crops[:, 2:-2, 2:-2].min() > 250
    with pytest.raises(UserError, match="shows no face"):
        MouthCropper(Window())(source)


def test_any_frame_rate_is_resampled_to_25_fps(tmp_path: Path) -> None:
    source = write_video(tmp_path / "fast.mkv", shades(30, 8), 30)
    crops = MouthCropper(Window())(source).crops
    assert len(crops) == 25
    assert crops[:, 0, 0] == pytest.approx(np.arange(25) * 1.2 * 8, abs=3)


@pytest.mark.parametrize("text", ["54", "54x", "54x54", "0x0", "axb", "-54x-27"])
def test_a_window_is_twice_as_wide_as_high(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected|invalid literal"):
        Window.parse(text)


def test_a_face_is_cropped_as_in_the_live_app(tmp_path: Path, grid: Callable[[int], list[Image]]) -> None:
    images = grid(6)
    crops = MouthCropper(Window())(write_video(tmp_path / "face.mkv", images)).crops
    (face,) = Landmarker()(images[0])
    assert len(crops) == 6
    assert np.abs(crops[0].astype(int) - crop_mouth(images[0], mouth_pose(face.landmarks))).mean() < 2


def test_a_wider_crop_shows_a_smaller_mouth(tmp_path: Path, grid: Callable[[int], list[Image]]) -> None:
    source = write_video(tmp_path / "face.mkv", grid(1))
    usual, wide = (
        MouthCropper(Window(), geometry=CropGeometry(width_in_inter_ocular=width))(source).crops[0]
        for width in (1.45, 2.9)
    )
    half = cv2.resize(usual, (50, 25), interpolation=cv2.INTER_AREA)
    assert np.abs(wide[12:37, 25:75].astype(int) - half).mean() < 4
    assert np.abs(usual[12:37, 25:75].astype(int) - half).mean() > 8


def test_frames_before_the_first_face_use_its_pose(
    tmp_path: Path, grid: Callable[[int], list[Image]]
) -> None:
    """Alignments count from the first frame, so no frame may be dropped."""
    height, width = grid(1)[0].shape[:2]
    images = [*grey(width, height, 40, 4), *grid(5), *grey(width, height, 200, 3)]
    track = MouthCropper(Window())(write_video(tmp_path / "late.mkv", images))
    assert (len(track.crops), track.pictures, track.faceless) == (12, 12, 7)
    assert track.crops[:4].max() < 45
    assert track.crops[4:9].std(axis=(1, 2)).min() > 10
    assert track.crops[9:].min() > 195


def test_the_largest_of_several_faces_is_followed(grid: Callable[[int], list[Image]]) -> None:
    """A small face next to a large one, on both sides."""
    image = grid(1)[0]
    small = cv2.resize(image, None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA)
    beside = np.zeros((image.shape[0], small.shape[1], 3), np.uint8)
    beside[: small.shape[0]] = small
    for picture, left in ((np.hstack([image, beside]), 0), (np.hstack([beside, image]), small.shape[1])):
        face = FaceFollower(Landmarker(4))(np.ascontiguousarray(picture))
        assert face is not None
        assert left < face.box.centre[0] < left + image.shape[1]


def test_sentences_of_one_video_are_cut_from_one_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write_video(tmp_path / "long.mkv", shades(50, 5))
    read: list[Path] = []
    call = MouthCropper.__call__
    monkeypatch.setattr(MouthCropper, "__call__", lambda self, path: read.append(path) or call(self, path))
    spans = {"first": Span(0.2, 0.6), "second": Span(1.0, 9.0), "beyond": Span(3.0, 4.0)}
    group = [NamedRecording(name, Recording(source, "s1", "x", span=span)) for name, span in spans.items()]
    outcomes = {outcome.entry.name: outcome for outcome in worker(tmp_path)(group)}
    assert read == [source]
    assert crops_of(tmp_path, "first")[:, 0, 0] == pytest.approx(np.arange(5, 15) * 5, abs=2)
    assert crops_of(tmp_path, "second")[:, 0, 0] == pytest.approx(np.arange(25, 50) * 5, abs=2)
    assert "ends before beyond begins" in outcomes["beyond"].problem


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
    said = capfd.readouterr()
    assert "2 of 6 clips" in said.out
    left_out = [line for line in said.err.splitlines() if line.startswith("left out:")]
    assert len(left_out) == 4
    reasons = ("wall.mkv shows no face", "broken.mkv cannot be played", "gone.mkv is missing", "bad.align is")
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
    said = [
        {"sentence_text": "네.", "start_time": 0.4, "end_time": 0.6},
        {"sentence_text": "아니요?", "start_time": 1.0, "end_time": 1.4},
    ]
    (tmp_path / "data/lip_A.json").write_text(json.dumps([{"Sentence_info": said}]), encoding="utf-8")
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


def test_prepare_says_where_it_cannot_write(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    dataset = write_dataset(tmp_path / "data")
    (tmp_path / "out").write_text("a file in the way")
    assert main(["prepare", str(dataset), "-o", str(tmp_path / "out"), "--workers", "1"]) == 1
    said = capfd.readouterr().err.splitlines()[-1]
    assert said.startswith(f"klipnet-data: Cannot write to {tmp_path / 'out'}: ")
    assert "run the command again" in said


def test_an_unreadable_image_makes_a_clip_unusable(tmp_path: Path) -> None:
    source = write_images(tmp_path / "a", [framed_image()] * 2)
    (source / "mouth_999.png").mkdir()
    (outcome,) = worker(tmp_path)([entry(source)])
    assert "mouth_999.png" in outcome.problem


@pytest.mark.parametrize("more", [["--window", "54x54"], ["--workers", "0"], ["--layout", "tar"], []])
def test_prepare_refuses_wrong_options(tmp_path: Path, more: list[str]) -> None:
    arguments = ["prepare", str(tmp_path), *(["-o", str(tmp_path), *more] if more else [])]
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
