"""A source instead of a camera, and a reader instead of a model."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from types import SimpleNamespace

import numpy as np

from klipnet_live.lips.crop import CropGeometry
from klipnet_live.types import FPS, CaptionEvent, Frame, Image, Mouth

BLANK: Image = np.zeros((120, 160, 3), np.uint8)


class FakeCamera:
    """Delivers frames at a given rate, with timestamps at 25 a second; then it ends, raises or continues."""

    def __init__(
        self,
        pictures: Sequence[Image] = (BLANK,),
        *,
        fps: float = 200.0,
        indices: Sequence[int] | None = None,
        error: Exception | None = None,
        endless: bool = False,
        live: bool = True,
    ) -> None:
        self.name, self.live = "fake camera", live
        self.clock_of_first_frame = math.nan
        self._pictures, self._fps, self._error, self._endless = pictures, fps, error, endless
        self._indices = indices or range(len(pictures))
        self._stopped = threading.Event()
        self.closed = False

    def frames(self) -> Iterator[Frame]:
        try:
            for number, index in enumerate(self._numbers()):
                if self._stopped.wait(1 / self._fps):
                    return
                yield Frame(index, number / FPS, self._pictures[number % len(self._pictures)])
            if self._error is not None:
                raise self._error
        finally:
            self.closed = True

    def stop(self) -> None:
        self._stopped.set()

    def _numbers(self) -> Iterable[int]:
        return iter(range(10**9)) if self._endless else self._indices


class FakeReader:
    """Completes one line per mouth, and one more at the end."""

    def __init__(
        self, *, slow_s: float = 0.0, error: Exception | None = None, crop: CropGeometry | None = None
    ) -> None:
        self.model = SimpleNamespace(
            provider="Fake",
            manifest=SimpleNamespace(crop=crop or CropGeometry()),
            check=lambda: None,
            interrupt=lambda: None,
        )
        self._slow_s, self._error = slow_s, error
        self.mouths: list[Mouth] = []

    def read(
        self,
        mouths: Iterable[Mouth],
        captured_s: float | None = None,
        now_s: float | None = None,
        interrupted: Sequence[str] = (),
    ) -> list[CaptionEvent]:
        time.sleep(self._slow_s)
        if self._error is not None:
            raise self._error
        self.mouths += mouths
        latency_ms = 0.0 if captured_s is None else (time.monotonic() - captured_s) * 1000
        return [event(mouth.speaker, mouth.time_s, latency_ms) for mouth in mouths]

    def finish(self) -> list[CaptionEvent]:
        return [event("end", 0.0, 0.0)]


def event(speaker: str, time_s: float, latency_ms: float) -> CaptionEvent:
    return CaptionEvent("completed", 1, speaker, "text", "", time_s, time_s, 1.0, time_s, latency_ms)
