"""MediaPipe's networks, checked against the image: landmarks lie on the features."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import mediapipe
import numpy as np
import pytest

from klipnet_live.assets import FACE_MODEL
from klipnet_live.lips.pose import LEFT_EYE_CORNERS, LIP_POINTS, RIGHT_EYE_CORNERS
from klipnet_live.tracking import faces
from klipnet_live.tracking.faces import Detector, Landmarker
from klipnet_live.tracking.track import around
from klipnet_live.types import Box, Face, Image, UserError
from tests.tracking.galleries import portrait


@pytest.fixture(scope="module")
def picture() -> Image:
    return portrait()


@pytest.fixture(scope="module")
def face(landmarker: Landmarker, picture: Image) -> Face:
    return landmarker(picture)[0]


@pytest.fixture
def detector() -> Iterator[Detector]:
    detector = Detector()
    yield detector
    detector.close()


def untouched() -> Any:
    """Mediapipe's own landmarker, from a second copy of its module."""
    spec = importlib.util.find_spec("mediapipe.tasks.python.vision.face_landmarker")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def redness(picture: Image) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    return picture[:, :, 0].astype(int) - picture[:, :, 1]


def test_lip_landmarks_lie_on_the_red_lips_and_eyes_above_them(picture: Image, face: Face) -> None:
    assert face.landmarks.shape == (478, 2)
    x, y = face.landmarks[LIP_POINTS].mean(axis=0)
    unit = np.hypot(*(face.landmarks[LEFT_EYE_CORNERS[0]] - face.landmarks[RIGHT_EYE_CORNERS[0]]))
    lips = face.landmarks[LIP_POINTS]
    lip_colour = np.mean([redness(picture)[int(v), int(u)] for u, v in lips])
    cheek = redness(picture)[int(y - 0.1 * unit) : int(y), int(x - unit) : int(x - 0.7 * unit)].mean()
    assert lip_colour > cheek + 5
    right, left = (face.landmarks[corners].mean(axis=0) for corners in (RIGHT_EYE_CORNERS, LEFT_EYE_CORNERS))
    assert right[0] < x < left[0]
    assert max(right[1], left[1]) < y


def test_landmarks_equal_those_of_mediapipe(picture: Image) -> None:
    close = picture[20:320, 60:360]
    two = np.hstack([close, close[:, ::-1]])
    own = untouched()
    base = own._BaseOptions(model_asset_buffer=FACE_MODEL.read_bytes())
    with own.FaceLandmarker.create_from_options(
        own.FaceLandmarkerOptions(base_options=base, num_faces=2)
    ) as theirs:
        shown = mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=two)
        expected = [
            np.array([(point.x * 600, point.y * 300) for point in points], np.float32)
            for points in theirs.detect(shown).face_landmarks
        ]
    ours = Landmarker(max_faces=2)
    found = [face.landmarks for face in ours(two)]
    ours.close()
    assert len(found) == 2
    np.testing.assert_array_equal(found, expected)


def test_a_rotated_picture_gives_rotated_landmarks(
    landmarker: Landmarker, picture: Image, face: Face
) -> None:
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), 20, 1.0)
    turned = landmarker(np.asarray(cv2.warpAffine(picture, matrix, (width, height)), np.uint8))[0]
    expected = face.landmarks @ matrix[:, :2].T + matrix[:, 2]
    eyes_px = np.hypot(*(face.landmarks[263] - face.landmarks[33]))
    assert np.abs(turned.landmarks - expected).mean() < 0.03 * eyes_px


@pytest.mark.parametrize("face_px", [60, 130, 400])
def test_a_face_of_any_size_is_found_in_its_box(
    landmarker: Landmarker, picture: Image, face: Face, face_px: int
) -> None:
    scale = face_px / face.box.height
    x, y = face.box.centre
    shift = np.array([640 - scale * x, 360 - scale * y])
    matrix = np.array([[scale, 0.0, shift[0]], [0.0, scale, shift[1]]])
    large = np.asarray(cv2.warpAffine(picture, matrix, (1280, 720), flags=cv2.INTER_AREA), np.uint8)
    reach = face_px / 2
    found = landmarker.in_box(large, around(Box(640 - reach, 360 - reach, 640 + reach, 360 + reach)))
    assert found is not None
    assert np.abs(found.landmarks - (face.landmarks * scale + shift)).mean() < 0.03 * face_px


def test_no_face_is_found_in_a_picture_without_one(landmarker: Landmarker, picture: Image) -> None:
    assert landmarker(np.full_like(picture, 127)) == []
    assert landmarker.in_box(np.full_like(picture, 127), Box(10, 10, 90, 90)) is None


def test_a_box_outside_the_picture_finds_nothing(landmarker: Landmarker, picture: Image) -> None:
    assert landmarker.in_box(picture, Box(-900, -900, -800, -800)) is None
    assert landmarker.in_box(picture, Box(5, 5, 5, 5)) is None


def test_the_detector_boxes_the_face(detector: Detector, picture: Image, face: Face) -> None:
    (box,) = detector(picture)
    x, y = box.centre
    assert face.box.left < x < face.box.right
    assert face.box.top < y < face.box.bottom
    assert 0.6 < box.width / face.box.width < 1.5


def test_pictures_need_not_be_contiguous(detector: Detector, picture: Image) -> None:
    padded = np.zeros((picture.shape[0], picture.shape[1] + 64, 3), np.uint8)
    padded[:, : picture.shape[1]] = picture
    view = padded[:, : picture.shape[1]]
    assert not view.flags.c_contiguous
    assert detector(view) == detector(picture)


@pytest.mark.parametrize("content", [None, b"no archive"])
def test_a_missing_or_broken_face_model_is_reported_with_a_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    path = tmp_path / "face_landmarker.task"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setattr(faces, "FACE_MODEL", path)
    faces._bundle.cache_clear()
    try:
        with pytest.raises(UserError, match="Install KLipNet Live again"):
            Detector()
    finally:
        monkeypatch.undo()
        faces._bundle.cache_clear()


def test_importing_mediapipe_loads_no_sound_library() -> None:
    """Mediapipe would import a sound library; other code can still import it."""
    program = (
        "import sys\nfrom klipnet_live.tracking.networks import Networks\nNetworks()\n"
        "print('sounddevice' in sys.modules, any('NoSound' in repr(f) for f in sys.meta_path))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"
