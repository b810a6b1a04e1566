"""Protocols of sound sources and speech recognisers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from klipnet_live.types import FloatArray, Sound, Word

RATE_HZ = 16_000
"""Sample rate of all sound, which is mono, whatever the device uses."""


ANY_LANGUAGE = "auto"
"""In place of a language: Korean or English, whichever is heard."""


class SoundSource(Protocol):
    """A source of sound. `blocks` can be called again after it has ended or failed."""

    name: str

    def blocks(self) -> Iterator[Sound]:
        """Mono float32 blocks at `RATE_HZ` until the source ends; closing the generator releases the device.

        `Sound.clock_s`: time.monotonic() of the block's first sample, or its media time for a file. UserError
        if the source cannot be opened, disappears or stalls.
        """
        ...

    def stop(self) -> None:
        """End `blocks` soon. Thread-safe. A stopped source stays stopped."""
        ...


class Recogniser(Protocol):
    """Recognises speech in mono sound at `RATE_HZ`, shape (samples,)."""

    name: str
    language: str

    def recognise(self, samples: FloatArray, hints: Sequence[str] = ()) -> tuple[Word, ...]:
        """The words with times in seconds from the first sample. `hints`: likely phrases."""
        ...

    def n_best(self, samples: FloatArray, n: int) -> list[tuple[str, float]]:
        """Up to `n` different texts with natural log-probabilities, most probable first."""
        ...

    def score(self, samples: FloatArray, texts: Sequence[str]) -> list[float]:
        """Natural log-probability of each text given the sound."""
        ...
