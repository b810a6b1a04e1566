"""The two talkers of the demo: their looks, suit colours and walls."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from klipnet_live.types import Image
from klipnet_training.synthetic.contours import Build
from klipnet_training.synthetic.interior import Oral
from klipnet_training.synthetic.look import Look, Optics, Skin
from klipnet_training.synthetic.portrait import WorkPicture

_CHIN_Y = 1.0


@dataclass(frozen=True, slots=True)
class Seat:
    """One of the two talkers. `suit_hue`: shift of the suit's hue in OpenCV's half degrees."""

    name: str
    look: Look
    wall: tuple[int, int, int]
    suit_hue: int


SEATS = (
    Seat("left", Look(optics=Optics(contrast=0.9), rate=0.95, sway=0.8), (206, 203, 194), 0),
    Seat(
        "right",
        Look(
            build=Build(
                half_width=0.45, upper_thickness=0.075, lower_thickness=0.115, seam_y=0.06, corner_y=0.0
            ),
            oral=Oral(teeth_light=0.9),
            skin=Skin(lip_light=0.9),
            optics=Optics(gamma=1.2, contrast=0.88, tint=(1.03, 1.0, 0.95)),
            mirrored=True,
            aspect=1.04,
            rate=0.92,
            sway=0.8,
        ),
        (176, 190, 200),
        102,
    ),
)


def with_suit_colour(picture: WorkPicture, hue_shift: int) -> WorkPicture:
    """Shift the hue of the suit, i.e. of strongly orange or red pixels below the chin."""
    hue, saturation, value = cv2.split(cv2.cvtColor(picture.image, cv2.COLOR_RGB2HSV))
    turned = cv2.merge([((hue.astype(np.int32) + hue_shift) % 180).astype(np.uint8), saturation, value])
    orange = ((hue < 16) | (hue > 170)).astype(np.float32) * (picture.row_units() > _CHIN_Y)
    suit = orange * np.clip((saturation.astype(np.float32) - 70) / 40, 0, 1)
    other = cv2.cvtColor(turned, cv2.COLOR_HSV2RGB)
    mixed = cv2.blendLinear(other, picture.image, suit, 1 - suit)
    return replace(picture, image=np.asarray(mixed, dtype=np.uint8))


def wall(colour: tuple[int, int, int], size: tuple[int, int]) -> Image:
    """A plain wall, slightly darker towards the floor, size (width, height)."""
    light = np.linspace(1.04, 0.9, size[1])[:, None, None]
    shaded = np.clip(np.array(colour) * light, 0, 255).astype(np.uint8)
    return np.repeat(shaded, size[0], axis=1)
