"""Microphones, read with sounddevice."""

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
"""Samples per block: 21 to 46 ms, depending on the sample rate."""
_LATENCY_S = 0.15
"""With PortAudio's default of 35 ms PulseAudio's device lost a third of the sound."""


_OPEN: set[sounddevice.InputStream] = set()


class Microphone(LiveSource):
    """A microphone by number or part of its name; the system's default if empty."""

    def __init__(self, name: str = "") -> None:
        super().__init__(name or "The microphone")
        self._requested_name = name

    @contextmanager
    def _opened(self, put: Callable[[Heard], None]) -> Iterator[int]:
        def hear(block: FloatArray, _frames: int, moment: Any, _status: object) -> None:
            put((block.copy(), time.monotonic() - _ago_s(moment) + len(block) / rate_hz))

        stream = _open(self._requested_name, hear)
        rate_hz = round(stream.samplerate)
        try:
            _start(stream)
            yield rate_hz
        finally:
            _close(stream)


class VoiceRecorder:
    """Listens to the system's default microphone, and keeps the sound between `begin` and `end`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._blocks: list[FloatArray] | None = None
        self._began_s = 0.0
        self._stream: sounddevice.InputStream | None = None

    def open(self) -> None:
        """Open the microphone. UserError if there is none, or it cannot be opened."""
        stream = _open("", self._hear)
        _start(stream)
        self._stream = stream

    def close(self) -> None:
        if self._stream is not None:
            _close(self._stream)
            self._stream = None

    def begin(self) -> None:
        """Start keeping sound."""
        with self._lock:
            self._blocks = []

    def end(self) -> Sound | None:
        """The sound since `begin`; None if there is none."""
        with self._lock:
            blocks, self._blocks = self._blocks, None
        if not blocks or self._stream is None:
            return None
        return Sound(np.concatenate(blocks), round(self._stream.samplerate), self._began_s)

    def _hear(self, block: FloatArray, _frames: int, moment: Any, _status: object) -> None:
        """Callback of PortAudio, on its own thread."""
        with self._lock:
            if self._blocks is None:
                return
            if not self._blocks:
                self._began_s = time.monotonic() - _ago_s(moment)
            self._blocks.append(block[:, 0].copy())


def microphone_names() -> list[str]:
    """Names of all microphones. UserError if sound input is not available."""
    try:
        import sounddevice

        if not _OPEN:
            # PortAudio lists devices only once; restarting it would break open streams.
            sounddevice._terminate()
            sounddevice._initialize()
        found = sounddevice.query_devices()
    except Exception as problem:
        raise _unusable(problem) from problem
    return [device["name"] for device in found if device["max_input_channels"] > 0]


def _open(name: str, hear: Callable[..., None]) -> sounddevice.InputStream:
    """A stream that is not started yet: mono, or with all channels if the device requires it."""
    try:
        # The import fails without PortAudio, which is only needed for sound input.
        import sounddevice

        device: int | str | None = int(name) if name.isdigit() else name or None
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
        # PortAudioError, or ValueError if the system has no such input.
        raise _unusable(problem) from problem


def _start(stream: sounddevice.InputStream) -> None:
    """Start a stream. If that fails, it is closed and UserError is raised."""
    try:
        stream.start()
    except Exception as problem:
        _close(stream)
        raise _unusable(problem) from problem


def _close(stream: sounddevice.InputStream) -> None:
    stream.close()
    _OPEN.discard(stream)


def _unusable(problem: Exception) -> UserError:
    if isinstance(problem, OSError):
        # What sounddevice raises when it is imported without PortAudio.
        return UserError(
            "Cannot use the microphone ({reason}). Install PortAudio (on Debian and Ubuntu: "
            "sudo apt install libportaudio2), or continue without sound.",
            reason=problem,
        )
    return UserError(
        "Cannot use the microphone ({reason}). Connect one and allow this program to use it, or continue "
        "without sound.",
        reason=problem,
    )


def _ago_s(moment: Any) -> float:
    """Age of the first sample of a block; PortAudio gives 0 if it is unknown."""
    if not moment.inputBufferAdcTime:
        return _BLOCK_S
    return float(moment.currentTime - moment.inputBufferAdcTime)
