"""How mouths are cut for training: as in the live app, and at 25 frames a second."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from pathlib import Path

import cv2
import numpy as np
import pytest
from klipnet_training.data.mouths import FaceFollower, MouthCropper
from klipnet_training.data.recordings import NamedRecording, Recording, Span
from klipnet_training.data.window import Window

from klipnet_live.capture.video_file import VideoFile
from klipnet_live.lips.crop import CropGeometry, crop_mouth
from klipnet_live.lips.pose import mouth_pose
from klipnet_live.tracking.faces import Landmarker
from klipnet_live.types import Image, UserError
from tests.training.mouth_clips import (
    crops_of,
    entry,
    framed_image,
    grey,
    shades,
    worker,
    write_images,
    write_video,
)


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


def test_an_unreadable_image_makes_a_clip_unusable(tmp_path: Path) -> None:
    source = write_images(tmp_path / "a", [framed_image()] * 2)
    (source / "mouth_999.png").mkdir()
    (outcome,) = worker(tmp_path)([entry(source)])
    assert "mouth_999.png" in outcome.problem
