"""Records the computer's sound output: PulseAudio and PipeWire monitors on Linux, WASAPI loopback on Windows.

soundcard runs in a helper process: it blocks forever while an output is idle, and after a restart of the
sound server the PulseAudio library aborts the process.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection

from klipnet_live.errors import as_user_error
from klipnet_live.sound.live_source import Heard, LiveSource
from klipnet_live.sound.monitor_messages import (
    RATE_HZ,
    HeardBlock,
    HearingFailure,
    Names,
    OutputListing,
    RecordingBegun,
    Request,
)
from klipnet_live.types import UserError, translatable

RESUME_S = 3.0
"""Time limit for resuming a recording that has ended."""

_START_S = 15.0
_PAUSE_S = 0.2


class SystemSound(LiveSource):
    """Sound of an output, by part of its name; the system's default output if empty."""

    idles = True

    def __init__(self, name: str = "") -> None:
        super().__init__(name or "The sound of this computer")
        self._requested_name = name

    @contextmanager
    def _opened(self, put: Callable[[Heard], None]) -> Iterator[int]:
        closing = threading.Event()
        reader = threading.Thread(target=self._read, args=(put, closing), daemon=True, name="monitor")
        reader.start()
        try:
            yield RATE_HZ
        finally:
            closing.set()
            reader.join()

    def _read(self, put: Callable[[Heard], None], closing: threading.Event) -> None:
        """Record until the source is closed.

        Recording is resumed when the default output changes or the sound server restarts.
        """
        problem: UserError | None = None
        resume_until_s = 0.0
        try:
            while not closing.is_set():
                began, ended = self._record(put, closing)
                if began:
                    problem, resume_until_s = ended, time.monotonic() + RESUME_S
                elif time.monotonic() > resume_until_s:
                    raise problem or ended
                closing.wait(_PAUSE_S)
        except Exception as error:
            # UserError, or OSError if no process can be started.
            put(as_user_error(error))

    def _record(self, put: Callable[[Heard], None], closing: threading.Event) -> tuple[bool, UserError]:
        """Record until a helper process ends. Gives whether it began to record, and why it ended."""
        began, start_until_s = False, time.monotonic() + _START_S
        with _helper(self._requested_name) as connection, suppress(EOFError, OSError):
            while not closing.is_set():
                if not connection.poll(_PAUSE_S):
                    if not began and time.monotonic() > start_until_s:
                        return False, unusable(translatable("it does not answer"))
                    continue
                match connection.recv():
                    case HeardBlock(samples, arrived_s):
                        put((samples, arrived_s))
                    case RecordingBegun():
                        began = True
                    case HearingFailure(reason):
                        return began, _lost(self.name, reason) if began else unusable(reason)
                    case Names(names):
                        return began, no_such_output(self._requested_name, names)
        return began, _lost(self.name, translatable("the sound server has ended"))


def output_names() -> list[str]:
    """Outputs that can be recorded. UserError if there is none."""
    with _helper(OutputListing()) as connection:
        try:
            message = (
                connection.recv()
                if connection.poll(_START_S)
                else HearingFailure(translatable("it does not answer"))
            )
        except (EOFError, OSError):
            message = HearingFailure(translatable("the sound server has ended"))
    if isinstance(message, Names):
        return list(message.names)
    raise unusable(message.reason)


@contextmanager
def _helper(request: Request) -> Iterator[Connection]:
    """A helper process for the request, and the connection to it."""
    if sys.platform == "darwin":
        raise UserError(
            "macOS does not let programs record its sound output. Install a virtual device such as "
            "BlackHole, send the sound of the call to it, and choose it as microphone."
        )
    spawn = multiprocessing.get_context("spawn")
    receiver, sender = spawn.Pipe(duplex=False)
    process = spawn.Process(target=_serve, args=(sender, request), name="klipnet-sound", daemon=True)
    process.start()
    sender.close()
    try:
        yield receiver
    finally:
        process.kill()
        process.join()
        receiver.close()


def _serve(connection: Connection, request: Request) -> None:
    from klipnet_live.sound.monitor_helper import serve

    # When the sound server ends, the PulseAudio library prints an assertion and aborts.
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    # The parent process may exit before it has the reply.
    with suppress(BrokenPipeError, KeyboardInterrupt):
        serve(connection, request)


def no_such_output(name: str, known: tuple[str, ...]) -> UserError:
    if not known:
        return UserError("This computer has no sound output. Connect one, or choose a microphone.")
    return UserError(
        "There is no sound output {name}. Available outputs: {known}. `klipnet-live devices` lists them.",
        name=name,
        known=", ".join(known),
    )


def unusable(reason: str) -> UserError:
    return UserError(
        "Cannot record the computer's sound ({reason}). Start PulseAudio or PipeWire, or choose a "
        "microphone.",
        reason=reason,
    )


def _lost(name: str, reason: str) -> UserError:
    return UserError(
        "{name} can no longer be recorded ({reason}). Reconnect it, or choose another one.",
        name=name,
        reason=reason,
    )
