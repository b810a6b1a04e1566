"""Fakes for what the window is built on (pipeline, jobs, studios, networks), and values to feed them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from klipnet_live.captions.lines import CaptionLine
from klipnet_live.export.job_state import CaptionTask, JobState
from klipnet_live.latest import Latest
from klipnet_live.phrases.profile import Profile, ProfileInfo
from klipnet_live.pipeline.meter import Status
from klipnet_live.pipeline.preview import Preview
from klipnet_live.recording.states import PhraseStudioState, PhraseTake, StudioState, StudioTask
from klipnet_live.types import (
    Box,
    CaptionEvent,
    EventKind,
    Face,
    FloatArray,
    Frame,
    GreyImage,
    Phrases,
    TrackedFace,
    UserError,
)
from tests.phrases.takes import BLOCKS, Person, crops

READING = Status(
    frames_per_second=24.6, dropped_mouths=0, latency_ms=120.0, provider="CPU", faces=2, running=True,
    ended=False, error=None, overload="",
)  # fmt: skip


@dataclass(slots=True)
class FakePipeline:
    """A pipeline whose events and status come from the test.

    With `lingers`, it keeps running after `stop` until the test calls `end`.
    """

    source: str = ""
    language: str = "en"
    model: str | None = None
    phrases: Phrases | None = None
    sound: str = "auto"
    sound_language: str | None = None
    preview: Latest[Preview] = field(default_factory=Latest)
    state: Status = READING
    sinks: list[Callable[[CaptionEvent], None]] = field(default_factory=list)
    viewers: list[Latest[Preview]] = field(default_factory=list)
    started: bool = False
    stopped: bool = False
    least_confidence: float = 0.5
    lingers: bool = True

    def add_sink(self, sink: Callable[[CaptionEvent], None]) -> None:
        assert not self.started
        self.sinks.append(sink)

    def add_viewer(self) -> Latest[Preview]:
        assert not self.started
        self.viewers.append(Latest())
        return self.viewers[-1]

    def add_caption(self, event: CaptionEvent) -> None:
        self.say(event)

    def say(self, event: CaptionEvent) -> None:
        """Pass an event to the sinks, as the output thread does."""
        for sink in self.sinks:
            sink(event)

    def end(self, error: UserError | None = None, *, by_itself: bool = False) -> None:
        self.state = replace(self.state, running=False, error=error, ended=by_itself)

    def start(self) -> None:
        self.started = True

    def stop(self) -> None:
        self.stopped = True
        if not self.lingers:
            self.end()

    def status(self) -> Status:
        return self.state


@dataclass(slots=True)
class FakeFactory:
    """Creates fake pipelines and remembers them; raises `error` instead if it is set."""

    error: Exception | None = None
    made: list[FakePipeline] = field(default_factory=list)

    def __call__(
        self,
        source: str,
        language: str,
        model: str | None,
        phrases: Phrases | None,
        sound: str,
        sound_language: str | None,
    ) -> FakePipeline:
        if self.error is not None:
            raise self.error
        self.made.append(FakePipeline(source, language, model, phrases, sound, sound_language))
        return self.made[-1]


@dataclass(slots=True)
class FakeJob:
    """A job whose state is set by the test."""

    task: CaptionTask
    state: JobState = field(default_factory=lambda: JobState("reading"))
    started: bool = False
    cancelled: bool = False
    approved: tuple[CaptionLine, ...] | None = None

    def start(self) -> None:
        self.started = True

    def approve(self, lines: Sequence[CaptionLine]) -> None:
        self.approved = tuple(lines)
        self.state = JobState("writing", lines=len(lines))

    def cancel(self) -> None:
        self.cancelled = True

    def join(self, timeout_s: float | None = None) -> bool:
        """A cancelled job ends; any other stays as it is."""
        if self.cancelled:
            self.state = JobState("cancelled")
        return self.state.ended


@dataclass(slots=True)
class FakeJobs:
    """Creates fake jobs and remembers them; raises `error` instead if it is set."""

    error: Exception | None = None
    made: list[FakeJob] = field(default_factory=list)

    def __call__(self, task: CaptionTask) -> FakeJob:
        if self.error is not None:
            raise self.error
        self.made.append(FakeJob(task))
        return self.made[-1]


@dataclass(slots=True)
class FakeStudio:
    """A recording studio that counts each sentence as spoken as soon as it ends."""

    task: StudioTask
    state: StudioState = field(default_factory=lambda: StudioState(False, False, 1, (), None))
    preview: Latest[Preview] = field(default_factory=Latest)
    sentence: str = ""
    joined: bool = False

    def start(self) -> None:
        self.state = replace(self.state, running=True)

    def stop(self) -> None:
        self.state = replace(self.state, running=False, recording=False)

    def begin(self, text: str) -> None:
        self.sentence = text
        self.state = replace(self.state, recording=True)

    def end(self) -> None:
        self.state = replace(self.state, recording=False, spoken=(*self.state.spoken, self.sentence))

    def drop_last(self) -> None:
        self.state = replace(self.state, spoken=self.state.spoken[:-1])

    def join(self, timeout_s: float | None = None) -> bool:
        self.joined = not self.state.running
        return self.joined


@dataclass(slots=True)
class FakeStudios:
    """Creates fake studios and remembers them; raises `error` instead if it is set."""

    error: Exception | None = None
    made: list[FakeStudio] = field(default_factory=list)

    def __call__(self, task: StudioTask) -> FakeStudio:
        if self.error is not None:
            raise self.error
        self.made.append(FakeStudio(task))
        return self.made[-1]


def caption(
    kind: EventKind = "changed",
    line: int = 1,
    speaker: str = "1",
    committed: str = "bin blue",
    tentative: str = "",
    confidence: float = 0.9,
    start_s: float = 1.0,
) -> CaptionEvent:
    """A caption event; a test passes only the values that it is about."""
    return CaptionEvent(
        event=kind, line=line, speaker=speaker, committed=committed, tentative=tentative, start_s=start_s,
        end_s=start_s + 1, confidence=confidence, media_s=start_s + 1, latency_ms=100.0,
    )  # fmt: skip


def preview_of_two(width: int = 320, height: int = 180) -> Preview:
    """A blue picture with a face on the left (speaker 1) and one on the right (speaker 2)."""
    image = np.zeros((height, width, 3), np.uint8)
    image[:, :, 2] = 200
    points = np.zeros((478, 2), np.float32)
    faces = tuple(
        TrackedFace(speaker, Face(points, Box(left, height * 0.3, left + width * 0.25, height * 0.8)))
        for speaker, left in (("1", width * 0.1), ("2", width * 0.6))
    )
    return Preview(Frame(0, 0.0, image), faces)


class Networks:
    """Replaces the feature networks. Takes in these tests bring their features along."""

    networks: tuple[str, ...] = ("one",)
    blocks = BLOCKS

    def __call__(self, crops: Sequence[GreyImage]) -> FloatArray:
        return np.ones((len(crops), 4), np.float32)


@dataclass
class FakePhraseStudio:
    """A phrase studio that returns the takes that the test queued."""

    source: str
    preview: Latest[Preview] = field(default_factory=Latest)
    takes: list[PhraseTake] = field(default_factory=list)
    state: PhraseStudioState = field(default_factory=lambda: PhraseStudioState(True, 1, False, None, None))
    stopped: bool = False

    def start(self) -> None:
        self.preview.put(preview_of_two())

    def stop(self) -> None:
        self.stopped = True

    def listen(self, on: bool) -> None:
        assert on

    def next_take(self) -> PhraseTake | None:
        return self.takes.pop(0) if self.takes else None


@dataclass
class FakeDictation:
    """A microphone into which the test speaks."""

    language: str
    said: list[str] = field(default_factory=list)
    running: bool = True
    listening: bool = True
    problem: UserError | None = None

    def start(self) -> None: ...

    def stop(self) -> None:
        self.running = False

    def next_text(self) -> str | None:
        return self.said.pop(0) if self.said else None


def profile_of_phrases(name: str, texts: Sequence[str], takes: int = 3) -> Profile:
    """A profile with this many takes of each phrase."""
    person, profile = Person(), Profile(ProfileInfo(name, Networks.networks))
    for number, text in enumerate(texts):
        for take in range(takes):
            profile = profile.with_take(text, person.shows(number), crops(20, 7 * number + take))
    return profile
