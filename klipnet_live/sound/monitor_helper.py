"""Helper process that records the computer's sound output with soundcard; see system_sound."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from types import ModuleType
from typing import Any

import numpy as np

from klipnet_live.sound.monitor_messages import (
    RATE_HZ,
    HeardBlock,
    HearingFailure,
    Names,
    OutputListing,
    RecordingBegun,
    Request,
)
from klipnet_live.types import translatable

_BLOCK = RATE_HZ // 20
_LOOK_S = 1.0
"""Time between looks at which output is the default: headphones may be plugged in during a call."""


def serve(connection: Connection, request: Request) -> None:
    """Send replies until the other side has gone, or recording fails."""
    try:
        # The import connects to the sound server, and fails without one.
        import soundcard

        monitors = [
            device for device in soundcard.all_microphones(include_loopback=True) if device.isloopback
        ]
    except ImportError as problem:
        connection.send(HearingFailure(f"{problem}; pip install klipnet-live[sound]"))
        return
    except Exception as problem:
        # OSError without the PulseAudio library, AssertionError without its server.
        connection.send(HearingFailure(_reason(problem)))
        return
    names = Names(tuple(_names(monitors)))
    chosen = None if isinstance(request, OutputListing) else _chosen(request, monitors, soundcard)
    if chosen is None:
        connection.send(names)
        return
    if sys.platform == "linux":
        _keep_to_its_output(soundcard)
        if not request:
            threading.Thread(target=_end_with_default, args=(soundcard,), daemon=True).start()
    _hear(chosen, connection)


def _keep_to_its_output(soundcard: ModuleType) -> None:
    """End recordings with their output, instead of moving them to the default source.

    That is the microphone, which is never recorded unless it was chosen. soundcard has no option for it.
    """
    library = soundcard.pulseaudio
    connect = library._pulse._pa_stream_connect_record

    def connect_and_stay(stream: Any, name: bytes, buffer: Any, flags: int) -> Any:
        return connect(stream, name, buffer, flags | library._pa.PA_STREAM_DONT_MOVE)

    library._pulse._pa_stream_connect_record = connect_and_stay


def _end_with_default(soundcard: ModuleType) -> None:
    """End this process when another output becomes the default: recording an idle output blocks forever."""
    first = _own_output(soundcard)
    while _own_output(soundcard) in (first, ""):
        time.sleep(_LOOK_S)
    os._exit(0)


def _chosen(name: str, monitors: list[Any], soundcard: ModuleType) -> Any | None:
    if name:
        named = (m for m in monitors if name.casefold() in m.name.casefold())
        return next((m for m in monitors if name in _ids(m)), None) or next(named, None)
    own = _own_output(soundcard)
    return next((m for m in monitors if own in (m.id, m.name)), next(iter(monitors), None))


def _names(monitors: Sequence[Any]) -> Iterator[str]:
    """Names for the user; the system's identifier where several outputs have the same name."""
    count = Counter(monitor.name for monitor in monitors)
    return (_ids(m)[1] if count[m.name] > 1 else m.name for m in monitors)


def _ids(monitor: Any) -> tuple[str, str]:
    """The system's identifier of a monitor, and that of its output."""
    return monitor.id, str(monitor.id).removesuffix(".monitor")


def _own_output(soundcard: ModuleType) -> str:
    """Monitor name of the system's default output; empty without one."""
    try:
        speaker = soundcard.default_speaker()
        return f"{speaker.id}.monitor" if sys.platform == "linux" else str(speaker.name)
    except Exception:
        # soundcard raises many types of exceptions for a missing output.
        return ""


def _hear(monitor: Any, connection: Connection) -> None:
    try:
        with monitor.recorder(samplerate=RATE_HZ, blocksize=_BLOCK) as recorder:
            connection.send(RecordingBegun())
            while True:
                samples = np.asarray(recorder.record(numframes=_BLOCK), np.float32)
                connection.send(HeardBlock(samples, time.monotonic()))
    except BrokenPipeError:
        raise
    except Exception as problem:
        connection.send(HearingFailure(_reason(problem)))


def _reason(problem: Exception) -> str:
    return str(problem) or translatable("no sound server answers")
