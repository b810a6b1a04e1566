"""Types of configuration values with their allowed ranges; pydantic checks them on loading."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from klipnet_live.lips.crop import CropGeometry

LARGEST = 1_000_000
"""Larger values are typing errors."""

Count = Annotated[int, Field(ge=0, le=LARGEST)]
AtLeastOne = Annotated[int, Field(ge=1, le=LARGEST)]
NotNegative = Annotated[float, Field(ge=0, le=LARGEST, allow_inf_nan=False)]
Positive = Annotated[float, Field(gt=0, le=LARGEST, allow_inf_nan=False)]
Part = Annotated[float, Field(ge=0, le=1)]
"""A probability or a fraction."""
HeightOfCrop = Annotated[int, Field(ge=1, le=CropGeometry().height)]
WidthOfCrop = Annotated[int, Field(ge=1, le=CropGeometry().width)]
"""In pixels of a mouth crop."""


def _in_order(pair: tuple[int, int]) -> tuple[int, int]:
    if pair[0] > pair[1]:
        raise ValueError("the first number must not be larger than the second")
    return pair


Range = Annotated[tuple[Count, Count], AfterValidator(_in_order)]
