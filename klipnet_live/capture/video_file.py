"""Video files, read with PyAV."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, SupportsFloat

import av
import numpy as np

from klipnet_live.capture.base import BaseSource, Pace
from klipnet_live.capture.video_facts import VideoFacts
from klipnet_live.media.container import (
    announced_end_s,
    cannot_open,
    decoded,
    may_be_joined,
    moving_pictures,
    no_video,
    opened,
    origin_s,
    seek,
)
from klipnet_live.media.stretches import WHOLE, Stretch
from klipnet_live.media.timeline import MAX_STEP_S, Timed, steady
from klipnet_live.types import Frame, Image, UserError, translatable

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

_DEFAULT_FPS = 25

MAX_SIDE_PX = 4096
"""Larger images are scaled down: faces are still large enough, and a dozen frames fit in memory."""

_LIKELY_ASPECTS = (0.25, 4.0)
"""Plausible pixel aspect ratios; other values are errors in the file."""

_SPARSE_MOMENTS = 8

_SAMPLED_PX, _SAME = 8, 0.1
"""A frame is a repeat if every eighth pixel differs by less than 0.1 grey levels on average."""

ShowsAFace = Callable[[Image], bool]


class VideoFile(BaseSource):
    """Frames of a file, upright and with square pixels, with the times that a player shows.

    At a "realtime" pace each frame is delivered when it is due, and none is skipped: if the consumer was
    slow, frames follow without a pause until the file has caught up. Jumps of the timestamps cause no wait.
    `facts`: about the frames so far. Of several video tracks the default one is read, or else the first in
    which `shows_a_face` finds a face, or else the first. `stretch`: the part of the file to read.
    """

    live = False

    def __init__(
        self,
        path: Path,
        pace: Pace = "realtime",
        shows_a_face: ShowsAFace | None = None,
        stretch: Stretch = WHOLE,
    ) -> None:
        super().__init__(path.name)
        self._path = path
        self._pace = pace
        self._shows_a_face = shows_a_face
        self._stretch = stretch
        self._reset()

    def frames(self) -> Iterator[Frame]:
        """Raises UserError if the file cannot be read or no frame can be decoded."""
        self._reset()
        with self._opened() as (container, stream):
            aspect = self._aspect(stream)
            self.facts.announced_s = announced_end_s(container, stream)
            for timed in self._timed(container, stream):
                image = upright(timed.item, aspect)
                if not self._due(timed):
                    return
                yield Frame(self.facts.pictures, timed.time_s, image, timed.leap is not None)
                self._count(timed, image)
        if not (self.facts.pictures or self._stretch.from_s):
            raise UserError(
                "No frame of {path} can be decoded. The file is damaged. Try another copy.", path=self._path
            )

    def _reset(self) -> None:
        self.facts = VideoFacts()
        self._small = np.zeros((0, 0), np.int16)

    def _due(self, timed: Timed[VideoFrame]) -> bool:
        """Wait until the picture is due; False if the source was stopped."""
        if self.facts.pictures == 0:
            self.clock_of_first_frame = time.monotonic() - timed.time_s
        elif timed.leap is not None:
            self.clock_of_first_frame = min(self.clock_of_first_frame, time.monotonic() - timed.time_s)
        wait_s = self.clock_of_first_frame + timed.time_s - time.monotonic()
        return not self._stopped.wait(max(0.0, wait_s) if self._pace == "realtime" else 0.0)

    def _count(self, timed: Timed[VideoFrame], image: Image) -> None:
        facts = self.facts
        small = image[::_SAMPLED_PX, ::_SAMPLED_PX, 1].astype(np.int16)
        step_s = timed.time_s - facts.seen_s
        if timed.leap is not None:
            facts.leaps.append(timed.leap)
        elif facts.pictures and step_s <= MAX_STEP_S:
            facts.steps, facts.stepped_s = facts.steps + 1, facts.stepped_s + step_s
            facts.repeated += small.shape == self._small.shape and (
                float(np.abs(small - self._small).mean()) < _SAME
            )
        self._small = small
        facts.pictures, facts.seen_s = facts.pictures + 1, timed.time_s

    @contextmanager
    def _opened(self) -> Iterator[tuple[InputContainer, VideoStream]]:
        try:
            container = opened(self._path)
        except (av.FFmpegError, OSError, ValueError) as error:
            raise cannot_open(self._path, error) from error
        with container:
            tracks = moving_pictures(container)
            if not tracks:
                raise no_video(self._path, translatable("it contains no video"))
            stream = picture_track(self._path, tracks, self._shows_a_face)
            self.facts.track, self.facts.tracks = tracks.index(stream) + 1, len(tracks)
            stream.thread_type = "AUTO"
            yield container, stream

    def _aspect(self, stream: VideoStream) -> float:
        aspect = float(stream.sample_aspect_ratio or 1)
        if is_likely_aspect(aspect):
            return aspect
        self.facts.odd_aspect = aspect
        return 1.0

    def _timed(self, container: InputContainer, stream: VideoStream) -> Iterator[Timed[VideoFrame]]:
        """The pictures of the stretch."""
        from_s, to_s = self._stretch.from_s, self._stretch.to_s
        seek(container, from_s)
        period_s = float(1 / (stream.average_rate or _DEFAULT_FPS))
        stamped = self._stamped(container, stream)
        for timed in steady(stamped, period_s, joins=may_be_joined(container)):
            if timed.time_s >= to_s:
                return
            if timed.time_s >= from_s:
                yield timed

    def _stamped(
        self, container: InputContainer, stream: VideoStream
    ) -> Iterator[tuple[float | None, VideoFrame]]:
        origin = origin_s(container)
        for ticks, picture in stamped(decoded(container, stream)):
            base = stream.time_base
            stamp_s = None if ticks is None or base is None else float(ticks * base) - origin
            self.facts.newest_s = max(self.facts.newest_s, stamp_s or 0.0)
            yield stamp_s, picture


def stamped(pictures: Iterable[VideoFrame]) -> Iterator[tuple[int | None, VideoFrame]]:
    """Frames with timestamps: presentation timestamps, or decode timestamps if the former are less
    consistent.

    AVI stores only decode timestamps, from which FFmpeg derives wrong presentation timestamps for B-frames.
    The rule is FFmpeg's own (guess_correct_pts in libavcodec/decode.c).
    """
    faults = [0, 0]
    last: list[int | None] = [None, None]
    for picture in pictures:
        stamps = [picture.pts, picture.dts]
        for kind, (before, stamp) in enumerate(zip(last, stamps, strict=True)):
            if stamp is not None:
                faults[kind] += before is not None and stamp <= before
                last[kind] = stamp
        by_decoding = stamps[1] is not None and (stamps[0] is None or faults[0] > faults[1])
        yield stamps[by_decoding], picture


def is_likely_aspect(aspect: SupportsFloat | None) -> bool:
    """Whether the pixel aspect ratio is plausible."""
    return bool(aspect) and _LIKELY_ASPECTS[0] <= float(aspect or 0) <= _LIKELY_ASPECTS[1]


def picture_track(
    path: Path, tracks: Sequence[VideoStream], shows_a_face: ShowsAFace | None = None
) -> VideoStream:
    """The track to use out of several: the default one, or else the first with a face."""
    default = [track for track in tracks if track.disposition & av.stream.Disposition.default]
    if len(tracks) == 1 or len(default) == 1:
        return (default or list(tracks))[0]
    if shows_a_face is not None:
        for track in tracks:
            if any(shows_a_face(image) for image in sampled(path, track.index)):
                return track
    return tracks[0]


def sampled(path: Path, index: int | None = None) -> Iterator[Image]:
    """Some frames of a video track, one per second from its start. Raises OSError, av.FFmpegError."""
    with opened(path) as container:
        track = next(track for track in container.streams.video if index in (None, track.index))
        next_s = 0.0
        count = 0
        for picture in decoded(container, track):
            time_s = picture.time or 0.0
            if time_s >= next_s:
                yield upright(picture)
                next_s, count = time_s + 1.0, count + 1
            if count == _SPARSE_MOMENTS:
                return


def upright(picture: VideoFrame, aspect: float = 1.0) -> Image:
    """RGB image as a viewer sees it: rotated, and with square pixels (`aspect`: pixel width / height).

    Very large images are scaled down.
    """
    width, height = picture.width * aspect, float(picture.height)
    scale = min(1.0, MAX_SIDE_PX / max(width, height))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    image = picture.to_ndarray(format="rgb24", width=size[0], height=size[1])
    # PyAV may pad rows, and MediaPipe silently finds no face in an image that is not contiguous.
    return np.ascontiguousarray(np.rot90(image, round(picture.rotation / 90)), dtype=np.uint8)
