"""How a command ends, also where something of it does not."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from contextlib import suppress

from klipnet_live.pipeline.live import LivePipeline

END_S = 1.5
"""From Ctrl+C or SIGTERM until the command ends, whatever is stuck."""

_WAIT_S = 0.3
_POLL_S = 0.01


def end_on_signals() -> None:
    """A closed terminal and a service that is stopped end the command as Ctrl+C does."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)


def end(pipeline: LivePipeline) -> None:
    """Stop a pipeline and wait for it, but not for ever: a stage may be stuck in a library or a pipe.

    What is stuck is left behind when the program ends.
    """
    # Another signal must not end the waiting, nor the program with its threads running.
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name) and threading.current_thread() is threading.main_thread():
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    pipeline.stop()
    pipeline.join(END_S)


def end_program(status: int) -> int:
    """The status to exit with. Where threads are stuck in native code, the program ends here and now.

    At the usual end such a thread would abort the program: "terminate called without an active exception".
    """
    deadline_s = time.monotonic() + _WAIT_S
    while _at_work() and time.monotonic() < deadline_s:
        time.sleep(_POLL_S)
    if _at_work():
        leave_at_once(status)
    return status


def leave_at_once(status: int) -> None:
    """End this process and those that it started, without waiting for any thread."""
    for child in multiprocessing.active_children():
        child.kill()
    with suppress(OSError, ValueError):
        sys.stderr.flush()
    # A reader that has stalled would make this wait for ever.
    flushing = threading.Thread(target=_flush_stdout, daemon=True)
    flushing.start()
    flushing.join(_WAIT_S)
    os._exit(status)


def _flush_stdout() -> None:
    with suppress(OSError, ValueError):
        sys.stdout.flush()


def _at_work() -> list[threading.Thread]:
    """The threads that nobody waits for at the usual end."""
    return [thread for thread in threading.enumerate() if thread.daemon and thread.is_alive()]
