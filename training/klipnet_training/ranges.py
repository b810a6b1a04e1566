"""What the values of a configuration may be; they are checked where it is read."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from klipnet_live.lips.crop import CropGeometry

MOST = 1_000_000
"""More of anything is a slip of the keyboard."""

Count = Annotated[int, Field(ge=0, le=MOST)]
AtLeastOne = Annotated[int, Field(ge=1, le=MOST)]
NotNegative = Annotated[float, Field(ge=0, le=MOST, allow_inf_nan=False)]
Positive = Annotated[float, Field(gt=0, le=MOST, allow_inf_nan=False)]
Part = Annotated[float, Field(ge=0, le=1)]
"""A probability, or a part of a whole."""
HeightOfCrop = Annotated[int, Field(ge=1, le=CropGeometry().height)]
WidthOfCrop = Annotated[int, Field(ge=1, le=CropGeometry().width)]
"""Pixels of a mouth crop."""


def _in_order(pair: tuple[int, int]) -> tuple[int, int]:
    if pair[0] > pair[1]:
        raise ValueError("the first number should be the smaller one")
    return pair


Range = Annotated[tuple[Count, Count], AfterValidator(_in_order)]
