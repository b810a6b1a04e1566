"""What the process that hears the computer's sound and the one that asks it say to each other."""

from __future__ import annotations

from dataclasses import dataclass

from klipnet_live.types import FloatArray

RATE_HZ = 48_000


@dataclass(frozen=True, slots=True)
class OutputListing:
    """Asks for the names of all outputs."""


Request = str | OutputListing
"""An output, by a part of its name; empty for the system's own."""


@dataclass(frozen=True, slots=True)
class Names:
    """All outputs: the answer to a listing, or to a name that none of them has."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeardBlock:
    """What was heard, (samples, channels), and the time.monotonic() seconds at which its last sample came."""

    samples: FloatArray
    arrived_s: float


@dataclass(frozen=True, slots=True)
class HearingFailure:
    """Nothing more comes. `began`: after something was heard."""

    reason: str
    began: bool = False
