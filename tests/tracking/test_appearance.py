"""Same face or different faces? On recordings, and on the portrait under other light and at other sizes."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import cv2
import numpy as np
import pytest

from klipnet_live.tracking.appearance import SAME_FACE, signature, similarity
from klipnet_live.tracking.faces import Landmarker
from klipnet_live.tracking.roster import STRANGER
from klipnet_live.types import Face, FloatArray, Image
from tests.tracking.galleries import clip, others, people, portrait, recordings_of_one


def looks(landmarker: Landmarker, path: Path, every: int) -> list[FloatArray]:
    found = []
    for image in clip(path)[::every]:
        faces = landmarker(image)
        found.append(signature(image, faces[0]))
    return found


@pytest.fixture(scope="module")
def portrait_face(landmarker: Landmarker) -> tuple[Image, Face]:
    image = portrait()
    return image, landmarker(image)[0]


def test_a_speaker_matches_themselves_throughout_a_recording(
    landmarker: Landmarker, shared_data: Path
) -> None:
    for path in people(shared_data):
        seen = looks(landmarker, path, every=12)
        assert min(similarity(one, other) for one, other in combinations(seen, 2)) > SAME_FACE


def test_two_people_never_match(landmarker: Landmarker, shared_data: Path) -> None:
    seen = [looks(landmarker, path, every=30) for path in people(shared_data)]
    for group, other_group in combinations(seen, 2):
        assert max(similarity(one, other) for one in group for other in other_group) < SAME_FACE


def test_a_speaker_matches_themselves_on_another_day(landmarker: Landmarker, shared_data: Path) -> None:
    seen = [looks(landmarker, path, every=74)[0] for path in recordings_of_one(shared_data, 6)]
    assert min(similarity(one, other) for one, other in combinations(seen, 2)) > STRANGER
    strangers = [looks(landmarker, path, every=74)[0] for path in others(shared_data)]
    alike = [similarity(one, stranger) for one in seen for stranger in strangers]
    assert sorted(alike)[len(alike) // 2] < STRANGER


@pytest.mark.parametrize("size", [0.5, 0.8, 2.0])
def test_the_size_of_the_face_makes_no_difference(portrait_face: tuple[Image, Face], size: float) -> None:
    image, face = portrait_face
    scaled = cv2.resize(image, None, fx=size, fy=size, interpolation=cv2.INTER_AREA)
    points = Face((face.landmarks * size).astype(np.float32), face.box)
    assert similarity(signature(image, face), signature(np.asarray(scaled, np.uint8), points)) > 0.98


@pytest.mark.parametrize("gain", [(0.6, 0.6, 0.6), (1.1, 1.0, 0.8)])
def test_brightness_and_white_balance_make_no_difference(
    portrait_face: tuple[Image, Face], gain: tuple[float, float, float]
) -> None:
    image, face = portrait_face
    lit = np.clip(image * np.array(gain), 0, 255).astype(np.uint8)
    assert similarity(signature(image, face), signature(lit, face)) > 0.98


def test_a_tilted_head_makes_little_difference(portrait_face: tuple[Image, Face]) -> None:
    image, face = portrait_face
    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), 15, 1.0)
    tilted = np.asarray(cv2.warpAffine(image, matrix, (width, height)), np.uint8)
    points = (face.landmarks @ matrix[:, :2].T + matrix[:, 2]).astype(np.float32)
    assert similarity(signature(image, face), signature(tilted, Face(points, face.box))) > SAME_FACE


def test_a_uniform_picture_gives_finite_features(portrait_face: tuple[Image, Face]) -> None:
    image, face = portrait_face
    flat = signature(np.full_like(image, 90), face)
    assert np.isfinite(flat).all()


def test_the_background_makes_no_difference(portrait_face: tuple[Image, Face]) -> None:
    image, face = portrait_face
    box = face.box
    around = np.full_like(image, 230)
    rows = slice(int(max(0, box.top - 0.35 * box.height)), int(box.bottom + 0.2 * box.height))
    columns = slice(int(max(0, box.left - 0.3 * box.width)), int(box.right + 0.3 * box.width))
    around[rows, columns] = image[rows, columns]
    assert similarity(signature(image, face), signature(around, face)) > 0.95
