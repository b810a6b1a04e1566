"""Records takes of phrases: a take ends when the lips of the only person in view rest after moving."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import closing
from queue import Empty, SimpleQueue

import numpy as np

from klipnet_live.capture.base import Source
from klipnet_live.latest import Latest
from klipnet_live.lips.resample import CropResampler
from klipnet_live.phrases.check import MAX_FRAMES, check_take
from klipnet_live.phrases.profile import Encode
from klipnet_live.phrases.span import MARGIN_FRAMES, MIN_FRAMES, MOVING, motion, spoken_span
from klipnet_live.pipeline.preview import Preview
from klipnet_live.pipeline.stages import capture, thin
from klipnet_live.recording.states import PhraseStudioState, PhraseTake
from klipnet_live.recording.worker import Worker
from klipnet_live.tracking.tracker import FaceTracker, Seen
from klipnet_live.types import FPS, GreyImage, UserError

REST_FRAMES = round(0.6 * FPS)
"""Rest of the lips that ends a take."""

_KEPT_FRAMES = MAX_FRAMES + 2 * REST_FRAMES

_SHORTEST_FRAMES = 4
"""Shorter motion is a twitch; the speaker learns that a phrase was too short."""


class TakeFinder:
    """Finds takes in a stream of crops at any rate. Not thread-safe."""

    def __init__(self) -> None:
        self._resampler = CropResampler()
        self._crops: list[GreyImage] = []
        self._moved_at: int | None = None

    @property
    def moving(self) -> bool:
        return self._moved_at is not None

    def add(self, time_s: float, crop: GreyImage) -> list[list[GreyImage]]:
        """Add a crop; gives the takes that end with it. UserError for one that cannot be a phrase."""
        if self._resampler.is_gap(time_s):
            self.restart()
        takes = []
        for _, resampled in self._resampler.feed(time_s, crop):
            if (take := self._next(resampled)) is not None:
                takes.append(take)
        return takes

    def end(self) -> list[GreyImage] | None:
        """The stream has ended: the current take, if any."""
        return self._taken() if self.moving else None

    def restart(self) -> None:
        """Drop everything so far."""
        self._resampler.reset()
        self._crops.clear()
        self._moved_at = None

    def _next(self, crop: GreyImage) -> list[GreyImage] | None:
        self._crops.append(crop)
        count = len(self._crops)
        if motion(self._crops[-4:])[-1] > MOVING:
            self._moved_at = count
        if self._moved_at is None:
            del self._crops[: -REST_FRAMES - MARGIN_FRAMES]
            return None
        if count - self._moved_at >= REST_FRAMES or count > _KEPT_FRAMES:
            return self._taken()
        return None

    def _taken(self) -> list[GreyImage] | None:
        crops, self._crops, self._moved_at = self._crops, [], None
        if np.count_nonzero(motion(crops) > MOVING) < _SHORTEST_FRAMES:
            return None
        span = spoken_span(crops)
        whole = span is not None and span.stop - span.start >= MIN_FRAMES + 2 * MARGIN_FRAMES
        found = crops[span] if span is not None and whole else []
        check_take(found)
        return found


class PhraseStudio(Worker):
    """Watches a source until `stop`; while listening, takes are queued for `next_take`."""

    def __init__(self, source: Source, encode: Encode) -> None:
        super().__init__(self._watch)
        self._source, self._encode = source, encode
        self._finder = TakeFinder()
        self._takes: SimpleQueue[PhraseTake] = SimpleQueue()
        self._listening = threading.Event()
        self._ended = threading.Event()
        self._faces = 0
        self._crop: GreyImage | None = None
        self.preview = Latest[Preview]()

    @property
    def state(self) -> PhraseStudioState:
        moving = self._listening.is_set() and self._finder.moving
        return PhraseStudioState(self.running, self._faces, moving, self._crop, self._problem)

    def listen(self, on: bool) -> None:
        """Switch the detection of takes on or off."""
        if on:
            self._problem = None
            self._listening.set()
        else:
            self._listening.clear()

    def next_take(self) -> PhraseTake | None:
        """The next recorded take, if any."""
        try:
            return self._takes.get_nowait()
        except Empty:
            return None

    def stop(self) -> None:
        self._ended.set()
        self._source.stop()

    def _watch(self) -> None:
        with closing(FaceTracker()) as tracker, closing(capture(self._source)) as frames:
            for captured in thin(frames):
                if self._ended.is_set():
                    return
                seen = tracker.update(captured.frame)
                self.preview.put(Preview(captured.frame, seen.faces))
                self._see(seen, captured.frame.time_s)
        self._keep([take] if (take := self._finder.end()) is not None else [])

    def _see(self, seen: Seen, time_s: float) -> None:
        self._faces = len(seen.faces)
        self._crop = seen.mouths[0].crop if seen.mouths else None
        if not self._listening.is_set() or seen.interrupted:
            self._finder.restart()
            return
        if self._finder.moving and len(seen.mouths) != 1:
            self._finder.restart()
            self._problem = _face_count_error(len(seen.mouths))
            return
        if len(seen.mouths) == 1:
            self._keep_if_whole(time_s, seen.mouths[0].crop)

    def _keep_if_whole(self, time_s: float, crop: GreyImage) -> None:
        try:
            self._keep(self._finder.add(time_s, crop))
        except UserError as error:
            self._problem = error

    def _keep(self, takes: Sequence[Sequence[GreyImage]]) -> None:
        for crops in takes:
            self._problem = None
            self._takes.put(PhraseTake(tuple(crops), self._encode(crops)))


def _face_count_error(mouths: int) -> UserError:
    if mouths:
        return UserError("More than one face is in view. Only you may be in view while you record a phrase.")
    return UserError("Your face was lost while you recorded the phrase. Record it again.")
