"""The part of a ready-made mouth image that corresponds to this project's crops."""

from __future__ import annotations

from dataclasses import dataclass

from klipnet_live.lips.crop import CropGeometry
from klipnet_live.lips.pose import MouthPose
from klipnet_live.types import Image

MOUTH_IMAGE_SIZE = (100, 50)
"""Width and height of the seed corpora's mouth images: a video of this size shows a mouth, not a face."""


@dataclass(frozen=True, slots=True)
class Window:
    """A centred part of a mouth image, in pixels, twice as wide as high.

    The default is for the seed corpora's 100x50 images, which show the whole lower face: in their middle
    54x27 pixels the mouth is as large as in a crop of a live face.
    """

    width: int = 54
    height: int = 27

    def __post_init__(self) -> None:
        if self.width < 2 or abs(self.width - 2 * self.height) > 1:
            raise ValueError(f"expected a window twice as wide as high, got {self.width}x{self.height}")

    @classmethod
    def parse(cls, text: str) -> Window:
        """Parse WIDTHxHEIGHT. Raises ValueError."""
        width, separator, height = text.partition("x")
        if not separator:
            raise ValueError(f"expected WIDTHxHEIGHT, for example 54x27, got {text}")
        return cls(int(width), int(height))

    def pose(self, image: Image, geometry: CropGeometry) -> MouthPose:
        """The pose of a mouth in the middle of the image whose crop is this window."""
        height, width = image.shape[:2]
        distance = self.width / geometry.width_in_inter_ocular
        return MouthPose((width - 1) / 2, (height - 1) / 2, distance, 0.0)

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"
