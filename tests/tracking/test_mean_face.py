"""Crops for imported models match Auto-AVSR's own alignment of the same frame."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from klipnet_live.lips.crop import CropGeometry, crop_mouth
from klipnet_live.lips.pose import MEAN_FACE_INTER_OCULAR_PX, mouth_pose
from klipnet_live.tracking.faces import Landmarker
from klipnet_live.types import FloatArray, Image
from tests.footage import DEMO, frames_of

EYES_NOSE_LIPS = np.array([[102.074, 94.272], [156.361, 93.578], [129.004, 135.903], [129.313, 157.823]])
"""Means of points 36-41, 42-47, 31-35 and 48-67 of Auto-AVSR's published mean face, 256x256 pixels."""

MESH = (
    (33, 160, 158, 133, 153, 144),
    (362, 385, 387, 263, 373, 380),
    (98, 97, 2, 326, 327),
    (61, 40, 37, 0, 267, 270, 291, 321, 314, 17, 84, 91, 78, 81, 13, 311, 308, 402, 14, 178),
)
PX = 88
GEOMETRY = CropGeometry(PX, PX, PX / MEAN_FACE_INTER_OCULAR_PX, alignment="mean_face")


@pytest.fixture(scope="module")
def face() -> tuple[Image, FloatArray]:
    frame = next(iter(frames_of(DEMO, 1)))
    landmarks = Landmarker(2)(frame.image)[0].landmarks
    return frame.image, landmarks


def reference_crop(image: Image, landmarks: FloatArray) -> tuple[np.ndarray, np.ndarray]:
    """Grey crop and its corners in the frame: a similarity to the mean face, cut around the lips."""
    places = np.array([landmarks[list(points)].mean(axis=0) for points in MESH])
    matrix = cv2.estimateAffinePartial2D(places, EYES_NOSE_LIPS, method=cv2.LMEDS)[0]
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    aligned = cv2.warpAffine(grey, matrix, (256, 256), flags=cv2.INTER_LINEAR)
    x, y = matrix[:, :2] @ places[3] + matrix[:, 2]
    left, top = round(x - PX / 2), round(y - PX / 2)
    corners = np.array([[left, top], [left + PX, top], [left, top + PX], [left + PX, top + PX]], np.float64)
    back = cv2.invertAffineTransform(matrix)
    return aligned[top : top + PX, left : left + PX], corners @ back[:, :2].T + back[:, 2]


@pytest.mark.parametrize("degrees", [0.0, 20.0, -35.0])
def test_the_crop_is_that_of_the_published_alignment(face: tuple[Image, FloatArray], degrees: float) -> None:
    image, landmarks = face
    centre = tuple(map(float, landmarks.mean(axis=0)))
    turn = cv2.getRotationMatrix2D(centre, degrees, 1.0)
    image = np.asarray(cv2.warpAffine(image, turn, image.shape[1::-1]), np.uint8)
    landmarks = (landmarks @ turn[:, :2].T + turn[:, 2]).astype(np.float32)
    expected, corners = reference_crop(image, landmarks)
    pose = mouth_pose(landmarks, "mean_face")
    half = GEOMETRY.width_in_inter_ocular * pose.inter_ocular_px / 2
    along = np.array([np.cos(pose.roll), np.sin(pose.roll)]) * half
    down = np.array([-along[1], along[0]])
    corners_of_pose = np.array([-along - down, along - down, down - along, along + down])
    ours = np.array([pose.x, pose.y]) + corners_of_pose
    scale = PX / (2 * half)
    assert np.abs(ours - corners).max() * scale < 2.0  # pixels of the crop
    crop = crop_mouth(image, pose, GEOMETRY)
    assert np.corrcoef(crop.ravel(), expected.ravel())[0, 1] > 0.98
