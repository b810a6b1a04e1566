"""A pipeline with sound: sound and lips share a clock, and sound errors do not stop the lips."""

from __future__ import annotations

import gc
import time
import weakref
from collections.abc import Callable, Iterator, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from klipnet_live.capture.no_picture import NoPicture
from klipnet_live.lips.alphabet import alphabet_for
from klipnet_live.lips.crop import CropGeometry
from klipnet_live.pipeline.hearing import Hearing, SpeechRecognition
from klipnet_live.pipeline.live import LivePipeline
from klipnet_live.types import OFF_SCREEN, CaptionEvent, Sound, UserError, Utterance, Word
from tests.pipeline.fakes import FakeCamera, FakeReader
from tests.pipeline.test_live import PATIENCE_S, FakeTracker

RATE_HZ = 16_000
UNPLUGGED = UserError("{name} sends no sound any more: connect it again.", name="Mic")


class FakeSound:
    """Blocks of 0.1 s on a clock starting at `clock_s`; then it ends, raises or continues."""

    name = "fake sound"

    def __init__(
        self, seconds: float = 2.0, *, clock_s: float | None = 0.0, error: Exception | None = None
    ) -> None:
        self._seconds, self._clock_s, self._error = seconds, clock_s, error
        self._stopped = False

    def blocks(self) -> Iterator[Sound]:
        random = np.random.default_rng(0)
        start_s = time.monotonic() if self._clock_s is None else self._clock_s
        for i in range(round(10 * self._seconds)):
            if self._stopped:
                return
            samples = 0.1 * random.standard_normal(RATE_HZ // 10)
            yield Sound(samples.astype(np.float32), RATE_HZ, start_s + 0.1 * i)
        if self._error is not None:
            raise self._error

    def stop(self) -> None:
        self._stopped = True


class FakeEars:
    """Recognises "hello" in the first second of any sound, and reports it at the end."""

    def __init__(self) -> None:
        self.blocks: list[Sound] = []

    def push(self, sound: Sound) -> Iterator[Utterance]:
        self.blocks.append(sound)
        yield from ()

    def finish(self) -> Iterator[Utterance]:
        first = self.blocks[0]
        word = Word("hello", first.clock_s + 0.2, first.clock_s + 0.8, 0.9, "sound")
        yield Utterance(1, (word,), 1, True, Sound(np.zeros(RATE_HZ, np.float32), RATE_HZ, first.clock_s))

    def n_best(self, samples: Any, n: int) -> list[tuple[str, float]]:
        return []

    def score(self, samples: Any, texts: Sequence[str]) -> list[float]:
        return [0.0] * len(texts)


def reader() -> FakeReader:
    fake = FakeReader()
    fake.model.manifest = SimpleNamespace(crop=CropGeometry(), alphabet=alphabet_for("en"), words=())
    return fake


def run(source: Any, hearing: Hearing, **options: Any) -> tuple[list[CaptionEvent], LivePipeline]:
    """All events of a pipeline that runs until its source ends."""
    events: list[CaptionEvent] = []
    pipeline = LivePipeline(
        source, reader, [events.append], hearing=hearing, open_tracker=lambda _: FakeTracker(), **options
    )
    pipeline.start()
    assert pipeline.join(PATIENCE_S)
    return events, pipeline


def hears(source: FakeSound, ears: Callable[[], FakeEars] = FakeEars, **options: Any) -> Hearing:
    def open_recognition() -> SpeechRecognition:
        opened = ears()
        return SpeechRecognition(opened, opened)

    return Hearing(source, open_recognition, "en", **options)


def lines_of(events: Sequence[CaptionEvent]) -> set[tuple[str, str]]:
    return {(event.speaker, event.text) for event in events if event.event == "completed"}


@pytest.mark.parametrize("fast", [False, True])
def test_lines_from_lips_and_sound_share_one_numbering(fast: bool) -> None:
    camera = FakeCamera([np.zeros((120, 160, 3), np.uint8)] * 40, live=False)
    events, pipeline = run(camera, hears(FakeSound(), media_clock=True, fast=fast), lossless=True)
    heard = [event for event in events if event.text == "hello"]
    assert heard
    assert {word.source for event in heard for word in event.words} == {"sound"}
    assert any(event.speaker == "end" for event in events)
    assert {event.text for event in events if event.line == heard[0].line} == {"hello"}
    assert pipeline.status().error is None


def test_a_file_read_fast_gives_the_same_result_in_every_run() -> None:
    def once() -> list[tuple[str, int, str, float]]:
        camera = FakeCamera([np.zeros((120, 160, 3), np.uint8)] * 40, live=False, fps=2000)
        events, _ = run(camera, hears(FakeSound(), media_clock=True, fast=True), lossless=True)
        return [(event.event, event.line, event.text, event.start_s) for event in events]

    assert once() == once()


def test_failing_sound_is_reported_and_lips_go_on() -> None:
    camera = FakeCamera([np.zeros((120, 160, 3), np.uint8)] * 30, live=False)
    events, pipeline = run(camera, hears(FakeSound(0.5, error=UNPLUGGED), media_clock=True), lossless=True)
    assert pipeline.status().sound_problem is UNPLUGGED
    assert any(event.speaker == "end" for event in events)
    assert sum(event.speaker == "1" for event in events) >= 30


def test_a_recogniser_that_cannot_be_loaded_disables_only_sound() -> None:
    def damaged() -> FakeEars:
        raise UNPLUGGED

    camera = FakeCamera([np.zeros((120, 160, 3), np.uint8)] * 30, live=False)
    events, pipeline = run(camera, hears(FakeSound(), damaged, media_clock=True), lossless=True)
    assert pipeline.status().sound_problem is UNPLUGGED
    assert sum(event.speaker == "1" for event in events) >= 30


def test_sound_alone_becomes_captions() -> None:
    source = NoPicture()
    events: list[CaptionEvent] = []
    sound = FakeSound(1.0, clock_s=None)
    pipeline = LivePipeline(
        source, reader, [events.append], hearing=hears(sound), open_tracker=lambda _: FakeTracker()
    )
    pipeline.start()
    deadline_s = time.monotonic() + PATIENCE_S
    while not lines_of(events) and time.monotonic() < deadline_s:
        time.sleep(0.02)
    pipeline.stop()
    assert pipeline.join(PATIENCE_S)
    assert (OFF_SCREEN, "hello") in lines_of(events)


def test_an_ended_pipeline_keeps_no_recogniser() -> None:
    """The window may hold the pipeline while the next one loads its models."""
    opened: list[weakref.ref[FakeEars]] = []

    def ears() -> FakeEars:
        result = FakeEars()
        opened.append(weakref.ref(result))
        return result

    _, pipeline = run(NoPicture(), hears(FakeSound(1.0), ears, media_clock=True))
    gc.collect()
    assert pipeline.status().ended
    assert [reference() for reference in opened] == [None]


def test_sound_alone_ends_with_its_source() -> None:
    events, pipeline = run(NoPicture(), hears(FakeSound(1.0), media_clock=True))
    assert (OFF_SCREEN, "hello") in lines_of(events)
    assert pipeline.status().error is None


def test_sound_alone_that_fails_ends_with_the_error() -> None:
    def missing() -> FakeEars:
        raise UNPLUGGED

    _, pipeline = run(NoPicture(), hears(FakeSound(10_000.0, clock_s=None), missing))
    assert pipeline.status().error is UNPLUGGED
    _, pipeline = run(NoPicture(), hears(FakeSound(0.5, clock_s=None, error=UNPLUGGED)))
    assert pipeline.status().error is UNPLUGGED


def test_sound_of_a_file_ends_when_lip_reading_fails() -> None:
    damaged = UserError("The model is damaged.")

    def no_reader() -> FakeReader:
        raise damaged

    camera = FakeCamera([np.zeros((120, 160, 3), np.uint8)] * 10, live=False)
    pipeline = LivePipeline(
        camera,
        no_reader,
        hearing=hears(FakeSound(100_000.0), media_clock=True, fast=True),
        lossless=True,
        open_tracker=lambda _: FakeTracker(),
    )
    pipeline.start()
    ended = pipeline.join(PATIENCE_S)
    pipeline.stop()
    assert ended
    assert pipeline.status().error is damaged


def test_recording_from_a_device_ends_with_the_video() -> None:
    camera = FakeCamera([np.zeros((120, 160, 3), np.uint8)] * 10, live=True)
    camera.clock_of_first_frame = time.monotonic()
    endless = FakeSound(10_000.0, clock_s=None)
    _, pipeline = run(camera, hears(endless))
    assert not pipeline.status().running
