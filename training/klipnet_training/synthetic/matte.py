"""Separates the person in the portrait from the background, to place her in front of a plain wall.

GrabCut (Rother, Kolmogorov, Blake 2004) from hand-drawn hints in pixels of the bundled portrait.
"""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np

from klipnet_live.types import FloatArray, GreyImage
from klipnet_training.synthetic.portrait import portrait

_Ellipse = tuple[tuple[int, int], tuple[int, int], int]

_HAIR_REACH: _Ellipse = ((228, 92), (86, 92), 0)
_HAIR: _Ellipse = ((227, 75), (66, 60), 0)
_FACE: _Ellipse = ((226, 92), (50, 72), 0)
_SUIT_REACH = ((110, 150), (300, 150), (372, 300), (380, 360), (0, 360), (15, 290))
_COLLAR = ((185, 150), (160, 153), (135, 167), (122, 190), (120, 205), (150, 225), (185, 225))
_SUIT = ((140, 200), (280, 200), (330, 300), (350, 360), (60, 360), (70, 290))

_ROUNDS = 6


@cache
def person_matte() -> FloatArray:
    """Alpha matte of the size of the portrait: 1 on the person, 0 on the background, soft edges."""
    image = portrait()
    hints: GreyImage = np.full(image.shape[:2], cv2.GC_BGD, dtype=np.uint8)
    _fill(hints, _HAIR_REACH, cv2.GC_PR_BGD)
    cv2.fillPoly(hints, [np.array(_SUIT_REACH)], [cv2.GC_PR_FGD])
    _fill(hints, _HAIR, cv2.GC_PR_FGD)
    _fill(hints, _FACE, cv2.GC_FGD)
    for outline in (_COLLAR, _SUIT):
        cv2.fillPoly(hints, [np.array(outline)], [cv2.GC_FGD])
    # GrabCut initialises its colour models with cv2's random number generator.
    cv2.setRNGSeed(0)
    background, foreground = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.grabCut(image, hints, (0, 0, 1, 1), background, foreground, _ROUNDS, cv2.GC_INIT_WITH_MASK)
    person = np.isin(hints, (cv2.GC_FGD, cv2.GC_PR_FGD)).astype(np.float32)
    # Shrink by half a pixel, because the edge still has the colour of the background.
    soft = np.clip(cv2.GaussianBlur(person, (0, 0), 1.2) * 1.6 - 0.6, 0.0, 1.0)
    return np.asarray(soft, dtype=np.float32)


def _fill(hints: GreyImage, ellipse: _Ellipse, value: int) -> None:
    centre, axes, angle = ellipse
    cv2.ellipse(hints, centre, axes, angle, 0, 360, [value], -1)
