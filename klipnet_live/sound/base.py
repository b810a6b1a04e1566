"""What every source of sound and every recogniser offers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from klipnet_live.types import FloatArray, Sound, Word

RATE_HZ = 16_000
"""All sound is mono at this rate, whatever the device's rate and channels are."""


class SoundSource(Protocol):
    """Where sound comes from. `blocks` can be called again after it ended or failed."""

    name: str

    def blocks(self) -> Iterator[Sound]:
        """Mono float32 blocks at `RATE_HZ` until the source ends; closing the generator frees the device.

        `Sound.clock_s`: time.monotonic() at which the block's first sample was heard; for a file, its media
        time.
        Errors: UserError when the source cannot be opened, vanishes or stalls.
        """
        ...

    def stop(self) -> None:
        """Ends `blocks` soon, from any thread. A stopped source stays stopped."""
        ...


class Recogniser(Protocol):
    """Writes down what is said in a stretch of mono sound at `RATE_HZ`, (samples,)."""

    name: str
    language: str

    def recognise(self, samples: FloatArray, hints: Sequence[str] = ()) -> tuple[Word, ...]:
        """The words with their times in seconds from the first sample. `hints`: phrases that are likely."""
        ...

    def n_best(self, samples: FloatArray, n: int) -> list[tuple[str, float]]:
        """At most `n` different texts and their log-probabilities (natural), the likeliest first."""
        ...

    def score(self, samples: FloatArray, texts: Sequence[str]) -> list[float]:
        """The log-probability (natural) of each text, given the sound."""
        ...
