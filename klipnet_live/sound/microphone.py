"""The microphone that the system has chosen, heard with sounddevice."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

import numpy as np

from klipnet_live.types import FloatArray, Sound, UserError

if TYPE_CHECKING:
    import sounddevice


class Microphone:
    """Hears all the time, and keeps what it hears from `begin` to `end`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._blocks: list[FloatArray] | None = None
        self._began_s = 0.0
        self._stream: sounddevice.InputStream | None = None

    def open(self) -> None:
        """Errors: UserError where there is no microphone, or none that can be opened."""
        try:
            # Without PortAudio its import fails, and nobody needs it who records no sound.
            import sounddevice

            stream = sounddevice.InputStream(channels=1, dtype="float32", callback=self._hear)
            stream.start()
        except Exception as problem:
            # An OSError where PortAudio is not installed; sounddevice has an error of its own, and
            # a ValueError where the system has no input.
            raise UserError(
                "The microphone cannot be used ({reason}): connect one and allow this program to use it, or "
                "record without sound.",
                reason=problem,
            ) from problem
        self._stream = stream

    def close(self) -> None:
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def begin(self) -> None:
        """Keep what is heard from now on."""
        with self._lock:
            self._blocks = []

    def end(self) -> Sound | None:
        """What was heard since `begin`; None where nothing was."""
        with self._lock:
            blocks, self._blocks = self._blocks, None
        if not blocks or self._stream is None:
            return None
        return Sound(np.concatenate(blocks), round(self._stream.samplerate), self._began_s)

    def _hear(self, block: FloatArray, _frames: int, moment: Any, _status: object) -> None:
        """Called by PortAudio on a thread of its own."""
        with self._lock:
            if self._blocks is None:
                return
            if not self._blocks:
                self._began_s = time.monotonic() - (moment.currentTime - moment.inputBufferAdcTime)
            self._blocks.append(block[:, 0].copy())
