"""Tasks in processes of this computer, one process a task.

A decoder that crashes, a file that eats the memory or a cancelled task takes its own process along and
nothing else. Starting a process costs a second or two, which is little beside a recording.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from klipnet_live.batch.messages import (
    Cancelled,
    Done,
    Ended,
    Failed,
    Message,
    Problem,
    Report,
    Started,
    Task,
)
from klipnet_live.batch.runner import Listener
from klipnet_live.errors import as_user_error
from klipnet_live.types import UserError

# A forked child would inherit the locks of libraries that run threads.
_SPAWN = multiprocessing.get_context("spawn")

_NICENESS = 5
"""A server that answers, or a window in use, goes first."""


class ProcessRun:
    """One task, waiting, running or ended."""

    def __init__(self, task: Task, listener: Listener, memory_bytes: int | None) -> None:
        self._task, self._listener, self._memory_bytes = task, listener, memory_bytes
        self._lock = threading.Lock()
        self._cancelled = False
        self._process: SpawnProcess | None = None

    def cancel(self) -> None:
        with self._lock:
            self._cancelled = True
            if self._process is not None:
                self._process.kill()

    def work(self) -> None:
        """Start the process and pass its messages on until it has ended."""
        receiving, sending = _SPAWN.Pipe(duplex=False)
        with self._lock:
            if self._cancelled:
                self._listener(Cancelled())
                return
            self._process = _SPAWN.Process(
                target=_child, args=(self._task, sending, self._memory_bytes), daemon=True
            )
            self._process.start()
        sending.close()
        self._listener(Started())
        last = self._pass_on(receiving)
        self._process.join()
        if self._cancelled:
            last = Cancelled()
        self._listener(last or Failed(Problem.of(_died())))

    def _pass_on(self, receiving: Connection) -> Ended | None:
        """The last message, or None where the process died without one."""
        with receiving, suppress(EOFError, OSError):
            while not self._cancelled:
                message: Message = receiving.recv()
                if isinstance(message, Ended):
                    return message
                self._listener(message)
        return None


class ProcessRunner:
    """At most `jobs` tasks at a time. `memory_bytes`: what one of them may take, on POSIX systems."""

    def __init__(self, jobs: int, memory_bytes: int | None = None) -> None:
        self._memory_bytes = memory_bytes
        self._threads = ThreadPoolExecutor(jobs, thread_name_prefix="task")
        self._runs: set[ProcessRun] = set()
        self._closed = False

    def submit(self, task: Task, listener: Listener) -> ProcessRun:
        run = ProcessRun(task, lambda message: self._heard(run, listener, message), self._memory_bytes)
        self._runs.add(run)
        self._threads.submit(run.work)
        return run

    def close(self) -> None:
        self._closed = True
        for run in tuple(self._runs):
            run.cancel()
        self._threads.shutdown(cancel_futures=True)

    def _heard(self, run: ProcessRun, listener: Listener, message: Message) -> None:
        if isinstance(message, Ended):
            self._runs.discard(run)
        if not self._closed:
            listener(message)


def _died() -> UserError:
    return UserError(
        "The process that read this recording died, perhaps for lack of memory: try a smaller copy, or one "
        "in another format."
    )


def _child(task: Task, sending: Connection, memory_bytes: int | None) -> None:
    """The whole life of a task's process."""
    _prepare_process(memory_bytes)

    lock = threading.Lock()

    def report(message: Message) -> None:
        # The pipeline's threads report too.
        with lock:
            sending.send(message)

    sending.send(_outcome(task, report))
    sending.close()
    # Threads of libraries may be stuck in a damaged file; the result is out.
    os._exit(0)


def _outcome(task: Task, report: Report) -> Ended:
    try:
        return Done(task(report))
    except MemoryError:
        error = UserError(
            "This recording needs more memory than a task may have: try a copy with smaller pictures."
        )
        return Failed(Problem.of(error))
    except Exception as error:
        return Failed(Problem.of(as_user_error(error)))


def _prepare_process(memory_bytes: int | None) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # Ctrl+C reaches all processes of a terminal; whoever started this one ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # mediapipe writes to stderr whatever it is told.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    if sys.platform != "win32":
        os.nice(_NICENESS)
        _limit_memory(memory_bytes)


def _limit_memory(memory_bytes: int | None) -> None:
    if memory_bytes is not None and sys.platform != "win32":
        import resource

        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, hard))


def _end_with_parent() -> None:
    """A killed server must not leave processes behind."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)
