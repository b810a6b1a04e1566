"""Records sentences: video and sound on one thread, face tracking on another."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack, closing
from queue import Empty, SimpleQueue
from typing import Protocol

from klipnet_live.capture.base import Source
from klipnet_live.latest import Latest
from klipnet_live.pipeline.preview import Preview
from klipnet_live.pipeline.stages import capture
from klipnet_live.recording.recordings import Recordings
from klipnet_live.recording.spoken_sentence import SpokenSentence
from klipnet_live.recording.states import StudioState
from klipnet_live.recording.take import Take
from klipnet_live.recording.worker import Worker
from klipnet_live.tracking.tracker import FaceTracker
from klipnet_live.types import Frame, Sound, TrackedFace, UserError

_POLL_S = 0.1


class Hears(Protocol):
    """A microphone."""

    def open(self) -> None: ...

    def begin(self) -> None: ...

    def end(self) -> Sound | None: ...

    def close(self) -> None: ...


class Studio(Worker):
    """Shows a source until `stop`, and records what is spoken between `begin` and `end`.

    Sentences without a face or with write errors are reported and not kept.
    """

    def __init__(self, source: Source, recordings: Recordings, microphone: Hears | None = None) -> None:
        super().__init__(self._record, self._look)
        self._source, self._recordings, self._microphone = source, recordings, microphone
        self._commands: SimpleQueue[Callable[[Frame], None]] = SimpleQueue()
        self._newest = Latest[Frame]()
        self._ended = threading.Event()
        self._spoken = tuple(recordings.spoken)
        self._faces: tuple[TrackedFace, ...] = ()
        self._sentence: SpokenSentence | None = None
        self.preview = Latest[Preview]()

    @property
    def state(self) -> StudioState:
        recording = self._sentence is not None
        return StudioState(self.running, recording, len(self._faces), self._spoken, self._problem)

    def begin(self, text: str) -> None:
        """Start recording this sentence with the next frame."""
        self._commands.put(lambda frame: self._begin(text, frame))

    def end(self) -> None:
        """Stop recording and keep the sentence."""
        self._commands.put(lambda _: self._end())

    def drop_last(self) -> None:
        """Delete the last sentence of this session."""
        self._commands.put(lambda _: self._drop_last())

    def stop(self) -> None:
        """Ask both threads to end and return at once; an unfinished sentence is dropped."""
        self._ended.set()
        self._source.stop()

    def _record(self) -> None:
        with ExitStack() as stack:
            if self._microphone is not None:
                stack.callback(self._microphone.close)
                self._microphone.open()
            stack.callback(self._discard)
            for captured in stack.enter_context(closing(capture(self._source))):
                frame = captured.frame
                self.preview.put(Preview(frame, self._faces))
                self._newest.put(frame)
                self._take_up(frame)

    def _take_up(self, frame: Frame) -> None:
        """Execute commands and write the frame; an error affects only this sentence."""
        try:
            self._obey(frame)
            if self._sentence is not None:
                self._sentence.take.add(frame)
        except UserError as error:
            self._problem = error
            self._discard()

    def _discard(self) -> None:
        if self._sentence is not None:
            self._sentence.take.discard()
            self._sentence = None

    def _obey(self, frame: Frame) -> None:
        while True:
            try:
                command = self._commands.get_nowait()
            except Empty:
                return
            command(frame)

    def _begin(self, text: str, frame: Frame) -> None:
        if self._sentence is not None:
            return
        self._problem = None
        height, width = frame.image.shape[:2]
        with_sound = self._microphone is not None
        take = Take(self._recordings.next_path(), (width, height), with_sound=with_sound)
        if self._microphone is not None:
            self._microphone.begin()
        self._sentence = SpokenSentence(text, take, self._source.clock_of_first_frame + frame.time_s)

    def _end(self) -> None:
        sentence = self._sentence
        if sentence is None:
            return
        sound = None if self._microphone is None else self._microphone.end()
        sentence.keep(self._recordings, sound)
        self._spoken = tuple(self._recordings.spoken)
        self._sentence = None

    def _drop_last(self) -> None:
        self._problem = None
        self._recordings.drop_last()
        self._spoken = tuple(self._recordings.spoken)

    def _look(self) -> None:
        with closing(FaceTracker()) as tracker:
            while not self._ended.is_set():
                if (frame := self._newest.take(_POLL_S)) is None:
                    continue
                self._faces = tracker.update(frame).faces
                if (sentence := self._sentence) is not None:
                    sentence.saw(bool(self._faces))
