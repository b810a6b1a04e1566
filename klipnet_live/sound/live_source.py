"""Base class of live sound sources: devices that deliver blocks from their own thread."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from queue import Empty, SimpleQueue
from threading import Event

import numpy as np

from klipnet_live.sound.base import RATE_HZ
from klipnet_live.sound.clock import ArrivalClock
from klipnet_live.types import FloatArray, Sound, UserError

Heard = tuple[FloatArray, float] | UserError
"""A block, shape (samples, channels), with time.monotonic() of its last sample; or the error that ends the
stream.
"""

STALL_S = 3.0
"""A microphone without a block for this long has been disconnected."""

_START_S = 10.0
"""Time limit for the first block of a device."""
_WAIT_S = 0.1
_QUIET_S = 0.5
"""An output that sends nothing for this long is idle, which is treated as silence."""


class LiveSource(ABC):
    """Sound of a device, resampled. `idles`: whether it sends no blocks at all during silence."""

    idles = False

    def __init__(self, name: str) -> None:
        self.name = name
        self._stopped = Event()

    def stop(self) -> None:
        """End `blocks` soon. Thread-safe. A stopped source stays stopped."""
        self._stopped.set()

    def blocks(self) -> Iterator[Sound]:
        """Raises UserError if the device cannot be opened, disappears or stalls."""
        # Imports FFmpeg, which is not needed without sound.
        from klipnet_live.sound.resample import SoundResampler

        received: SimpleQueue[Heard] = SimpleQueue()
        with self._opened(received.put) as rate_hz:
            resampler, clock = SoundResampler(rate_hz), ArrivalClock(rate_hz)
            until_s = time.monotonic() + _START_S
            while not self._stopped.is_set():
                try:
                    block = received.get(timeout=_WAIT_S)
                except Empty:
                    filler = self._while_nothing_comes(until_s)
                    if filler is None:
                        continue
                    sound = filler
                else:
                    if isinstance(block, UserError):
                        raise block
                    samples, arrived_s = block
                    start_s = clock.start_of(len(samples), arrived_s)
                    sound = Sound(resampler.push(samples), RATE_HZ, start_s)
                until_s = sound.end_s
                if len(sound.samples):
                    yield sound

    def _while_nothing_comes(self, until_s: float) -> Sound | None:
        """Silence to fill the time since `until_s`, the end of the last block; None if not needed."""
        missing_s = time.monotonic() - until_s
        if not self.idles:
            if missing_s > STALL_S:
                raise UserError(
                    "{name} no longer sends sound. Reconnect it, or choose another one.", name=self.name
                )
            return None
        if missing_s < _QUIET_S:
            return None
        samples = np.zeros(round((missing_s - _QUIET_S / 2) * RATE_HZ), np.float32)
        return Sound(samples, RATE_HZ, until_s)

    @abstractmethod
    def _opened(self, put: Callable[[Heard], None]) -> AbstractContextManager[int]:
        """Open the device, which passes its blocks to `put`; gives its sample rate in Hz.

        Raises UserError if it cannot be opened.
        """
