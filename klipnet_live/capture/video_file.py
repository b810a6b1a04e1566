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
from klipnet_live.media.container import (
    announced_end_s,
    cannot_open,
    decoded,
    may_be_joined,
    moving_pictures,
    no_video,
    opened,
    origin_s,
)
from klipnet_live.media.timeline import LONGEST_STEP_S, Leap, Timed, steady
from klipnet_live.types import Frame, Image, UserError

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

_DEFAULT_FPS = 25

LARGEST_PX = 4096
"""Longer sides are scaled down: faces are still large then, and a dozen pictures fit in memory."""

_LIKELY_ASPECTS = (0.25, 4.0)
"""Pixels of other shapes are a mistake in the file."""

_SPARSE_MOMENTS = 8

# Sound and picture of a whole file seldom end at the same moment.
_CUT_OFF_S, _CUT_OFF_PART = 1.0, 0.05

_SAMPLED_PX, _SAME = 8, 0.1
"""A picture of which every eighth pixel differs by less than a tenth of a grey level is shown again."""

_ENOUGH_PICTURES = 50

ShowsAFace = Callable[[Image], bool]


class VideoFile(BaseSource):
    """A file's pictures, upright, with square pixels, at the times that a player shows.

    In real time a picture is held back until it is due and never skipped: after a slow consumer the
    next ones come at once, still with their own times, until the file has caught up; a leap of the time
    is not waited for. `pictures` and `seen_s`: how many there were so far, up to which time; `announced_s`:
    when the file says that they end; `leaps`: where its timestamps do not go on. Of several video tracks it
    is the default one, else the one that `shows_a_face`, else the first.
    """

    live = False

    def __init__(self, path: Path, pace: Pace = "realtime", shows_a_face: ShowsAFace | None = None) -> None:
        super().__init__(path.name)
        self._path = path
        self._pace = pace
        self._shows_a_face = shows_a_face
        self.announced_s: float | None = None
        self.leaps: list[Leap] = []
        self._reset()

    @property
    def is_cut_off(self) -> bool:
        """After the last picture: whether the file says that it lasts longer."""
        return self.announced_s is not None and self.announced_s - self._newest_s > max(
            _CUT_OFF_S, _CUT_OFF_PART * self.announced_s
        )

    @property
    def pictures_per_s(self) -> float | None:
        """Of the pictures so far, pauses and leaps left out; None where they are too few to tell."""
        return self._steps / self._stepped_s if self._stepped_s else None

    @property
    def different_per_s(self) -> float | None:
        """The same, of pictures that are not those before them."""
        if self.pictures_per_s is None or self._steps < _ENOUGH_PICTURES:
            return None
        return self.pictures_per_s * (1 - self._repeated / self._steps)

    def frames(self) -> Iterator[Frame]:
        """Errors: UserError when the file cannot be read or none of its pictures can be decoded."""
        self._reset()
        with self._opened() as (container, stream):
            aspect = self._aspect(stream)
            self.announced_s = announced_end_s(container, stream)
            period_s = float(1 / (stream.average_rate or _DEFAULT_FPS))
            stamped = self._stamped(container, stream)
            for timed in steady(stamped, period_s, joins=may_be_joined(container)):
                image = upright(timed.item, aspect)
                if not self._due(timed):
                    return
                yield Frame(self.pictures, timed.time_s, image, timed.leap is not None)
                self._count(timed, image)
        if not self.pictures:
            raise UserError(
                "No picture in {path} can be decoded: the file is damaged, try another copy.", path=self._path
            )

    def remarks(self) -> Iterator[UserError]:
        """After the last picture: what the user should know of the file."""
        if self._tracks > 1:
            yield UserError(
                "{path} has {count} video tracks: number {number} was read.",
                path=self._path,
                count=self._tracks,
                number=self._track,
            )
        for leap in self.leaps[:1]:
            yield UserError(
                "The time in {path} jumps from {before:.1f} to {after:.1f} seconds (jumps in all: {count}): "
                "what follows is captioned as a part of its own.",
                path=self._path,
                before=leap.from_s,
                after=leap.to_s,
                count=len(self.leaps),
            )
        if self._odd_aspect:
            yield UserError(
                "{path} says that its pixels are {aspect:.3g} times as wide as high: they are taken as "
                "square.",
                path=self._path,
                aspect=self._odd_aspect,
            )

    def _reset(self) -> None:
        self.pictures = 0
        self.seen_s = self._newest_s = 0.0
        self.announced_s = None
        self.leaps = []
        self._steps, self._stepped_s, self._repeated = 0, 0.0, 0
        self._small = np.zeros((0, 0), np.int16)
        self._track, self._tracks = 1, 1
        self._odd_aspect = 0.0

    def _due(self, timed: Timed[VideoFrame]) -> bool:
        """Waits until the picture is due; false when the source is stopped."""
        if self.pictures == 0:
            self.clock_of_first_frame = time.monotonic() - timed.time_s
        elif timed.leap is not None:
            self.clock_of_first_frame = min(self.clock_of_first_frame, time.monotonic() - timed.time_s)
        wait_s = self.clock_of_first_frame + timed.time_s - time.monotonic()
        return not self._stopped.wait(max(0.0, wait_s) if self._pace == "realtime" else 0.0)

    def _count(self, timed: Timed[VideoFrame], image: Image) -> None:
        small = image[::_SAMPLED_PX, ::_SAMPLED_PX, 1].astype(np.int16)
        step_s = timed.time_s - self.seen_s
        if timed.leap is not None:
            self.leaps.append(timed.leap)
        elif self.pictures and step_s <= LONGEST_STEP_S:
            self._steps, self._stepped_s = self._steps + 1, self._stepped_s + step_s
            self._repeated += small.shape == self._small.shape and (
                float(np.abs(small - self._small).mean()) < _SAME
            )
        self._small = small
        self.pictures, self.seen_s = self.pictures + 1, timed.time_s

    @contextmanager
    def _opened(self) -> Iterator[tuple[InputContainer, VideoStream]]:
        try:
            container = opened(self._path)
        except (av.FFmpegError, OSError, ValueError) as error:
            raise cannot_open(self._path, error) from error
        with container:
            tracks = moving_pictures(container)
            if not tracks:
                raise no_video(self._path, "it holds no moving picture")
            stream = picture_track(self._path, tracks, self._shows_a_face)
            self._track, self._tracks = tracks.index(stream) + 1, len(tracks)
            stream.thread_type = "AUTO"
            yield container, stream

    def _aspect(self, stream: VideoStream) -> float:
        aspect = float(stream.sample_aspect_ratio or 1)
        if is_likely_aspect(aspect):
            return aspect
        self._odd_aspect = aspect
        return 1.0

    def _stamped(
        self, container: InputContainer, stream: VideoStream
    ) -> Iterator[tuple[float | None, VideoFrame]]:
        origin = origin_s(container)
        for ticks, picture in stamped(decoded(container, stream)):
            base = stream.time_base
            stamp_s = None if ticks is None or base is None else float(ticks * base) - origin
            self._newest_s = max(self._newest_s, stamp_s or 0.0)
            yield stamp_s, picture


def stamped(pictures: Iterable[VideoFrame]) -> Iterator[tuple[int | None, VideoFrame]]:
    """Pictures with their timestamps: those of their decoding where those of their showing do not grow.

    AVI stores only the former; what FFmpeg makes of them is wrong where pictures are reordered. The rule is
    FFmpeg's own (guess_correct_pts in libavcodec/decode.c).
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
    """Whether pixels can have this width by height; a mistake makes pictures that fit nowhere."""
    return bool(aspect) and _LIKELY_ASPECTS[0] <= float(aspect or 0) <= _LIKELY_ASPECTS[1]


def picture_track(
    path: Path, tracks: Sequence[VideoStream], shows_a_face: ShowsAFace | None = None
) -> VideoStream:
    """The one of several video tracks that is captioned: the default one, else the first with a face."""
    default = [track for track in tracks if track.disposition & av.stream.Disposition.default]
    if len(tracks) == 1 or len(default) == 1:
        return (default or list(tracks))[0]
    if shows_a_face is not None:
        for track in tracks:
            if any(shows_a_face(image) for image in sampled(path, track.index)):
                return track
    return tracks[0]


def sampled(path: Path, index: int | None = None) -> Iterator[Image]:
    """Some pictures of a video track, one a second from its start. Raises OSError, av.FFmpegError."""
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
    """RGB as a viewer sees it: pixels made square (`aspect`: their width by height) and turned.

    Very large pictures come smaller.
    """
    width, height = picture.width * aspect, float(picture.height)
    scale = min(1.0, LARGEST_PX / max(width, height))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    image = picture.to_ndarray(format="rgb24", width=size[0], height=size[1])
    # PyAV may pad the rows; mediapipe silently finds no face in a picture whose rows are not contiguous.
    return np.ascontiguousarray(np.rot90(image, round(picture.rotation / 90)), dtype=np.uint8)
