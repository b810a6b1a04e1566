"""Renders one speaker: mouth postures to images of the face and true landmarks."""

from __future__ import annotations

from klipnet_live.types import FloatArray, Image
from klipnet_training.synthetic.contours import (
    INNER_LOWER,
    INNER_UPPER,
    OUTER_LOWER,
    OUTER_UPPER,
    Contours,
    portrait_contours,
    posed_contours,
)
from klipnet_training.synthetic.eyes import close_lids
from klipnet_training.synthetic.interior import Interior
from klipnet_training.synthetic.look import Look
from klipnet_training.synthetic.portrait import WorkPicture, window
from klipnet_training.synthetic.skin import retouched
from klipnet_training.synthetic.warp import REACH, FaceWarp


class Talker:
    """Renders the portrait with its mouth in a given posture."""

    def __init__(self, picture: WorkPicture, look: Look) -> None:
        self.picture = retouched(picture, look.skin)
        self._build = look.build
        source = portrait_contours(picture.landmarks)
        self._place, lower_face = window(self.picture, REACH)
        self._warp = FaceWarp(lower_face, source)
        self._interior = Interior(lower_face, source, look.oral)

    def frame(self, posture: FloatArray, lids: float = 0.0) -> tuple[Image, FloatArray]:
        """The image for a posture (channels as in `visemes.CHANNELS`), and its landmarks.

        `lids`: 0 (open) to 1 (shut). Landmarks (478, 2) in units; exact for the lips, else the portrait's.
        """
        lips = posed_contours(posture, self._build)
        image = self.picture.image.copy()
        image[self._place] = self._interior(self._warp(lips), lips, posture)
        if lids > 0:
            image = close_lids(image, self.picture, lids)
        return image, _with_lips(self.picture.landmarks, lips)


def _with_lips(landmarks: FloatArray, lips: Contours) -> FloatArray:
    moved = landmarks.copy()
    moved[OUTER_UPPER], moved[OUTER_LOWER] = lips.outer_upper, lips.outer_lower
    moved[INNER_UPPER], moved[INNER_LOWER] = lips.inner_upper, lips.inner_lower
    return moved
