"""Runs a recording as one task, or a long one as one task per stretch."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from klipnet_live.batch.messages import (
    Cancelled,
    Done,
    Ended,
    Failed,
    Message,
    Note,
    PartialResult,
    Progress,
    Started,
    Task,
)
from klipnet_live.batch.runner import Listener, Runner, RunningTask
from klipnet_live.batch.tasks import CaptionVideo, Divided, ReadVideo, StretchRead
from klipnet_live.errors import Problem
from klipnet_live.export.seams import Joiner, StretchEvent
from klipnet_live.media.stretches import WHOLE, Stretch
from klipnet_live.types import CaptionEvent


def submit_video(runner: Runner, task: ReadVideo | CaptionVideo, listener: Listener) -> RunningTask:
    """Like `runner.submit`; a long recording is processed in stretches, which a last task joins.

    The listener gets the same messages as for an undivided recording, with lines in order.
    """
    return _VideoRun(runner, task, listener)


class _VideoRun:
    """The tasks of one recording. The first one determines whether it is long."""

    def __init__(self, runner: Runner, task: ReadVideo | CaptionVideo, listener: Listener) -> None:
        self._runner, self._task, self._listener = runner, task, listener
        # Reentrant: listeners run on several threads, and a runner may call one during `submit`.
        self._lock = threading.RLock()
        self._runs: list[RunningTask] = []
        self._notes: list[Problem] = []
        self._started = self._ended = self._failed = False
        self._live = _LiveEvents([WHOLE], self._say)
        self._parts: list[float] = []
        self._read: dict[int, StretchRead] = {}
        self._submit(task, partial(self._take_whole, 0.0))

    def cancel(self) -> None:
        with self._lock:
            runs = tuple(self._runs)
        for run in runs:
            run.cancel()

    def _submit(self, task: Task, take: Callable[[Message], None]) -> None:
        def listen(message: Message) -> None:
            with self._lock:
                take(message)
            # Without the lock: a cancelled task may be about to send a message.
            if self._failed:
                self.cancel()

        run = self._runner.submit(task, listen)
        with self._lock:
            self._runs.append(run)
        if self._failed:
            run.cancel()

    def _take_whole(self, share: float, message: Message) -> None:
        """Message of the first task, or of the last one, which starts when a `share` of the work is done."""
        match message:
            case Done(Divided(stretches)):
                self._divide(stretches)
            case PartialResult(event):
                self._live.take(0, event)
            case Progress(part):
                self._pass_on(Progress(share + (1 - share) * part))
            case _:
                self._pass_on(message)

    def _divide(self, stretches: Sequence[Stretch]) -> None:
        self._live = _LiveEvents(stretches, self._say)
        self._parts = [0.0] * len(stretches)
        for number, stretch in enumerate(stretches):
            self._submit(self._task.stretch(stretch), partial(self._take_stretch, number))

    def _take_stretch(self, number: int, message: Message) -> None:
        match message:
            case Done(StretchRead() as read):
                self._parts[number] = 1.0
                self._read[number] = read
                self._live.end(number)
                if len(self._read) == len(self._parts):
                    self._join()
            case PartialResult(event):
                self._live.take(number, event)
            case Progress(part):
                self._parts[number] = part
                self._pass_on(Progress(self._task.reading_share * sum(self._parts) / len(self._parts)))
            case _:
                self._pass_on(message)

    def _join(self) -> None:
        read = tuple(self._read[number] for number in range(len(self._parts)))
        self._submit(replace(self._task, read=read), partial(self._take_whole, self._task.reading_share))

    def _say(self, event: CaptionEvent) -> None:
        self._pass_on(PartialResult(event))

    def _pass_on(self, message: Message) -> None:
        """Forward a message; one start, one end, and each note once."""
        if self._ended or (isinstance(message, Started) and self._started):
            return
        if isinstance(message, Note):
            if message.problem in self._notes:
                return
            self._notes.append(message.problem)
        self._started = True
        self._ended = isinstance(message, Ended)
        self._failed = isinstance(message, Failed | Cancelled)
        self._listener(message)


class _LiveEvents:
    """Forwards events of the earliest unfinished stretch; later stretches are queued."""

    def __init__(self, stretches: Sequence[Stretch], say: Callable[[CaptionEvent], object]) -> None:
        self._stretches = stretches
        self._waiting: list[deque[StretchEvent]] = [deque() for _ in stretches]
        self._over = [False] * len(stretches)
        self._now = 0
        self._joiner = Joiner(say)
        self._joiner.begin(stretches[0])

    def take(self, number: int, event: StretchEvent) -> None:
        if number == self._now:
            self._joiner.take(event)
        else:
            self._waiting[number].append(event)

    def end(self, number: int) -> None:
        """All events of a stretch have been added."""
        self._over[number] = True
        while self._now + 1 < len(self._stretches) and self._over[self._now]:
            self._now += 1
            self._joiner.begin(self._stretches[self._now])
            while self._waiting[self._now]:
                self._joiner.take(self._waiting[self._now].popleft())
