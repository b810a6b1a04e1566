"""Runs tasks on a Dask cluster, whose machines must all have the recordings at the same path.

When a worker dies or the scheduler restarts, only running tasks are lost, and these are submitted again.
"""

from __future__ import annotations

import pickle
import threading
import time
import uuid
from contextlib import suppress

from distributed import Client, Event, Future, KilledWorker, get_worker
from distributed.comm.addressing import get_address_host_port

from klipnet_live.batch.messages import Cancelled, CancelTask, Ended, Failed, Message, Progress, Started, Task
from klipnet_live.batch.outcome import outcome
from klipnet_live.batch.runner import Listener
from klipnet_live.errors import Problem
from klipnet_live.types import UserError

_CONNECT_S = 10.0

_POLL_S = 0.2
"""Interval for checking whether tasks have ended."""

_RECONNECT_S = 600.0
"""How long the scheduler may be unreachable."""

_PROGRESS_S = 0.5
"""Minimum interval of progress messages, which all pass through the scheduler."""


class ClusterRunner:
    """Runs tasks on free workers of a cluster. `address`: tcp://HOST:8786."""

    def __init__(self, address: str) -> None:
        """Connect. UserError if no scheduler responds."""
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
            # A client of an invalid address never stops, and complains when the program ends.
            get_address_host_port(self._address)
            client = Client(self._address, timeout=_CONNECT_S, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as problem:
            raise UserError(
                "The scheduler {address} does not respond. Start it with `dask scheduler`, or check the "
                "address.",
                address=self._address,
            ) from problem
        client.subscribe_topic(self._topic, self._receive)
        return client

    def _receive(self, event: tuple[float, tuple[str, bytes]]) -> None:
        """Handle a message of a task, on the client's thread."""
        key, message = event[1]
        run = self._runs.get(key)
        # Messages after the end are not needed: the result has everything.
        if run is not None:
            run.receive(pickle.loads(message))

    def _watch(self) -> None:
        """Report the end of tasks; resubmit tasks that the scheduler has lost."""
        while not self._closed.wait(_POLL_S):
            with self._lock:
                runs = list(self._runs.values())
            ended = [run for run in runs if run.has_ended()]
            with self._lock:
                for run in ended:
                    del self._runs[run.key]
            for run in ended:
                run.listener(run.result())
            if any(run.is_lost() for run in runs if run not in ended):
                self._resubmit()

    def _resubmit(self) -> None:
        deadline_s = time.monotonic() + _RECONNECT_S
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
            "The connection to the cluster was lost. Start the command again; it continues from here."
        )
        with self._lock:
            runs, self._runs = list(self._runs.values()), {}
        for run in runs:
            run.listener(Failed(Problem.of(problem)))


class _ClusterRun:
    """One task; its key names the future, its messages and the cancel event."""

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
        # A running task checks the event; a waiting one is removed from the queue.
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
        """The last message. Releases the future, which frees the result on the cluster."""
        future, self._future = self._future, None
        if self._cancelled or future is None:
            return Cancelled()
        if future.status == "error":
            return Failed(Problem.of(_problem(future.exception())))
        ended: Ended = future.result()
        return ended

    def receive(self, message: Message) -> None:
        if not self._cancelled:
            self.listener(message)


def run_task(task: Task, key: str, topic: str) -> Ended:
    """Run a task on a worker; its messages are sent to the topic."""
    worker = get_worker()
    cancelled = Event(key)
    reported_s = 0.0

    def report(message: Message) -> None:
        nonlocal reported_s
        now_s = time.monotonic()
        if isinstance(message, Progress):
            if now_s - reported_s < _PROGRESS_S:
                return
            reported_s = now_s
            if cancelled.is_set():
                raise CancelTask
        worker.log_event(topic, (key, pickle.dumps(message)))

    report(Started())
    return outcome(task, report)


def _problem(error: BaseException) -> UserError:
    """The error for a task that could not run."""
    if isinstance(error, KilledWorker):
        return UserError(
            "The workers that processed this recording crashed. Try a smaller copy, or another format."
        )
    return UserError(
        "The cluster cannot process this recording ({reason}). Install the same version of klipnet-live on "
        "all machines.",
        reason=f"{type(error).__name__}: {error}",
    )
