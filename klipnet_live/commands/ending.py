"""Ends a command in bounded time, even if some of its threads hang."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from klipnet_live.pipeline.live import LivePipeline

END_S = 1.5
"""Time limit from Ctrl+C or SIGTERM to the end of the command."""

_WAIT_S = 0.3
_POLL_S = 0.01


def end_on_signals() -> None:
    """Treat SIGTERM and SIGHUP (a closed terminal) like Ctrl+C."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)


def end(pipeline: LivePipeline) -> None:
    """Stop a pipeline and wait for a bounded time: a stage may hang in a library or a pipe.

    Hanging threads are abandoned when the program ends.
    """
    # Another signal must not interrupt the wait, nor end the program while its threads run.
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name) and threading.current_thread() is threading.main_thread():
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    pipeline.stop()
    pipeline.join(END_S)


def end_program(status: int) -> int:
    """The exit status. If threads hang in native code, the process exits immediately.

    A normal exit would abort with "terminate called without an active exception".
    """
    deadline_s = time.monotonic() + _WAIT_S
    while _at_work() and time.monotonic() < deadline_s:
        time.sleep(_POLL_S)
    if _at_work():
        leave_at_once(status)
    return status


def leave_at_once(status: int) -> None:
    """Exit without waiting for threads, and kill child processes."""
    for child in multiprocessing.active_children():
        child.kill()
    with suppress(OSError, ValueError):
        sys.stderr.flush()
    # Flushing could block forever if the reader of a pipe has stalled.
    flushing = threading.Thread(target=_flush_stdout, daemon=True)
    flushing.start()
    flushing.join(_WAIT_S)
    os._exit(status)


def _flush_stdout() -> None:
    with suppress(OSError, ValueError):
        sys.stdout.flush()


def _at_work() -> list[threading.Thread]:
    """Running daemon threads, which a normal exit would not wait for."""
    return [thread for thread in threading.enumerate() if thread.daemon and thread.is_alive()]
