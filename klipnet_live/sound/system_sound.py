"""What the computer plays, heard with soundcard: PulseAudio and PipeWire monitors, WASAPI loopback."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from klipnet_live.sound.live_source import Heard, LiveSource
from klipnet_live.types import UserError

_RATE_HZ = 48_000
_BLOCK = 2_400
"""Samples: 50 ms."""


class SystemSound(LiveSource):
    """What one output plays, by a part of its name; the system's own output where none is named."""

    idles = True

    def __init__(self, wanted: str = "") -> None:
        super().__init__(wanted or "The sound of this computer")
        self._wanted = wanted

    @contextmanager
    def _opened(self, put: Callable[[Heard], None]) -> Iterator[int]:
        recorder = _monitor(self._wanted).recorder(samplerate=_RATE_HZ, blocksize=_BLOCK)
        ended = threading.Event()
        # soundcard waits without end for an idle output, so it waits on a thread of its own.
        reader = threading.Thread(target=self._read, args=(recorder, put, ended), daemon=True, name="monitor")
        reader.start()
        try:
            yield _RATE_HZ
        finally:
            ended.set()
            reader.join(timeout=1.0)

    def _read(self, recorder: Any, put: Callable[[Heard], None], ended: threading.Event) -> None:
        try:
            with recorder:
                while not ended.is_set():
                    put((recorder.record(numframes=_BLOCK), time.monotonic()))
        except Exception as problem:
            put(_lost(self.name, problem))


def output_names() -> list[str]:
    """The outputs that can be heard. Errors: UserError where none can."""
    return [monitor.name for monitor in _monitors()]


def _monitor(wanted: str) -> Any:
    """The monitor of an output. Errors: UserError where there is none of this name."""
    monitors = _monitors()
    if wanted:
        chosen = [monitor for monitor in monitors if wanted.casefold() in monitor.name.casefold()]
    else:
        own = _own_output()
        chosen = [monitor for monitor in monitors if own and own in (monitor.name, monitor.id)] or monitors
    if not monitors:
        raise UserError("This computer has no sound output: connect one, or choose a microphone.")
    if not chosen:
        raise UserError(
            "There is no sound output {name}; there are: {known}. `klipnet-live devices` lists them.",
            name=wanted,
            known=", ".join(monitor.name for monitor in monitors),
        )
    return chosen[0]


def _monitors() -> list[Any]:
    """Errors: UserError where the system lets no program hear what it plays."""
    soundcard = _soundcard()
    try:
        return [device for device in soundcard.all_microphones(include_loopback=True) if device.isloopback]
    except Exception as problem:
        raise _unusable(problem) from problem


def _own_output() -> str:
    """The system's own output, as its monitor is called; empty where it has none."""
    try:
        speaker = _soundcard().default_speaker()
    except Exception:
        # soundcard raises many kinds of errors for an output that is not there.
        return ""
    return f"{speaker.id}.monitor" if sys.platform == "linux" else str(speaker.name)


def _soundcard() -> ModuleType:
    if sys.platform == "darwin":
        raise UserError(
            "macOS lets no program hear what it plays: install a virtual device such as BlackHole, send the "
            "sound of the call to it, and choose it as microphone."
        )
    try:
        # Its import connects to the sound server, and fails where there is none.
        import soundcard
    except ImportError as problem:
        raise UserError(
            "To hear what the computer plays, soundcard is needed ({reason}): "
            "pip install klipnet-live[sound].",
            reason=problem,
        ) from problem
    except Exception as problem:
        # An OSError without PulseAudio's library, an AssertionError without its server.
        raise _unusable(problem) from problem
    module: ModuleType = soundcard
    return module


def _unusable(problem: Exception) -> UserError:
    return UserError(
        "What the computer plays cannot be heard ({reason}): start PulseAudio or PipeWire, or choose a "
        "microphone.",
        reason=str(problem) or type(problem).__name__,
    )


def _lost(name: str, problem: Exception) -> UserError:
    return UserError(
        "{name} cannot be heard any more ({reason}): connect it again, or choose another one.",
        name=name,
        reason=str(problem) or type(problem).__name__,
    )
