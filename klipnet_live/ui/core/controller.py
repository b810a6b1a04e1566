"""Connects the window with the pipeline: starts and stops it, and polls its events."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from klipnet_live.errors import as_user_error
from klipnet_live.pipeline.base import Pipeline
from klipnet_live.types import CaptionEvent, Phrases, UserError
from klipnet_live.ui.core.pipeline_port import PipelineFactory

POLL_MS = 40
"""Events and preview are polled at 25 Hz, the rate of the mouth crops."""

_STATUS_EVERY = 10
"""Number of polls between updates of the status."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the user wants to caption."""

    source: str
    language: str
    model: str | None
    grammar: str | None = None
    sound: str = "auto"
    """"auto" (the sound of a file), or a spec as for `klipnet_live.sound.source.open_sound`."""
    sound_language: str | None = None
    """Language of the sound, or "auto" for Korean or English line by line; None: that of the lips."""


class Follower(Protocol):
    """Follows every pipeline, for example to store transcripts."""

    def begin(self, pipeline: Pipeline, request: Request) -> None:
        """The pipeline is about to start."""

    def end(self) -> None:
        """The pipeline has ended, and its last caption has been delivered."""


class Controller(QObject):
    """Owns the running pipeline. Nothing blocks: a stopping pipeline is polled until it has ended."""

    running_changed = Signal(bool)
    session_started = Signal()
    """A new source has begun: line numbers and speaker ids start again."""
    caption = Signal(object)
    """A CaptionEvent."""
    preview = Signal(object)
    """A Preview, while `preview_needed`; None when there is no image any more."""
    status = Signal(object)
    """A Status; None when nothing is running."""
    problem = Signal(object)
    """A UserError to show to the user."""
    sound_problem = Signal(object)
    """A UserError: sound has failed; captions continue from lips."""
    source_ended = Signal()
    """The source has ended by itself, like a recording."""

    def __init__(self, factory: PipelineFactory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._factory = factory
        self._followers: list[Follower] = []
        self._pipeline: Pipeline | None = None
        self._ending: Pipeline | None = None
        self._waiting: Request | None = None
        self._events: deque[CaptionEvent] = deque()
        self._reported: UserError | None = None
        self._reported_sound: UserError | None = None
        self._polls = 0
        self.preview_needed = True
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._poll)

    @property
    def running(self) -> bool:
        return self._pipeline is not None or self._waiting is not None

    def add_follower(self, follower: Follower) -> None:
        """Add a follower, from the next pipeline on."""
        self._followers.append(follower)

    def start(self, request: Request) -> None:
        """Start captions. A running pipeline ends first, as both may need the same device."""
        self.stop()
        self._waiting = request
        self._timer.start()
        self.running_changed.emit(True)
        self._start_waiting()

    def correct(self, event: CaptionEvent) -> None:
        """Replace a line by the user's correction, in the panel and all other consumers of captions."""
        if self._pipeline is not None:
            self._pipeline.add_caption(event)
        else:
            self.caption.emit(event)

    def stop(self) -> None:
        """Stop captions; the last events are still delivered."""
        self._retire()
        self.preview.emit(None)

    def finish(self, timeout_s: float = 3.0) -> None:
        """After the window is closed, wait until devices are released and open lines completed."""
        self.stop()
        deadline = time.monotonic() + timeout_s
        while self._ending is not None and self._ending.status().running and time.monotonic() < deadline:
            time.sleep(0.02)
        if self._ending is not None:
            self._end(self._ending)

    def _retire(self) -> None:
        """Stop the pipeline; its last preview stays visible."""
        was_running, self._waiting = self.running, None
        if self._pipeline is not None:
            self._pipeline.stop()
            self._ending, self._pipeline = self._pipeline, None
            self.status.emit(None)
        if was_running:
            self.running_changed.emit(False)

    def _start_waiting(self) -> None:
        if self._waiting is None or self._ending is not None:
            return
        request, self._waiting = self._waiting, None
        try:
            phrases = None if request.grammar is None else Phrases.parse(request.grammar)
            pipeline = self._factory(
                request.source,
                request.language,
                request.model,
                phrases,
                request.sound,
                request.sound_language,
            )
        except Exception as error:
            self.running_changed.emit(False)
            self.problem.emit(as_user_error(error))
            return
        pipeline.add_sink(self._events.append)
        for follower in self._followers:
            follower.begin(pipeline, request)
        pipeline.start()
        self._reported = self._reported_sound = None
        self._pipeline = pipeline
        self.session_started.emit()

    def _poll(self) -> None:
        if self._ending is not None and not self._ending.status().running:
            self._end(self._ending)
        self._start_waiting()
        if self._pipeline is None:
            if self._ending is None:
                self._timer.stop()
            return
        self._polls += 1
        pipeline, deliveries = self._pipeline, [self._deliver_preview]
        if self._polls % _STATUS_EVERY == 0:
            deliveries.append(self._read_status)
        self._deliver_events()
        for deliver in deliveries:
            # A receiver may have stopped the pipeline, e.g. by closing the window.
            if self._pipeline is pipeline:
                deliver(pipeline)

    def _end(self, pipeline: Pipeline) -> None:
        self._deliver_events()
        if self._ending is not pipeline:
            # A receiver has already waited for the end.
            return
        self._ending = None
        for follower in self._followers:
            follower.end()

    def _deliver_events(self) -> None:
        while self._events:
            self.caption.emit(self._events.popleft())

    def _deliver_preview(self, pipeline: Pipeline) -> None:
        if self.preview_needed and (preview := pipeline.preview.take()) is not None:
            self.preview.emit(preview)

    def _read_status(self, pipeline: Pipeline) -> None:
        status = pipeline.status()
        self.status.emit(status)
        if status.error is not None and status.error != self._reported:
            self._reported = status.error
            self.problem.emit(status.error)
        if status.sound_problem is not None and status.sound_problem != self._reported_sound:
            self._reported_sound = status.sound_problem
            self.sound_problem.emit(status.sound_problem)
        if status.ended:
            self.source_ended.emit()
        if not status.running and self._pipeline is pipeline:
            self._deliver_preview(pipeline)
            self._retire()
