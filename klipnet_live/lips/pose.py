"""Where a mouth is in a picture: centre, scale and roll, smoothed causally."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from statistics import fmean

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


def mouth_pose(landmarks: FloatArray) -> MouthPose:
    """Pose of the mouth from face landmarks, shape (478, 2) in pixels."""
    if landmarks.ndim != 2 or landmarks.shape[0] < 468 or landmarks.shape[1] != 2:
        raise ValueError(f"expected landmarks of shape (468 or 478, 2), got {landmarks.shape}")
    x, y = landmarks[LIP_POINTS].mean(axis=0)
    eyes = landmarks[LEFT_EYE_CORNERS].mean(axis=0) - landmarks[RIGHT_EYE_CORNERS].mean(axis=0)
    return MouthPose(float(x), float(y), float(np.hypot(*eyes)), float(np.arctan2(eyes[1], eyes[0])))


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
