"""Where a mouth is in a picture: centre, scale and roll, smoothed causally."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from statistics import fmean
from typing import Literal

import cv2
import numpy as np

from klipnet_live.types import FPS, FloatArray

# MediaPipe face mesh (468 points and 10 iris points), mediapipe/python/solutions/face_mesh_connections.py.
OUTER_LIP = (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185)
INNER_LIP = (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191)
LIP_POINTS = np.array(OUTER_LIP + INNER_LIP)
RIGHT_EYE_CORNERS = np.array([33, 133])
LEFT_EYE_CORNERS = np.array([362, 263])


@dataclass(frozen=True, slots=True)
class MouthPose:
    """Centre of the lips (pixels), inter-ocular distance (pixels) and roll of the eyes (radians)."""

    x: float
    y: float
    inter_ocular_px: float
    roll: float


Alignment = Literal["eyes", "mean_face"]
"""What sets scale and roll: the eyes, or the similarity that carries eyes, nose and mouth to a mean face."""

# Of the 68 points of the iBUG scheme, those that the mean face's four places are means of, in the face mesh.
_MEAN_FACE_POINTS = (
    np.array([33, 160, 158, 133, 153, 144]),  # 36 to 41, the right eye
    np.array([362, 385, 387, 263, 373, 380]),  # 42 to 47, the left eye
    np.array([98, 97, 2, 326, 327]),  # 31 to 35, under the nose
    np.array(
        [61, 40, 37, 0, 267, 270, 291, 321, 314, 17, 84, 91, 78, 81, 13, 311, 308, 402, 14, 178]
    ),  # the lips
)
_MEAN_FACE = np.array([[102.07, 94.27], [156.36, 93.58], [129.0, 135.9], [129.31, 157.82]])
"""Right eye, left eye, nose and lips of the mean face of Auto-AVSR (256 x 256 pixels), to a hundredth."""

MEAN_FACE_EYES_PX = float(np.hypot(*(_MEAN_FACE[1] - _MEAN_FACE[0])))


def mouth_pose(landmarks: FloatArray, alignment: Alignment = "eyes") -> MouthPose:
    """Pose of the mouth from face landmarks, shape (478, 2) in pixels."""
    if landmarks.ndim != 2 or landmarks.shape[0] < 468 or landmarks.shape[1] != 2:
        raise ValueError(f"expected landmarks of shape (468 or 478, 2), got {landmarks.shape}")
    if alignment == "mean_face":
        return _pose_on_the_mean_face(landmarks)
    x, y = landmarks[LIP_POINTS].mean(axis=0)
    eyes = landmarks[LEFT_EYE_CORNERS].mean(axis=0) - landmarks[RIGHT_EYE_CORNERS].mean(axis=0)
    return MouthPose(float(x), float(y), float(np.hypot(*eyes)), float(np.arctan2(eyes[1], eyes[0])))


def _pose_on_the_mean_face(landmarks: FloatArray) -> MouthPose:
    """The pose under which a crop shows what Auto-AVSR's alignment would cut out of the same picture.

    Its distance between the eyes is that of the mean face, carried back into the picture.
    """
    places = np.array([landmarks[points].mean(axis=0) for points in _MEAN_FACE_POINTS])
    matrix, _ = cv2.estimateAffinePartial2D(places, _MEAN_FACE, method=cv2.LMEDS)
    if matrix is None:  # Four places in one point: no face.
        return mouth_pose(landmarks)
    scale, roll = math.hypot(matrix[0, 0], matrix[1, 0]), -math.atan2(matrix[1, 0], matrix[0, 0])
    x, y = places[-1]
    return MouthPose(float(x), float(y), MEAN_FACE_EYES_PX / max(scale, 1e-6), roll)


class PoseSmoother:
    """Causal moving average: the centre over few frames of 1/25 s, scale and roll over more.

    The centre must follow a moving head; scale and roll change slowly and carry landmark noise. Both look
    back for a time, not over a number of pictures: a slow camera would be smoothed as no model has seen it.
    """

    def __init__(self, centre_frames: int = 5, scale_frames: int = 15) -> None:
        self._centre = _Average(centre_frames)
        self._shape = _Average(scale_frames)

    def __call__(self, pose: MouthPose, time_s: float) -> MouthPose:
        x, y = self._centre(time_s, pose.x, pose.y)
        # Roll is averaged as a vector, so that +180 and -180 degrees do not cancel.
        shape = (pose.inter_ocular_px, math.cos(pose.roll), math.sin(pose.roll))
        distance, cosine, sine = self._shape(time_s, *shape)
        return MouthPose(x, y, distance, math.atan2(sine, cosine))

    def reset(self) -> None:
        self._centre.values.clear()
        self._shape.values.clear()


class _Average:
    """Mean of the values of the last `frames` of 1/25 s."""

    def __init__(self, frames: int) -> None:
        # Half a frame less: timestamps that jitter let none in and push none out.
        self._reach_s = (frames - 0.5) / FPS
        self.values: deque[tuple[float, ...]] = deque()

    def __call__(self, time_s: float, *values: float) -> list[float]:
        self.values.append((time_s, *values))
        while not 0 <= time_s - self.values[0][0] < self._reach_s:
            self.values.popleft()
        return [fmean(column) for column in list(zip(*self.values, strict=True))[1:]]
