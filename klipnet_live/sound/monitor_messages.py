"""Messages between the sound helper process and the process that uses it."""

from __future__ import annotations

from dataclasses import dataclass

from klipnet_live.types import FloatArray

RATE_HZ = 48_000


@dataclass(frozen=True, slots=True)
class OutputListing:
    """Requests the names of all outputs."""


Request = str | OutputListing
"""An output by part of its name; empty for the system's default."""


@dataclass(frozen=True, slots=True)
class Names:
    """All outputs: the reply to a listing, or to a name that matches none of them."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordingBegun:
    """The output is being recorded; an idle one sends no blocks."""


@dataclass(frozen=True, slots=True)
class HeardBlock:
    """Recorded sound, shape (samples, channels), with time.monotonic() of its last sample."""

    samples: FloatArray
    arrived_s: float


@dataclass(frozen=True, slots=True)
class HearingFailure:
    """Recording has failed."""

    reason: str
