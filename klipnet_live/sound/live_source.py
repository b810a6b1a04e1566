"""What live sources of sound share: a device that calls from a thread of its own, and blocks on one clock."""

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
"""A block, (samples, channels), and the time.monotonic() of its last sample; or why there will be none."""

STALL_S = 3.0
"""A microphone without a block for this long was unplugged."""

_START_S = 10.0
"""Time for a device to send its first block."""
_WAIT_S = 0.1
_QUIET_S = 0.5
"""An output that sends nothing for this long is idle: what it would send is silence."""


class LiveSource(ABC):
    """Sound of a device, resampled. `idles`: whether it sends nothing at all while nothing sounds."""

    idles = False

    def __init__(self, name: str) -> None:
        self.name = name
        self._stopped = Event()

    def stop(self) -> None:
        """Ends `blocks` soon, from any thread. A stopped source stays stopped."""
        self._stopped.set()

    def blocks(self) -> Iterator[Sound]:
        """Errors: UserError when the device cannot be opened, vanishes or stalls."""
        # FFmpeg, which a window that hears nothing does without.
        from klipnet_live.sound.resample import SoundResampler

        heard: SimpleQueue[Heard] = SimpleQueue()
        with self._opened(heard.put) as rate_hz:
            resampler, clock = SoundResampler(rate_hz), ArrivalClock(rate_hz)
            until_s = time.monotonic() + _START_S
            while not self._stopped.is_set():
                try:
                    block = heard.get(timeout=_WAIT_S)
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
        """Silence up to a moment ago, or None. `until_s`: the end of what was heard so far."""
        missing_s = time.monotonic() - until_s
        if not self.idles:
            if missing_s > STALL_S:
                raise UserError(
                    "{name} sends no sound any more: connect it again, or choose another one.", name=self.name
                )
            return None
        if missing_s < _QUIET_S:
            return None
        samples = np.zeros(round((missing_s - _QUIET_S / 2) * RATE_HZ), np.float32)
        return Sound(samples, RATE_HZ, until_s)

    @abstractmethod
    def _opened(self, put: Callable[[Heard], None]) -> AbstractContextManager[int]:
        """Opens the device, which hands its blocks to `put`, and gives its rate in Hz.

        Errors: UserError when it cannot be opened.
        """
