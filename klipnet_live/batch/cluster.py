"""Tasks on the machines of a Dask cluster. All of them must see the recordings at the same place.

A worker that dies, or a scheduler that is started anew, loses what runs and nothing else: these tasks are
submitted again.
"""

from __future__ import annotations

import pickle
import threading
import time
import uuid
from contextlib import suppress

from distributed import Client, Event, Future, KilledWorker, get_worker

from klipnet_live.batch.messages import (
    Cancelled,
    CancelTask,
    Ended,
    Failed,
    Message,
    Problem,
    Progress,
    Started,
    Task,
)
from klipnet_live.batch.outcome import outcome
from klipnet_live.batch.runner import Listener
from klipnet_live.types import UserError

_CONNECT_S = 10.0

_LOOK_S = 0.2
"""How often tasks are asked whether they have ended."""

_PATIENCE_S = 600.0
"""How long a scheduler may be away."""

_PROGRESS_S = 0.5
"""The scheduler passes every message on: progress comes rarely."""


class ClusterRunner:
    """Runs tasks wherever the scheduler finds a free worker. `address`: tcp://HOST:8786."""

    def __init__(self, address: str) -> None:
        """Raises UserError where no scheduler answers."""
        self._address = address
        self._topic = f"klipnet-{uuid.uuid4().hex}"
        self._lock = threading.Lock()
        self._runs: dict[str, _ClusterRun] = {}
        self._client = self._connect()
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="cluster", daemon=True)
        self._thread.start()

    def submit(self, task: Task, listener: Listener) -> _ClusterRun:
        run = _ClusterRun(f"klipnet-{uuid.uuid4().hex}", self._topic, task, listener)
        with self._lock:
            self._runs[run.key] = run
            run.submit(self._client)
        return run

    def close(self) -> None:
        self._closed.set()
        self._thread.join()
        with self._lock:
            for run in self._runs.values():
                run.cancel()
            self._client.close(timeout=_CONNECT_S)

    def _connect(self) -> Client:
        try:
            client = Client(self._address, timeout=_CONNECT_S, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as problem:
            raise UserError(
                "The scheduler {address} does not answer: start it with `dask scheduler`, or check the "
                "address.",
                address=self._address,
            ) from problem
        client.subscribe_topic(self._topic, self._hear)
        return client

    def _hear(self, event: tuple[float, tuple[str, bytes]]) -> None:
        """A message of a task, on the thread of the client."""
        key, message = event[1]
        run = self._runs.get(key)
        # What comes after the end is in the result.
        if run is not None:
            run.hear(pickle.loads(message))

    def _watch(self) -> None:
        """Hand on how tasks end; submit again what a scheduler forgot."""
        while not self._closed.wait(_LOOK_S):
            with self._lock:
                runs = list(self._runs.values())
            ended = [run for run in runs if run.has_ended()]
            with self._lock:
                for run in ended:
                    del self._runs[run.key]
            for run in ended:
                run.listener(run.result())
            if any(run.is_lost() for run in runs if run not in ended):
                self._submit_again()

    def _submit_again(self) -> None:
        deadline_s = time.monotonic() + _PATIENCE_S
        while not self._closed.is_set() and self._client.status != "running":
            if time.monotonic() > deadline_s:
                self._give_up()
                return
            with suppress(UserError):
                fresh = self._connect()
                self._client.close(timeout=1)
                self._client = fresh
        with self._lock:
            for run in self._runs.values():
                if run.is_lost() and not self._closed.is_set():
                    run.submit(self._client)

    def _give_up(self) -> None:
        problem = UserError(
            "The connection to the cluster was lost: start the command again, it goes on from here."
        )
        with self._lock:
            runs, self._runs = list(self._runs.values()), {}
        for run in runs:
            run.listener(Failed(Problem.of(problem)))


class _ClusterRun:
    """One task; its key is the name of the future, of its messages and of the wish to cancel it."""

    def __init__(self, key: str, topic: str, task: Task, listener: Listener) -> None:
        self.key, self.listener = key, listener
        self._topic, self._task = topic, task
        self._client: Client | None = None
        self._future: Future | None = None
        self._cancelled = False

    def submit(self, client: Client) -> None:
        self._client = client
        self._future = client.submit(run_task, self._task, self.key, self._topic, key=self.key, pure=False)

    def cancel(self) -> None:
        self._cancelled = True
        if self._client is None or self._future is None:
            return
        # What runs looks at the event; what waits is taken back.
        with suppress(OSError, TimeoutError, RuntimeError):
            Event(self.key, client=self._client).set()
            self._future.cancel()

    def has_ended(self) -> bool:
        return self._future is not None and (self._cancelled or self._future.status in ("finished", "error"))

    def is_lost(self) -> bool:
        return (
            self._future is not None and not self._cancelled and self._future.status in ("cancelled", "lost")
        )

    def result(self) -> Ended:
        """The last message. The future is let go, which frees the result on the cluster."""
        future, self._future = self._future, None
        if self._cancelled or future is None:
            return Cancelled()
        if future.status == "error":
            return Failed(Problem.of(_problem(future.exception())))
        ended: Ended = future.result()
        return ended

    def hear(self, message: Message) -> None:
        if not self._cancelled:
            self.listener(message)


def run_task(task: Task, key: str, topic: str) -> Ended:
    """On a worker: the task, whose messages go to the topic."""
    worker = get_worker()
    cancelled = Event(key)
    told_s = 0.0

    def report(message: Message) -> None:
        nonlocal told_s
        now_s = time.monotonic()
        if isinstance(message, Progress):
            if now_s - told_s < _PROGRESS_S:
                return
            told_s = now_s
            if cancelled.is_set():
                raise CancelTask
        worker.log_event(topic, (key, pickle.dumps(message)))

    report(Started())
    return outcome(task, report)


def _problem(error: BaseException) -> UserError:
    """Why a task could not be run at all."""
    if isinstance(error, KilledWorker):
        return UserError(
            "The machines that read this recording were lost: try a smaller copy, or one in another format."
        )
    return UserError(
        "The cluster cannot read this recording ({reason}): install the same version of klipnet-live on all "
        "machines.",
        reason=f"{type(error).__name__}: {error}",
    )
