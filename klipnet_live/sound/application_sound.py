"""Sound of a single application: its stream on PulseAudio or PipeWire.

`pactl` lists the streams and `parec` records one of them. Windows and macOS offer no such streams to ordinary
programs.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from klipnet_live.sound.live_source import Heard, LiveSource
from klipnet_live.types import UserError

RATE_HZ = 48_000
_BLOCK_BYTES = 4 * RATE_HZ // 20
"""0.05 s of mono float32."""
_LOOK_S = 0.4
"""Polling interval: an application opens a new stream when a call begins or a page is reloaded."""
_ANSWER_S = 5.0
_STAY = ["--property=node.dont-reconnect=true", "--property=node.dont-fallback=true"]
"""PipeWire would move the recording of a stream that has ended to the default source: the microphone."""


@dataclass(frozen=True, slots=True)
class Stream:
    """A playback stream. `index`: its number on the sound server. `names`: the application's own
    name first.
    """

    index: int
    names: tuple[str, ...]
    paused: bool


class ApplicationSound(LiveSource):
    """The newest stream of an application, by part of its name; followed by the next one when it ends."""

    idles = True

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._requested_name = name

    @contextmanager
    def _opened(self, put: Callable[[Heard], None]) -> Iterator[int]:
        known = streams()
        if _newest(known, self._requested_name) is None:
            raise _nothing_played(self._requested_name, known)
        closing = threading.Event()
        reader = threading.Thread(target=self._read, args=(put, closing), daemon=True, name="application")
        reader.start()
        try:
            yield RATE_HZ
        finally:
            closing.set()
            reader.join()

    def _read(self, put: Callable[[Heard], None], closing: threading.Event) -> None:
        """Record streams until the source is closed or the sound server fails."""
        try:
            while not closing.is_set():
                stream = _newest(streams(), self._requested_name)
                if stream is None:
                    closing.wait(_LOOK_S)
                else:
                    self._hear(stream, put, closing)
        except UserError as problem:
            put(problem)

    def _hear(self, stream: Stream, put: Callable[[Heard], None], closing: threading.Event) -> None:
        """Record one stream until it ends or the application opens another one."""
        command = ["parec", f"--monitor-stream={stream.index}", "--raw", "--format=float32le"]
        command += [f"--rate={RATE_HZ}", "--channels=1", "--latency-msec=50", "--client-name=KLipNet Live"]
        command += _STAY
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as parec:
            assert parec.stdout is not None
            os.set_blocking(parec.stdout.fileno(), False)
            waiting = b""
            try:
                while not closing.is_set():
                    if not select.select([parec.stdout], [], [], _LOOK_S)[0]:
                        if _newest(streams(), self._requested_name) != stream:
                            return
                        continue
                    data = parec.stdout.read()
                    if not data:
                        return
                    waiting += data
                    if whole := len(waiting) // _BLOCK_BYTES * _BLOCK_BYTES:
                        samples = np.frombuffer(waiting[:whole], np.float32)[:, None]
                        put((samples, time.monotonic() - len(waiting[whole:]) / 4 / RATE_HZ))
                        waiting = waiting[whole:]
            finally:
                parec.kill()


def application_names() -> list[str]:
    """Names of applications with a stream. UserError if they cannot be listed."""
    return list(dict.fromkeys(stream.names[0] for stream in streams()))


def streams() -> list[Stream]:
    """Streams that play or are paused. UserError if the sound server or its tools fail."""
    if sys.platform != "linux":
        raise UserError(
            "Recording a single application works on Linux only. Choose the sound output of this "
            "computer, or a microphone."
        )
    command = ["pactl", "--format=json", "list", "sink-inputs"]
    try:
        done = subprocess.run(
            command,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_ANSWER_S,
            check=True,
        )
        return [_stream(found) for found in json.loads(done.stdout or b"[]")]
    except FileNotFoundError as problem:
        raise UserError(
            "Recording a single application needs pactl and parec. Install pulseaudio-utils."
        ) from problem
    except (OSError, subprocess.SubprocessError, ValueError, KeyError) as problem:
        raise UserError(
            "Cannot record applications ({reason}). Start PulseAudio or PipeWire, or choose a microphone.",
            reason=_reason(problem),
        ) from problem


def _stream(found: dict[str, Any]) -> Stream:
    known = found["properties"]
    keys = ("application.name", "application.process.binary", "media.name")
    names = tuple(str(known[key]) for key in keys if known.get(key))
    return Stream(int(found["index"]), names or (f"stream {found['index']}",), bool(found["corked"]))


def _newest(known: list[Stream], name: str) -> Stream | None:
    """The application's newest stream that is not paused, or else its newest stream."""
    own = [s for s in known if any(name.casefold() in title.casefold() for title in s.names)]
    return max(own, key=lambda stream: (not stream.paused, stream.index), default=None)


def _nothing_played(name: str, known: list[Stream]) -> UserError:
    if not known:
        return UserError(
            "No application is playing sound. Start the call or the video, then choose {name} again.",
            name=name,
        )
    return UserError(
        "{name} is not playing sound. Playing now: {known}. `klipnet-live devices` lists them.",
        name=name,
        known=", ".join(dict.fromkeys(stream.names[0] for stream in known)),
    )


def _reason(problem: Exception) -> str:
    output = getattr(problem, "stderr", None)
    return output.decode("utf-8", "replace").strip() if output else str(problem)
