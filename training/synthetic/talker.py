"""One speaker: postures of the mouth become pictures of the face, with its true landmarks."""

from __future__ import annotations


from klipnet_live.types import FloatArray, Image
from training.synthetic.contours import (
    INNER_LOWER,
    INNER_UPPER,
    OUTER_LOWER,
    OUTER_UPPER,
    Contours,
    portrait_contours,
    posed_contours,
)
from training.synthetic.eyes import close_lids
from training.synthetic.interior import Interior
from training.synthetic.look import Look
from training.synthetic.portrait import Region, WorkPicture, work_picture
from training.synthetic.skin import retouched
from training.synthetic.visemes import CHANNELS
from training.synthetic.warp import FaceWarp

_TONGUE = CHANNELS.index("tongue")


class Talker:
    """Renders a region of the portrait, at `unit_px` pixels a unit, for a posture of the mouth."""

    def __init__(self, look: Look, region: Region, unit_px: float) -> None:
        self.picture: WorkPicture = retouched(work_picture(unit_px, region), look.skin)
        self._build = look.build
        source = portrait_contours(self.picture.landmarks)
        self._warp = FaceWarp(self.picture, source)
        self._interior = Interior(self.picture, source, look.oral)

    def frame(self, posture: FloatArray, lids: float = 0.0) -> Image:
        """The region with the mouth in a posture (channels: `visemes.CHANNELS`), lids 0 open to 1 shut."""
        lips = posed_contours(posture, self._build)
        image = self._interior(self._warp(lips), lips, float(posture[_TONGUE]))
        return close_lids(image, self.picture, lids) if lids > 0 else image

    def landmarks(self, posture: FloatArray) -> FloatArray:
        """The 478 landmarks in units; those of the lips are exact, the others are the portrait's."""
        lips = posed_contours(posture, self._build)
        return _with_lips(self.picture.landmarks, lips)


def _with_lips(landmarks: FloatArray, lips: Contours) -> FloatArray:
    moved = landmarks.copy()
    moved[OUTER_UPPER], moved[OUTER_LOWER] = lips.outer_upper, lips.outer_lower
    moved[INNER_UPPER], moved[INNER_LOWER] = lips.inner_upper, lips.inner_lower
    return moved
