"""The pipeline beside a running video call: one thread a stage, no stage waits for a slower one."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from klipnet_live.pipeline.mailbox import Mailbox, Slot
from klipnet_live.pipeline.meter import Latencies, Rate, Status
from klipnet_live.pipeline.stages import Captured, FrameSource, Sighting, capture, look, read
from klipnet_live.reading.reader import Reader
from klipnet_live.tracking.tracker import FaceTracker
from klipnet_live.types import CaptionEvent, Frame, TrackedFace, UserError

WAITING_FRAMES = 12
"""Frames that may wait for the tracker, about half a second; more would only be read too late."""

WAITING_SIGHTINGS = 50

Sink = Callable[[CaptionEvent], None]


@dataclass(frozen=True, slots=True)
class Preview:
    """The newest frame, and the faces as last seen."""

    frame: Frame
    faces: tuple[TrackedFace, ...]


class LivePipeline:
    """Runs a source until it ends or `stop` is called. Never blocks its caller.

    `open_reader` runs on the reading thread: loading a model takes a moment. Sinks are called on the
    output thread; one that fails is left out and reported.
    """

    def __init__(
        self, source: FrameSource, open_reader: Callable[[], Reader], sinks: Sequence[Sink] = (), *, lossless: bool = False
    ) -> None:
        self._source, self._open_reader, self._sinks = source, open_reader, list(sinks)
        self._frames = Mailbox[Captured](WAITING_FRAMES, drops=not lossless)
        self._sightings = Mailbox[Sighting](WAITING_SIGHTINGS, drops=not lossless)
        self._captions = Mailbox[CaptionEvent](10_000, drops=False)
        self._faces: tuple[TrackedFace, ...] = ()
        self._pending: deque[CaptionEvent] = deque()
        self._rate, self._latencies = Rate(), Latencies()
        self._provider = ""
        self._message: str | UserError | None = None
        self._stopping = threading.Event()
        self.saw_a_face = False
        self.preview = Slot[Preview]()
        self._viewers = [self.preview]
        stages = (self._capture, self._look, self._read, self._deliver)
        self._threads = [threading.Thread(target=self._guard, args=(s,), name=s.__name__, daemon=True) for s in stages]

    def add_sink(self, sink: Sink) -> None:
        """Another receiver of all events, before the start."""
        self._sinks.append(sink)

    def add_viewer(self) -> Slot[Preview]:
        """Another slot that gets every preview, before the start."""
        self._viewers.append(Slot[Preview]())
        return self._viewers[-1]

    def start(self) -> None:
        """Start all threads and return."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Ask all stages to end and return at once; lines that are open are completed first."""
        self._stopping.set()
        self._source.stop()
        self._frames.shut(discard=True)

    def join(self, timeout_s: float | None = None) -> bool:
        """Wait until every stage has ended; false if that took too long."""
        for thread in self._threads:
            thread.join(timeout_s)
        return not any(thread.is_alive() for thread in self._threads)

    def events(self) -> list[CaptionEvent]:
        """All events since the last call."""
        return [self._pending.popleft() for _ in range(len(self._pending))]

    def status(self) -> Status:
        """Rates and losses so far."""
        dropped = self._frames.dropped + self._sightings.dropped
        return Status(
            self._rate.per_second, dropped * max(1, len(self._faces)), self._latencies.median_ms, self._provider,
            len(self._faces), any(thread.is_alive() for thread in self._threads), self._message,
            "faces are followed less often" if dropped else "",
        )

    def _guard(self, stage: Callable[[], None]) -> None:
        """Run a stage; whatever goes wrong ends the pipeline with a message, never the program."""
        try:
            stage()
        except UserError as error:
            self._fail(error)
        except Exception as error:
            self._fail(UserError("Something went wrong: {reason}. Start again.", reason=f"{type(error).__name__}: {error}"))

    def _fail(self, error: UserError) -> None:
        self._message = self._message or error
        for mailbox in (self._frames, self._sightings, self._captions):
            mailbox.shut()

    def _capture(self) -> None:
        try:
            for captured in capture(self._source):
                self._rate.tick()
                for viewer in self._viewers:
                    viewer.put(Preview(captured.frame, self._faces))
                if self._stopping.is_set() or not self._frames.put(captured):
                    return
            self._message = self._message or "ended"
        finally:
            self._frames.shut()

    def _look(self) -> None:
        try:
            tracker = FaceTracker()
            for sighting in look(tracker, self._frames):
                self._faces = sighting.seen.faces
                self.saw_a_face = self.saw_a_face or bool(self._faces)
                self._sightings.put(sighting)
            tracker.close()
        finally:
            self._sightings.shut()

    def _read(self) -> None:
        try:
            reader = self._open_reader()
            self._provider = reader.model.provider
            for event in read(reader, self._sightings):
                self._captions.put(event)
        finally:
            self._captions.shut()

    def _deliver(self) -> None:
        for event in self._captions:
            self._latencies.add(event.latency_ms)
            self._pending.append(event)
            self._to_sinks(event)

    def _to_sinks(self, event: CaptionEvent) -> None:
        for sink in tuple(self._sinks):
            try:
                sink(event)
            except UserError as error:
                self._sinks.remove(sink)
                self._message = error

