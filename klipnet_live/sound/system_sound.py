"""Records the computer's sound output: PulseAudio and PipeWire monitors on Linux, WASAPI loopback on Windows.

soundcard runs in a helper process: it blocks forever while an output is idle, and after a restart of the
sound server the PulseAudio library aborts the process.
"""

from __future__ import annotations

import multiprocessing
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection

from klipnet_live.sound.live_source import Heard, LiveSource
from klipnet_live.sound.monitor_messages import (
    RATE_HZ,
    HeardBlock,
    HearingFailure,
    Names,
    OutputListing,
    Request,
)
from klipnet_live.types import UserError, translatable

_START_S = 15.0
_CLOSE_S = 1.0


class SystemSound(LiveSource):
    """Sound of an output, by part of its name; the system's default output if empty."""

    idles = True

    def __init__(self, name: str = "") -> None:
        super().__init__(name or "The sound of this computer")
        self._requested_name = name

    @contextmanager
    def _opened(self, put: Callable[[Heard], None]) -> Iterator[int]:
        with _helper(self._requested_name) as connection:
            reader = threading.Thread(target=self._read, args=(connection, put), daemon=True, name="monitor")
            reader.start()
            yield RATE_HZ
        reader.join(_CLOSE_S)

    def _read(self, connection: Connection, put: Callable[[Heard], None]) -> None:
        """Pass on recorded blocks until either side ends."""
        try:
            while isinstance(message := connection.recv(), HeardBlock):
                put((message.samples, message.arrived_s))
            put(self._problem(message))
        except (EOFError, OSError):
            put(_lost(self.name, translatable("the sound server has ended")))

    def _problem(self, message: Names | HearingFailure) -> UserError:
        if isinstance(message, Names):
            return no_such_output(self._requested_name, message.names)
        return _lost(self.name, message.reason) if message.began else unusable(message.reason)


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
