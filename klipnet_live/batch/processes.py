"""Tasks in processes of this computer.

A decoder that crashes, a file that eats the memory or a cancelled task takes its own process along and
nothing else. A process goes on with the next task while some wait, because its start takes longer than a
short recording.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from contextlib import suppress
from multiprocessing.connection import Connection

from klipnet_live.batch.messages import (
    Cancelled,
    Ended,
    Failed,
    Message,
    Problem,
    Started,
    Task,
)
from klipnet_live.batch.outcome import outcome
from klipnet_live.batch.runner import Listener
from klipnet_live.types import UserError

# A forked child would inherit the locks of libraries that run threads.
_SPAWN = multiprocessing.get_context("spawn")

_NICENESS = 5
"""A server that answers, or a window in use, goes first."""


class ProcessRunner:
    """At most `jobs` tasks at a time. `memory_bytes`: what one of them may take, on POSIX systems."""

    def __init__(self, jobs: int, memory_bytes: int | None = None) -> None:
        self._memory_bytes = memory_bytes
        self._waiting: deque[_ProcessRun] = deque()
        self._running: set[_ProcessRun] = set()
        self._changed = threading.Condition()
        self._closed = False
        self._threads = [threading.Thread(target=self._serve, name="tasks", daemon=True) for _ in range(jobs)]
        for thread in self._threads:
            thread.start()

    def submit(self, task: Task, listener: Listener) -> _ProcessRun:
        run = _ProcessRun(task, listener)
        with self._changed:
            self._waiting.append(run)
            self._changed.notify()
        return run

    def close(self) -> None:
        with self._changed:
            self._closed = True
            for run in (*self._running, *self._waiting):
                run.silence()
            self._waiting.clear()
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()

    def _serve(self) -> None:
        """The life of one thread: one task after the other."""
        process: _TaskProcess | None = None
        while (run := self._next()) is not None:
            process = process or _TaskProcess(self._memory_bytes)
            process = run.work(process)
            with self._changed:
                self._running.discard(run)
                idle = not self._waiting
            if process is not None and idle:
                process.end()
                process = None
        if process is not None:
            process.end()

    def _next(self) -> _ProcessRun | None:
        """The next task as soon as there is one; None when the runner is closed."""
        with self._changed:
            while not (self._waiting or self._closed):
                self._changed.wait()
            if self._closed:
                return None
            run = self._waiting.popleft()
            self._running.add(run)
            return run


class _ProcessRun:
    """One task, waiting, running or ended."""

    def __init__(self, task: Task, listener: Listener) -> None:
        self._task, self._listener = task, listener
        self._lock = threading.Lock()
        self._cancelled = False
        self._process: _TaskProcess | None = None

    def cancel(self) -> None:
        with self._lock:
            self._cancelled = True
            if self._process is not None:
                self._process.kill()

    def silence(self) -> None:
        """Cancel it, and tell nobody."""
        self._listener = lambda message: None
        self.cancel()

    def work(self, process: _TaskProcess) -> _TaskProcess | None:
        """Run the task in the process, which is given back where it can take another one."""
        with self._lock:
            cancelled = self._cancelled
            if not cancelled:
                self._process = process
        if cancelled:
            self._listener(Cancelled())
            return process
        last = self._pass_on(process)
        with self._lock:
            self._process = None
            cancelled = self._cancelled
        reusable = last is not None and not cancelled
        if not reusable:
            process.kill()
            process.end()
        self._listener(Cancelled() if cancelled else last or Failed(Problem.of(_died())))
        return process if reusable else None

    def _pass_on(self, process: _TaskProcess) -> Ended | None:
        """The last message, or None where the process died without one."""
        self._listener(Started())
        with suppress(EOFError, OSError):
            process.connection.send(self._task)
            while True:
                message: Message = process.connection.recv()
                if isinstance(message, Ended):
                    return message
                self._listener(message)
        return None


class _TaskProcess:
    """A process that waits for tasks."""

    def __init__(self, memory_bytes: int | None) -> None:
        self.connection, other = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_child, args=(other, memory_bytes), daemon=True)
        self._process.start()
        other.close()

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> None:
        """It ends by itself when nobody can send it a task."""
        self.connection.close()
        self._process.join()


def _died() -> UserError:
    return UserError(
        "The process that read this recording died, perhaps for lack of memory: try a smaller copy, or one "
        "in another format."
    )


def _child(connection: Connection, memory_bytes: int | None) -> None:
    """The whole life of a process."""
    _prepare_process(memory_bytes)
    lock = threading.Lock()

    def report(message: Message) -> None:
        # The pipeline's threads report too.
        with lock:
            connection.send(message)

    with suppress(EOFError, OSError):
        while True:
            task: Task = connection.recv()
            report(outcome(task, report))
    # Threads of libraries may be stuck in a damaged file; the results are out.
    os._exit(0)


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
