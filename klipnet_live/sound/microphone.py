"""Microphones, heard with sounddevice."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from klipnet_live.sound.live_source import Heard, LiveSource
from klipnet_live.types import FloatArray, Sound, UserError

if TYPE_CHECKING:
    import sounddevice

_BLOCK_S = 0.05
_BLOCK = 2_048
"""Samples: 21 to 46 ms, whatever the rate."""
_LATENCY_S = 0.15
"""PulseAudio's device lost a third of the sound with the 35 ms that PortAudio takes for it by itself."""


_OPEN: set[sounddevice.InputStream] = set()


class Microphone(LiveSource):
    """A microphone by a part of its name or by its number; the system's own choice where none is named."""

    def __init__(self, wanted: str = "") -> None:
        super().__init__(wanted or "The microphone")
        self._wanted = wanted

    @contextmanager
    def _opened(self, put: Callable[[Heard], None]) -> Iterator[int]:
        def hear(block: FloatArray, _frames: int, moment: Any, _status: object) -> None:
            put((block.copy(), time.monotonic() - _ago_s(moment) + len(block) / rate_hz))

        stream = _open(self._wanted, hear)
        rate_hz = round(stream.samplerate)
        try:
            stream.start()
            yield rate_hz
        finally:
            _close(stream)


class VoiceRecorder:
    """Hears the system's microphone all the time, and keeps what it hears from `begin` to `end`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._blocks: list[FloatArray] | None = None
        self._began_s = 0.0
        self._stream: sounddevice.InputStream | None = None

    def open(self) -> None:
        """Errors: UserError where there is no microphone, or none that can be opened."""
        stream = _open("", self._hear)
        stream.start()
        self._stream = stream

    def close(self) -> None:
        if self._stream is not None:
            _close(self._stream)
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
                self._began_s = time.monotonic() - _ago_s(moment)
            self._blocks.append(block[:, 0].copy())


def microphone_names() -> list[str]:
    """Errors: UserError where sound cannot be heard here at all."""
    try:
        import sounddevice

        if not _OPEN:
            # PortAudio looks for devices once; streams that are open would not survive a second look.
            sounddevice._terminate()
            sounddevice._initialize()
        found = sounddevice.query_devices()
    except Exception as problem:
        raise _unusable(problem) from problem
    return [device["name"] for device in found if device["max_input_channels"] > 0]


def _open(wanted: str, hear: Callable[..., None]) -> sounddevice.InputStream:
    """A stream that is not started yet, of one channel, or of all where a device gives no single one."""
    try:
        # Without PortAudio its import fails, and nobody needs it who hears nothing.
        import sounddevice

        device: int | str | None = int(wanted) if wanted.isdigit() else wanted or None
        options: dict[str, Any] = {
            "device": device,
            "dtype": "float32",
            "callback": hear,
            "blocksize": _BLOCK,
            "latency": _LATENCY_S,
        }
        try:
            stream = sounddevice.InputStream(channels=1, **options)
        except sounddevice.PortAudioError:
            channels = sounddevice.query_devices(device, "input")["max_input_channels"]
            if channels < 2:
                raise
            stream = sounddevice.InputStream(channels=channels, **options)
        _OPEN.add(stream)
        return stream
    except Exception as problem:
        # An OSError where PortAudio is not installed; sounddevice has an error of its own, and a ValueError
        # where the system has no such input.
        raise _unusable(problem) from problem


def _close(stream: sounddevice.InputStream) -> None:
    stream.close()
    _OPEN.discard(stream)


def _unusable(problem: Exception) -> UserError:
    return UserError(
        "The microphone cannot be used ({reason}): connect one and allow this program to use it, or go "
        "on without sound.",
        reason=problem,
    )


def _ago_s(moment: Any) -> float:
    """How long ago the first sample of a block was heard; PortAudio tells 0 where it does not know."""
    if not moment.inputBufferAdcTime:
        return _BLOCK_S
    return float(moment.currentTime - moment.inputBufferAdcTime)
