"""One tracked face: its place, its mouth crop, and whether the mouth moves."""

from __future__ import annotations

import math

import numpy as np

from klipnet_live.lips.crop import CropGeometry, crop_mouth
from klipnet_live.lips.motion import change
from klipnet_live.lips.pose import MouthPose, PoseSmoother, mouth_pose
from klipnet_live.tracking.appearance import STRANGER, similarity
from klipnet_live.tracking.effort import Effort
from klipnet_live.tracking.scene import Surroundings
from klipnet_live.types import Box, Face, FloatArray, GreyImage, Image

MOVING = 0.07
"""Minimum mean change of a normalised crop between frames for a moving mouth."""

_DRIFTED = 0.15
"""Change since the last landmarks that corresponds to a movement of about two pixels."""

_LATE = 0.25
"""Tolerated delay of an update in frames of 1/25 s: more than timestamp jitter, less than a frame at 30 fps.
"""

_STRANGE_FRAMES = 25
"""A face that stays at its place but looks different for this long is another person."""

_UNMOVED = 0.1
"""Maximum mean shift of the landmarks, in inter-ocular distances, of a face that has not moved.

GRID: at most 0.04 within 3 frames during speech, at least 0.18 between two people at the same place.
"""

_MOVING_FRAMES = 12
_MISSED_EVERY_FRAMES = 2
_LOOKS_WEIGHT = 0.2


class Track:
    """A speaker's face over time.

    `age`: frames of 1/25 s since the last search for its landmarks; `missed`: number of failed searches in a
    row; `is_cut`: its place has changed abruptly since the last search; `displaced`: something else was there
    when it was missed.
    """

    def __init__(self, speaker: str, face: Face, looks: FloatArray, geometry: CropGeometry) -> None:
        self.speaker, self.looks, self.geometry = speaker, looks, geometry
        self._smoother = PoseSmoother(geometry.centre_frames, geometry.scale_frames)
        self._scene = Surroundings()
        self._crop: GreyImage | None = None
        self._crop_at_look: GreyImage | None = None
        self._moved_for = 0.0
        self._strange_for = 0.0
        self._step = 1.0
        self.place(face)

    def place(self, face: Face) -> None:
        """Set the face as found in the current frame."""
        self.face: Face = face
        self.age, self.missed, self.displaced, self.is_cut = 0.0, 0, False, False
        self._crop_at_look = None
        self._pose: MouthPose = mouth_pose(face.landmarks, self.geometry.alignment)

    def place_anew(self, face: Face) -> None:
        """The face has returned or moved to another place: forget its history."""
        self._smoother.reset()
        self._scene = Surroundings()
        self._crop = None
        self.place(face)

    def rescale(self, x: float, y: float) -> None:
        """The image size has changed, and perhaps what it shows."""
        face, scale = self.face, np.array([x, y], np.float32)
        box = Box(face.box.left * x, face.box.top * y, face.box.right * x, face.box.bottom * y)
        self.face = Face(face.landmarks * scale, box)
        self._smoother.reset()
        self._scene = Surroundings()
        self.is_cut = True

    def miss(self, *, displaced: bool) -> None:
        """A search in the current frame has failed."""
        self.age = 0.0
        self.missed += 1
        self.displaced = displaced
        self.is_cut = False

    def notice(self, image: Image, step: float) -> None:
        """Process a new frame, `step` frames of 1/25 s after the previous one, and detect cuts."""
        self._step = step
        self.age += step
        self.is_cut = self._scene.is_cut(image) or self.is_cut

    def has_moved(self, face: Face) -> bool:
        """Whether a face is not exactly at the last position of this one."""
        eyes_px = max(mouth_pose(face.landmarks).inter_ocular_px, 1.0)
        shift = np.hypot(*(face.landmarks - self.face.landmarks).T).mean() / eyes_px
        return bool(shift >= _UNMOVED)

    def may_be_in_other_light(self, face: Face) -> bool:
        """Whether a face that looks different may still be this one, under a short change of light.

        It must be exactly at the same place, and must not have looked different for long.
        """
        self._strange_for += max(self.age, 1.0)
        return not (self.missed or self.has_moved(face)) and self._strange_for <= _STRANGE_FRAMES

    def learn_looks(self, looks: FloatArray) -> None:
        """Adapt to slow changes of light and pose, but not to another face."""
        if similarity(looks, self.looks) < STRANGER:
            return
        self._strange_for = 0.0
        mixed = (1 - _LOOKS_WEIGHT) * self.looks + _LOOKS_WEIGHT * looks
        self.looks = np.asarray(mixed / (np.linalg.norm(mixed) + 1e-6), dtype=np.float32)

    def cut(self, image: Image, time_s: float) -> GreyImage:
        """Mouth crop from this frame with the smoothed pose."""
        crop = crop_mouth(image, self._smoother(self._pose, time_s), self.geometry)
        changed = MOVING if self._crop is None else change(self._crop, crop)
        self._moved_for = _MOVING_FRAMES if changed >= MOVING else max(0.0, self._moved_for - self._step)
        self._crop = crop
        self._scene.watch(image, self.search_box)
        if self._crop_at_look is None:
            self._crop_at_look = crop
        return crop

    def overdue(self, effort: Effort) -> float:
        """Time since the last search relative to its maximum: search again from 1 on."""
        if self.is_cut:
            return math.inf
        # If not now, it would happen one frame later.
        waited = self.age + self._step - _LATE
        if self.missed:
            return waited / _MISSED_EVERY_FRAMES
        if self.is_moving:
            return waited / effort.moving_every
        if waited >= effort.restless_every and self._has_drifted:
            return waited / effort.restless_every
        return waited / effort.still_every

    @property
    def is_visible(self) -> bool:
        """Whether there is a mouth to crop: the last search succeeded, and there was no cut since."""
        return not (self.missed or self.is_cut)

    @property
    def is_moving(self) -> bool:
        """Whether the mouth has moved within the last half second."""
        return self._moved_for > 0

    @property
    def search_box(self) -> Box:
        """The square around the face in which to search for it, twice its size."""
        return around(self.face.box)

    @property
    def _has_drifted(self) -> bool:
        if self._crop is None or self._crop_at_look is None:
            return True
        return change(self._crop_at_look, self._crop) > _DRIFTED


def around(box: Box) -> Box:
    """The square with the same centre and twice the longer side."""
    x, y = box.centre
    reach = max(box.width, box.height)
    return Box(x - reach, y - reach, x + reach, y + reach)
