"""Articulation targets of the mouth for each viseme.

The set follows the usual viseme classes (Fisher 1968; MPEG-4 FBA, ISO/IEC 14496-2), with Korean vowels
added. Sounds of a class that differ in voicing have different lengths and following breaths, as in real
speech. Values were set by eye against recordings of read speech.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from klipnet_live.types import FloatArray

CHANNELS = ("jaw", "width", "rounding", "closure", "tuck", "teeth", "tongue")
"""Channels of a track, all from 0 to 1, except `width` from -1 (narrow) to 1 (spread)."""


@dataclass(frozen=True, slots=True)
class SpeechSound:
    """A speech sound without timing.

    `symbol`: name in the ground truth; `visemes`: names of its articulation targets in order.
    """

    symbol: str
    visemes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Viseme:
    """A target posture with the dominance of its channels and its duration."""

    jaw: float = 0.0
    width: float = 0.0
    rounding: float = 0.0
    closure: float = 0.0
    tuck: float = 0.0
    teeth: float = 0.0
    tongue: float = 0.2
    shape_weight: float = 1.0
    contact_weight: float = 1.0
    duration_s: float = 0.090

    def targets(self) -> FloatArray:
        """Target values, shape (7,), in the order of `CHANNELS`."""
        return np.array([getattr(self, name) for name in CHANNELS], dtype=np.float32)

    def weights(self) -> FloatArray:
        """Dominance of each channel, shape (7,)."""
        shape, contact = self.shape_weight, self.contact_weight
        return np.array([shape, shape, shape, contact, contact, shape, 1.0], dtype=np.float32)


REST = Viseme(closure=1.0, shape_weight=1.0, contact_weight=1.0)

VISEMES = {
    "A": Viseme(jaw=0.95, width=0.05, tongue=0.05, duration_s=0.115),
    "AE": Viseme(jaw=0.80, width=0.45, teeth=0.25, tongue=0.15, duration_s=0.110),
    "UH": Viseme(jaw=0.50, width=-0.05, tongue=0.15, duration_s=0.075),
    "AO": Viseme(jaw=0.75, width=-0.25, rounding=0.50, tongue=0.05, duration_s=0.110),
    "EO": Viseme(jaw=0.65, width=-0.10, rounding=0.22, tongue=0.10, duration_s=0.100),
    "EH": Viseme(jaw=0.55, width=0.35, teeth=0.25, tongue=0.25, duration_s=0.095),
    "I": Viseme(jaw=0.32, width=0.40, teeth=0.35, tongue=0.45, duration_s=0.080),
    "EE": Viseme(jaw=0.24, width=0.85, teeth=0.60, tongue=0.55, duration_s=0.105),
    "EU": Viseme(jaw=0.20, width=0.45, teeth=0.45, tongue=0.35, duration_s=0.085),
    "O": Viseme(jaw=0.50, width=-0.50, rounding=0.85, tongue=0.05, shape_weight=1.3, duration_s=0.110),
    "U": Viseme(jaw=0.32, width=-0.85, rounding=1.0, tongue=0.1, shape_weight=1.4, duration_s=0.105),
    "OE": Viseme(jaw=0.34, width=-0.40, rounding=0.65, tongue=0.3, shape_weight=1.2),
    "P": Viseme(jaw=0.08, closure=1.0, shape_weight=0.35, contact_weight=7.0, duration_s=0.095),
    "B": Viseme(jaw=0.05, closure=1.0, shape_weight=0.35, contact_weight=7.0, duration_s=0.075),
    "M": Viseme(jaw=0.02, closure=1.0, shape_weight=0.35, contact_weight=7.0, duration_s=0.110),
    "F": Viseme(jaw=0.15, width=0.1, tuck=1.0, shape_weight=0.7, contact_weight=6.0, duration_s=0.095),
    "TH": Viseme(jaw=0.25, width=0.15, teeth=0.4, tongue=1.0, shape_weight=0.8, duration_s=0.085),
    "T": Viseme(jaw=0.17, width=0.20, teeth=0.45, tongue=0.65, shape_weight=0.55, duration_s=0.070),
    "D": Viseme(jaw=0.17, width=0.20, teeth=0.40, tongue=0.65, shape_weight=0.55, duration_s=0.060),
    "N": Viseme(jaw=0.21, width=0.15, teeth=0.30, tongue=0.70, shape_weight=0.60, duration_s=0.085),
    "S": Viseme(jaw=0.09, width=0.45, teeth=0.90, tongue=0.45, shape_weight=1.0, duration_s=0.100),
    "SH": Viseme(jaw=0.16, width=-0.50, rounding=0.60, teeth=0.75, tongue=0.4, duration_s=0.100),
    "J": Viseme(jaw=0.14, width=0.05, rounding=0.20, teeth=0.70, tongue=0.5, shape_weight=0.8),
    "L": Viseme(jaw=0.36, width=0.15, teeth=0.15, tongue=0.75, shape_weight=0.6, duration_s=0.080),
    "K": Viseme(jaw=0.30, width=0.10, tongue=0.15, shape_weight=0.30, duration_s=0.075),
    "H": Viseme(jaw=0.45, tongue=0.1, shape_weight=0.20, duration_s=0.060),
    "R": Viseme(jaw=0.24, width=-0.45, rounding=0.60, teeth=0.25, tongue=0.3, shape_weight=0.9),
    "W": Viseme(jaw=0.14, width=-0.95, rounding=1.0, tongue=0.1, shape_weight=1.5, duration_s=0.080),
    "Y": Viseme(jaw=0.18, width=0.55, teeth=0.45, tongue=0.6, shape_weight=0.7, duration_s=0.060),
}
