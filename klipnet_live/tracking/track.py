"""One known face: where it is, how its mouth is cut, and whether the mouth moves."""

from __future__ import annotations

import numpy as np

from klipnet_live.lips.crop import CropGeometry, crop_mouth
from klipnet_live.lips.motion import change
from klipnet_live.lips.pose import MouthPose, PoseSmoother, mouth_pose
from klipnet_live.tracking.appearance import signature
from klipnet_live.types import Box, Face, FloatArray, GreyImage, Image

MOVING = 0.07
"""Mean change of a normalised crop from one frame to the next above which a mouth moves."""

_MOVING_FRAMES = 12
_SIGNATURE_WEIGHT = 0.2


class Track:
    """A speaker's face over time. `age` counts frames since its landmarks were last found."""

    def __init__(self, speaker: str, face: Face, image: Image, geometry: CropGeometry) -> None:
        self.speaker, self.geometry = speaker, geometry
        self.looks = signature(image, face)
        self._smoother = PoseSmoother(geometry.centre_frames, geometry.scale_frames)
        self._crop: GreyImage | None = None
        self._moved_for = 0
        self.missed = 0
        self.place(face)

    def place(self, face: Face) -> None:
        """The face as it is in the present frame."""
        self.face: Face = face
        self.age, self.missed = 0, 0
        self._pose: MouthPose = mouth_pose(face.landmarks)

    def learn_looks(self, looks: FloatArray) -> None:
        """Follow slow changes of light and pose."""
        mixed = (1 - _SIGNATURE_WEIGHT) * self.looks + _SIGNATURE_WEIGHT * looks
        self.looks = np.asarray(mixed / (np.linalg.norm(mixed) + 1e-6), dtype=np.float32)

    def restart(self) -> None:
        """Forget the past of the pose: the face was out of sight or has moved to another place."""
        self._smoother.reset()
        self._crop = None

    def cut(self, image: Image) -> GreyImage:
        """The mouth in this frame, at the smoothed pose."""
        crop = crop_mouth(image, self._smoother(self._pose), self.geometry)
        moves = self._crop is None or change(self._crop, crop) > MOVING
        self._moved_for = _MOVING_FRAMES if moves else max(0, self._moved_for - 1)
        self._crop = crop
        return crop

    @property
    def is_moving(self) -> bool:
        """The mouth has moved within about the last half second."""
        return self._moved_for > 0

    @property
    def search_box(self) -> Box:
        """The square around the face in which it is looked for in the next frame, twice its size."""
        x, y = self.face.box.centre
        reach = max(self.face.box.width, self.face.box.height)
        return Box(x - reach, y - reach, x + reach, y + reach)

