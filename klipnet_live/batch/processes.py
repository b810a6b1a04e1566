"""Runs tasks in processes on this computer.

A crash of the decoder, excessive memory use or a cancelled task affect only their own process. A process is
reused while tasks are waiting, because starting one takes longer than a short recording.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection

from klipnet_live.batch.messages import Cancelled, Ended, Failed, Message, Started, Task
from klipnet_live.batch.outcome import outcome
from klipnet_live.batch.runner import Listener
from klipnet_live.errors import Problem, as_user_error
from klipnet_live.memory import release_large_blocks
from klipnet_live.types import UserError

# A forked child would inherit locked locks of multithreaded libraries.
_SPAWN = multiprocessing.get_context("spawn")

_NICENESS = 5
"""The server's responses, or a window in use, have priority."""


class ProcessRunner:
    """Up to `jobs` tasks at a time. `memory_bytes`: memory limit per task, on POSIX systems.

    `keeps_idle`: an idle process waits for the next task until the runner is closed.
    """

    def __init__(self, jobs: int, memory_bytes: int | None = None, *, keeps_idle: bool = False) -> None:
        self._memory_bytes, self._keeps_idle = memory_bytes, keeps_idle
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
        """Main loop of a thread: one task after another."""
        process: _TaskProcess | None = None
        while (run := self._next()) is not None:
            process = process or self._started(run)
            if process is not None:
                process = run.work(process)
            with self._changed:
                self._running.discard(run)
                idle = not (self._waiting or self._keeps_idle)
            if process is not None and idle:
                process.end()
                process = None
        if process is not None:
            process.end()

    def _started(self, run: _ProcessRun) -> _TaskProcess | None:
        """A process for the task; None if the system has no room for one, and the task has failed."""
        try:
            return _TaskProcess(self._memory_bytes)
        except OSError as problem:
            run.fail(problem)
            return None

    def _next(self) -> _ProcessRun | None:
        """Wait for the next task; None when the runner is closed."""
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
        """Cancel it without a last message."""
        self._listener = lambda message: None
        self.cancel()

    def work(self, process: _TaskProcess) -> _TaskProcess | None:
        """Run the task in the process; returns the process if it can be reused."""
        with self._lock:
            cancelled = self._cancelled
            if not cancelled:
                self._process = process
        if cancelled:
            self._listener(Cancelled())
            return process
        last = self._forward(process)
        with self._lock:
            self._process = None
            cancelled = self._cancelled
        reusable = last is not None and not cancelled
        if not reusable:
            process.kill()
            process.end()
        self._listener(Cancelled() if cancelled else last or Failed(Problem.of(_crash_error())))
        return process if reusable else None

    def fail(self, problem: OSError) -> None:
        """End without a process."""
        self._listener(Failed(Problem.of(as_user_error(problem))))

    def _forward(self, process: _TaskProcess) -> Ended | None:
        """Forward messages and return the last one; None if the process died."""
        self._listener(Started())
        with suppress(OSError):
            process.connection.send(self._task)
        while (message := _received(process.connection)) is not None:
            if isinstance(message, Ended):
                return message
            self._listener(message)
        return None


def _received(connection: Connection) -> Message | None:
    """The next message; None if the process died, or sent what this program cannot read.

    The latter happens if the program was replaced on disk while it ran.
    """
    try:
        message: Message = connection.recv()
    except Exception:
        return None
    return message


class _TaskProcess:
    """A child process that waits for tasks."""

    def __init__(self, memory_bytes: int | None) -> None:
        self.connection, other = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_child, args=(other, memory_bytes), daemon=True)
        with _interrupts_blocked():
            self._process.start()
        other.close()

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> None:
        """Close the connection, which makes the process exit."""
        self.connection.close()
        self._process.join()


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """A process started in the block ignores Ctrl+C from the first instruction on, except on Windows."""
    if sys.platform == "win32":
        yield
        return
    from multiprocessing import resource_tracker

    # It unblocks the signal when it is started, with the first process.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _crash_error() -> UserError:
    return UserError(
        "The process for this recording crashed, perhaps for lack of memory. Try a smaller copy, or "
        "another format."
    )


def _child(connection: Connection, memory_bytes: int | None) -> None:
    """Main function of a child process."""
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
    # Library threads may hang in a damaged file; all results have been sent.
    os._exit(0)


def _prepare_process(memory_bytes: int | None) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # Ctrl+C reaches all processes of a terminal; the parent ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    release_large_blocks()
    # MediaPipe writes to stderr regardless of its settings.
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, 1)
    os.dup2(devnull, 2)
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
    """End with the parent: a killed server must not leave processes behind."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)
