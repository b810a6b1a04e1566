"""The real-time pipeline: one thread per stage, connected by bounded queues."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing, contextmanager
from typing import Any

from klipnet_live.captions.gaps import MIN_CONFIDENCE, with_gaps
from klipnet_live.capture.base import Source
from klipnet_live.capture.no_picture import NoPicture
from klipnet_live.errors import as_user_error
from klipnet_live.latest import Latest
from klipnet_live.lips.crop import CropGeometry
from klipnet_live.memory import release_freed_memory
from klipnet_live.pipeline.fusing import Fusing
from klipnet_live.pipeline.governor import Governor
from klipnet_live.pipeline.hearing import Hearing
from klipnet_live.pipeline.mailbox import Mailbox
from klipnet_live.pipeline.meter import Gaps, Latencies, Rate, Status
from klipnet_live.pipeline.preview import Preview, Previews
from klipnet_live.pipeline.stages import Captured, Sighting, capture, look, read, thin
from klipnet_live.reading.reader import Reader
from klipnet_live.reading.rereading import Rereading
from klipnet_live.tracking.tracker import FaceTracker
from klipnet_live.types import CaptionEvent, TrackedFace, UserError

WAITING_FRAMES = 12
"""Maximum number of frames queued for the tracker, about half a second; older ones would come too late."""

WAITING_SIGHTINGS = 100
"""Maximum number of sightings queued for the reader, about four seconds, while a model loads."""

BEHIND_SIGHTINGS = 8
"""Number of queued sightings, a third of a second, above which open lines are not re-read."""

REREADING_SHARE = 0.6
"""Largest share of the reader's time for re-reading open lines; the rest is for new and finished lines."""

PATIENCE_S = 2.0
"""Time limit for completing open lines on stop; it usually takes a tenth of that."""

SWITCH_S = 0.0005
"""Switch interval of Python threads in seconds.

Each MediaPipe call switches threads six times and waits for a decoder thread each time. 95th percentile from
frame to caption, 3x3 gallery with three speakers, three runs: 64, 72 and 102 ms with Python's default of 5
ms; 51, 59 and 63 ms with this value.
"""

Sink = Callable[[CaptionEvent], None]


def no_face(source: str) -> UserError:
    """Nobody was seen in a whole recording."""
    return UserError(
        "No face was found in {source}. Lip reading needs a face seen from the front and at least 60 "
        "pixels wide.",
        source=source,
    )


class LivePipeline:
    """Runs a source until it ends or `stop` is called. Never blocks the caller.

    `open_reader` and `open_tracker` run on their own threads, since loading a model takes time; the tracker
    gets the crop geometry of the model. Sinks are called on the output thread; an error of a sink is
    reported, and it still gets later events. `lossless`: wait for slow stages instead of dropping frames.
    `adapts`: track faces and re-read open lines less often when the pipeline falls behind; by default if
    frames can be dropped. `hearing`: speech recognition of the sound; without it, captions come from lips
    only. If it fails, lip reading continues, and the status gives the error. `edit` replaces or hides words
    in every event.
    `least_confidence` may be set at any time: less certain words are replaced by gaps. `expects_faces` may
    be set before the start: whether a recording without any face is an error.
    """

    expects_faces = True

    def __init__(
        self,
        source: Source,
        open_reader: Callable[[], Reader],
        sinks: Sequence[Sink] = (),
        *,
        lossless: bool = False,
        adapts: bool | None = None,
        open_tracker: Callable[[CropGeometry], FaceTracker] = FaceTracker,
        hearing: Hearing | None = None,
        edit: Callable[[CaptionEvent], CaptionEvent] | None = None,
    ) -> None:
        self._source, self._open_reader, self._open_tracker = source, open_reader, open_tracker
        self._sinks = list(sinks)
        self._edit = edit
        self._adapts = not lossless if adapts is None else adapts
        self._frames = Mailbox[Captured](WAITING_FRAMES, drops=not lossless, worth=lambda _: len(self._faces))
        self._sightings = Mailbox[Sighting](
            WAITING_SIGHTINGS, drops=not lossless, worth=lambda sighting: len(sighting.seen.mouths)
        )
        self._captions = Mailbox[CaptionEvent](10_000, drops=False)
        self._crop = Future[CropGeometry]()
        self._faces: tuple[TrackedFace, ...] = ()
        self._never_delivered = 0
        self._governor, self._rereading = Governor(), self._paced() if self._adapts else Rereading()
        self._rate, self._latencies = Rate(), Latencies()
        self.least_confidence = MIN_CONFIDENCE
        self._provider = ""
        self._reader: Reader | None = None
        self._error: UserError | None = None
        self._sound_problem: UserError | None = None
        self._stopping = threading.Event()
        self._saw_a_face = False
        self._previews = Previews()
        self.preview = self._previews.window
        self._fusing = Fusing(hearing, self._clock_of_first_frame) if hearing is not None else None
        self._threads = [
            threading.Thread(target=self._guard, args=stage, name=stage[0].__name__, daemon=True)
            for stage in self._stages()
        ]

    def _stages(self) -> Iterator[tuple[Any, ...]]:
        """Each stage with the mailboxes at its two ends."""
        yield self._capture, self._frames
        yield self._look, self._frames, self._sightings
        if (fusing := self._fusing) is None:
            yield self._read, self._sightings, self._captions
        else:
            yield self._read, self._sightings
            yield self._hear, fusing.sounds
            yield self._recognise, fusing.sounds
            yield self._fuse, self._captions
        yield self._deliver, self._captions

    def _paced(self) -> Rereading:
        return Rereading(REREADING_SHARE, lambda: self._sightings.waiting > BEHIND_SIGHTINGS)

    def add_sink(self, sink: Sink) -> None:
        """Add a receiver of all events. Call it before `start`."""
        self._sinks.append(sink)

    def add_viewer(self) -> Latest[Preview]:
        """A slot that gets every frame, before the start; `preview` gets fewer under load."""
        return self._previews.add()

    def add_caption(self, event: CaptionEvent) -> None:
        """Send the sinks an event that does not come from the pipeline, such as a corrected line."""
        self._captions.put(event)

    def start(self) -> None:
        """Start all threads and return."""
        sys.setswitchinterval(SWITCH_S)
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Ask all stages to end and return at once; open lines are completed first.

        A model that is still computing after `PATIENCE_S` is interrupted.
        """
        if not self._stopping.is_set():
            self._stopping.set()
            threading.Thread(target=self._end_in_time, name="end", daemon=True).start()
        self._stop_sources()
        self._frames.shut(discard=True)

    def _stop_sources(self) -> None:
        self._source.stop()
        if self._fusing is not None:
            self._fusing.stop()

    def join(self, timeout_s: float | None = None) -> bool:
        """Wait until every stage has ended; False after `timeout_s` in total."""
        deadline_s = None if timeout_s is None else time.monotonic() + timeout_s
        for thread in self._threads:
            thread.join(None if deadline_s is None else max(0.0, deadline_s - time.monotonic()))
        return not self._running

    def _end_in_time(self) -> None:
        if not self.join(PATIENCE_S) and (reader := self._reader) is not None:
            reader.model.interrupt()
        self.join(PATIENCE_S)
        release_freed_memory()

    def status(self) -> Status:
        """Current rates and losses."""
        running = self._running
        return Status(
            frames_per_second=self._rate.per_second,
            dropped_mouths=self._frames.dropped + self._sightings.dropped + self._never_delivered,
            latency_ms=self._latencies.median_ms,
            provider=self._provider,
            faces=len(self._faces),
            running=running,
            ended=not (running or self._error or self._stopping.is_set()),
            error=self._error,
            overload=self._governor.level.message or self._rereading.message,
            sound_level=None if self._fusing is None or self._sound_problem else self._fusing.level,
            sound_problem=self._sound_problem,
        )

    @property
    def _running(self) -> bool:
        return any(thread.is_alive() for thread in self._threads)

    @property
    def _sound_only(self) -> bool:
        return isinstance(self._source, NoPicture)

    def _guard(self, stage: Callable[[], None], *mailboxes: Mailbox[Any]) -> None:
        """Run a stage; an exception ends the pipeline with an error message.

        `mailboxes`: those at its two ends. Later stages still process what is queued.
        """
        try:
            stage()
        except Exception as error:
            self._error = self._error or as_user_error(error)
            self._stop_sources()
        finally:
            for mailbox in mailboxes:
                mailbox.shut()

    def _capture(self) -> None:
        with closing(capture(self._source)) as captured:
            for frame in thin(self._publish(captured)):
                if self._stopping.is_set() or not self._frames.put(frame):
                    return

    def _publish(self, frames: Iterator[Captured]) -> Iterator[Captured]:
        """Pass frames on, count them and update the previews."""
        gaps = Gaps()
        for captured in frames:
            self._never_delivered += gaps.before(captured.frame.index) * len(self._faces)
            self._rate.tick()
            self._previews.show(Preview(captured.frame, self._faces), self._governor.level.preview_every)
            yield captured

    def _look(self) -> None:
        with closing(self._open_tracker(self._crop.result())) as tracker:
            for sighting in look(tracker, self._frames):
                self._faces = sighting.seen.faces
                self._saw_a_face = self._saw_a_face or bool(self._faces)
                if not self._sightings.put(sighting):
                    return
                if self._adapts:
                    now_s = time.monotonic()
                    self._governor.note(now_s - sighting.captured_s, now_s)
                    tracker.effort = self._governor.level.effort
        self._check_face_seen()

    def _check_face_seen(self) -> None:
        """A recording without any face is an error; in live video a face may still appear."""
        expected = self.expects_faces and not self._source.live
        if expected and not (self._saw_a_face or self._stopping.is_set() or self._error):
            raise no_face(self._source.name)

    def _read(self) -> None:
        fusing = self._fusing
        try:
            reader = self._open_reader_and_share_crop()
            self._provider = reader.model.provider
            reader.listener, reader.rereading = fusing, self._rereading
            seen = self._sightings if fusing is None else fusing.watch(self._sightings, reader.model.manifest)
            for event in read(reader, seen):
                self._captions.put(event) if fusing is None else fusing.put(event)
        finally:
            # The pipeline may be part of a reference cycle; release the model's memory now.
            self._reader = None
            if fusing is not None:
                fusing.reading_ended()

    def _hear(self) -> None:
        assert self._fusing is not None
        with self._sound_stage():
            self._fusing.hear()

    def _recognise(self) -> None:
        assert self._fusing is not None
        with self._sound_stage():
            self._fusing.recognise()

    def _fuse(self) -> None:
        assert self._fusing is not None
        self._fusing.fuse(self._captions.put)

    @contextmanager
    def _sound_stage(self) -> Iterator[None]:
        """Report errors of a sound stage without ending lip reading; sound alone ends with its source."""
        try:
            yield
        except Exception as error:
            if self._sound_only:
                raise
            self._sound_problem = self._sound_problem or as_user_error(error)
        finally:
            if self._sound_only:
                self._source.stop()

    def _clock_of_first_frame(self) -> float:
        return self._source.clock_of_first_frame

    def _open_reader_and_share_crop(self) -> Reader:
        """Open the reader and pass its model's crop geometry to the tracker."""
        try:
            self._reader = reader = self._open_reader()
            reader.model.check()
        except BaseException as error:
            self._crop.set_exception(error)
            raise
        self._crop.set_result(reader.model.manifest.crop)
        return reader

    def _deliver(self) -> None:
        for event in self._captions:
            self._latencies.add(event.latency_ms)
            shown = with_gaps(event, self.least_confidence)
            self._send_to_sinks(shown if self._edit is None else self._edit(shown))

    def _send_to_sinks(self, event: CaptionEvent) -> None:
        for sink in tuple(self._sinks):
            try:
                sink(event)
            except Exception as error:
                # The sink still gets later events, since the cause may be temporary. One error is reported.
                self._error = self._error or as_user_error(error)
