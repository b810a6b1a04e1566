"""Mouth pose in an image: centre, scale and roll, with causal smoothing."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from statistics import fmean
from typing import Literal

import cv2
import numpy as np

from klipnet_live.types import FPS, FloatArray

# MediaPipe face mesh: 468 points and 10 iris points; mediapipe/python/solutions/face_mesh_connections.py.
OUTER_LIP = (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185)
INNER_LIP = (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191)
LIP_POINTS = np.array(OUTER_LIP + INNER_LIP)
RIGHT_EYE_CORNERS = np.array([33, 133])
LEFT_EYE_CORNERS = np.array([362, 263])


@dataclass(frozen=True, slots=True)
class MouthPose:
    """Centre of the lips (pixels), inter-ocular distance (pixels) and roll of the eye line (radians)."""

    x: float
    y: float
    inter_ocular_px: float
    roll: float


Alignment = Literal["eyes", "mean_face"]
"""How scale and roll are determined: from the eyes, or by a similarity transform to a mean face."""

# The mean face has four landmarks, each a mean of iBUG 68 points; these are their face mesh equivalents.
_MEAN_FACE_POINTS = (
    np.array([33, 160, 158, 133, 153, 144]),  # 36 to 41, the right eye
    np.array([362, 385, 387, 263, 373, 380]),  # 42 to 47, the left eye
    np.array([98, 97, 2, 326, 327]),  # 31 to 35, under the nose
    np.array(
        [61, 40, 37, 0, 267, 270, 291, 321, 314, 17, 84, 91, 78, 81, 13, 311, 308, 402, 14, 178]
    ),  # the lips
)
_MEAN_FACE = np.array([[102.07, 94.27], [156.36, 93.58], [129.0, 135.9], [129.31, 157.82]])
"""Right eye, left eye, nose and lips of Auto-AVSR's mean face (256 x 256 pixels), to 0.01 pixels."""

MEAN_FACE_INTER_OCULAR_PX = float(np.hypot(*(_MEAN_FACE[1] - _MEAN_FACE[0])))


def mouth_pose(landmarks: FloatArray, alignment: Alignment = "eyes") -> MouthPose:
    """Mouth pose from face landmarks, shape (468 or 478, 2) in pixels. ValueError for another shape."""
    if landmarks.ndim != 2 or landmarks.shape[0] < 468 or landmarks.shape[1] != 2:
        raise ValueError(f"expected landmarks of shape (468 or 478, 2), got {landmarks.shape}")
    if alignment == "mean_face":
        return _mean_face_pose(landmarks)
    x, y = landmarks[LIP_POINTS].mean(axis=0)
    eyes = landmarks[LEFT_EYE_CORNERS].mean(axis=0) - landmarks[RIGHT_EYE_CORNERS].mean(axis=0)
    return MouthPose(float(x), float(y), float(np.hypot(*eyes)), float(np.arctan2(eyes[1], eyes[0])))


def _mean_face_pose(landmarks: FloatArray) -> MouthPose:
    """Pose for a crop that shows what Auto-AVSR's alignment would cut out of the same image.

    Its inter-ocular distance is that of the mean face, mapped back into the image.
    """
    places = np.array([landmarks[points].mean(axis=0) for points in _MEAN_FACE_POINTS])
    matrix, _ = cv2.estimateAffinePartial2D(places, _MEAN_FACE, method=cv2.LMEDS)
    if matrix is None:  # All four points coincide: not a face.
        return mouth_pose(landmarks)
    scale, roll = math.hypot(matrix[0, 0], matrix[1, 0]), -math.atan2(matrix[1, 0], matrix[0, 0])
    x, y = places[-1]
    return MouthPose(float(x), float(y), MEAN_FACE_INTER_OCULAR_PX / max(scale, 1e-6), roll)


class PoseSmoother:
    """Causal moving average: a short window for the centre, a longer one for scale and roll.

    The centre must follow a moving head; scale and roll change slowly, and their landmarks are noisy. The
    windows are durations, in frames of 1/25 s: with a fixed number of frames a slow camera would be
    smoothed in a way that no model has seen in training.
    """

    def __init__(self, centre_frames: int = 5, scale_frames: int = 15) -> None:
        self._centre = _Average(centre_frames)
        self._shape = _Average(scale_frames)

    def __call__(self, pose: MouthPose, time_s: float) -> MouthPose:
        x, y = self._centre(time_s, pose.x, pose.y)
        # Average roll as a vector, so that +180 and -180 degrees do not cancel.
        shape = (pose.inter_ocular_px, math.cos(pose.roll), math.sin(pose.roll))
        distance, cosine, sine = self._shape(time_s, *shape)
        return MouthPose(x, y, distance, math.atan2(sine, cosine))

    def reset(self) -> None:
        self._centre.values.clear()
        self._shape.values.clear()


class _Average:
    """Mean of the values of the last `frames` / 25 seconds."""

    def __init__(self, frames: int) -> None:
        # Half a frame shorter, so that timestamp jitter neither adds nor drops a value.
        self._reach_s = (frames - 0.5) / FPS
        self.values: deque[tuple[float, ...]] = deque()

    def __call__(self, time_s: float, *values: float) -> list[float]:
        self.values.append((time_s, *values))
        while not 0 <= time_s - self.values[0][0] < self._reach_s:
            self.values.popleft()
        return [fmean(column) for column in list(zip(*self.values, strict=True))[1:]]
