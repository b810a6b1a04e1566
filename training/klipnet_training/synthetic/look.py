"""Appearance of a synthetic speaker: all parameters that are drawn once per clip."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from klipnet_training.synthetic.contours import Build
from klipnet_training.synthetic.interior import Oral


@dataclass(frozen=True, slots=True)
class Skin:
    """Retouching of the portrait: brightness and redness of the lips, strength of a beard (0 to 1)."""

    lip_light: float = 1.0
    lip_redness: float = 1.0
    beard: float = 0.0


@dataclass(frozen=True, slots=True)
class Optics:
    """Camera and lighting. `unit_px`: inter-ocular distance in the image; `blur_px`: sigma in the image."""

    unit_px: float = 84.0
    blur_px: float = 0.0
    noise: float = 0.0
    gamma: float = 1.0
    contrast: float = 1.0
    brightness: float = 0.0
    tint: tuple[float, float, float] = (1.0, 1.0, 1.0)
    light_from: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Look:
    """A speaker in front of a camera. `aspect` widens the face; `roll` in radians; `sway` scales motion."""

    build: Build = field(default_factory=Build)
    oral: Oral = field(default_factory=Oral)
    skin: Skin = field(default_factory=Skin)
    optics: Optics = field(default_factory=Optics)
    mirrored: bool = False
    aspect: float = 1.0
    roll: float = 0.0
    sway: float = 1.0
    rate: float = 1.0


def random_look(random: np.random.Generator) -> Look:
    """Draw a random look, each parameter from the range in which the mouth looks plausible."""
    draw = random.uniform
    return Look(
        build=_random_build(random),
        oral=Oral(draw(0.65, 1.15), draw(0.6, 1.0), draw(0.6, 1.3), draw(-0.01, 0.06)),
        skin=Skin(draw(0.72, 1.08), draw(0.9, 1.15), float(random.choice([0.0, 0.0, draw(0.1, 0.9)]))),
        optics=_random_optics(random),
        mirrored=bool(random.random() < 0.5),
        aspect=draw(0.93, 1.08),
        roll=draw(-0.10, 0.10),
        sway=draw(0.3, 1.5),
        rate=draw(0.8, 1.25),
    )


def _random_build(random: np.random.Generator) -> Build:
    draw = random.uniform
    return Build(
        half_width=draw(0.36, 0.48),
        upper_thickness=draw(0.055, 0.11),
        lower_thickness=draw(0.09, 0.15),
        seam_y=draw(0.045, 0.085),
        corner_y=draw(-0.06, 0.02),
        opening=draw(0.65, 1.15),
        spreading=draw(0.7, 1.25),
    )


def _random_optics(random: np.random.Generator) -> Optics:
    draw = random.uniform
    warmth = draw(-0.08, 0.08)
    return Optics(
        unit_px=draw(42.0, 84.0),
        blur_px=draw(0.2, 1.0),
        noise=draw(0.3, 3.0),
        gamma=draw(0.75, 1.5),
        contrast=draw(0.45, 1.0),
        brightness=draw(-50.0, 20.0),
        tint=(1.0 + warmth, 1.0, 1.0 - warmth),
        light_from=(draw(-0.22, 0.22), draw(-0.15, 0.15)),
    )
