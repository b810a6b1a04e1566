"""Video files, read with PyAV."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np

from klipnet_live.capture.base import BaseSource, Pace
from klipnet_live.types import Frame, Image, UserError

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

# FFmpeg would tell the terminal of every broken packet; they are passed over.
logging.getLogger("libav").addHandler(logging.NullHandler())

# A playlist may name addresses on the network: nothing here goes there, nor waits for a live one to grow.
ONLY_FILES = {"protocol_whitelist": "file", "max_reload": "0"}


def as_url(path: Path) -> str:
    """A file's name as FFmpeg takes it; without this, `rtsp:x.mp4` would be an address."""
    return f"file:{path}"


# FFmpeg also plays single pictures, and draws text as an old terminal would.
_STILLS_AND_TEXT = {"image2", "tty", "bin", "xbin", "adf", "idf"}

_DEFAULT_FPS = 25

# Sound and picture of a whole file seldom end at the same moment.
_CUT_OFF_S, _CUT_OFF_PART = 1.0, 0.05


class VideoFile(BaseSource):
    """A file's pictures, upright, with square pixels and the file's own timestamps.

    In real time a picture is held back until it is due and never skipped: after a slow consumer the
    next ones come at once, still with their own times, until the file has caught up. `pictures` and
    `seen_s`: how many there were so far, up to which time; `announced_s`: how long the file says they last.
    """

    live = False

    def __init__(self, path: Path, pace: Pace = "realtime") -> None:
        super().__init__(path.name)
        self._path = path
        self._pace = pace
        self.pictures = 0
        self.seen_s = 0.0
        self.announced_s: float | None = None

    @property
    def is_cut_off(self) -> bool:
        """After the last picture: whether the file says that it lasts longer."""
        return self.announced_s is not None and self.announced_s - self.seen_s > max(
            _CUT_OFF_S, _CUT_OFF_PART * self.announced_s
        )

    @property
    def pictures_per_s(self) -> float | None:
        """Of the pictures so far; None where they are too few to tell."""
        return (self.pictures - 1) / self.seen_s if self.pictures > 1 and self.seen_s else None

    def frames(self) -> Iterator[Frame]:
        """Errors: UserError when the file cannot be read or none of its pictures can be decoded."""
        index = 0
        with self._opened() as (container, stream):
            aspect = float(stream.sample_aspect_ratio or 1)
            self.announced_s = _announced_s(stream)
            for time_s, picture in _timed(self._decoded(container, stream), _period_s(stream)):
                image = upright(picture, aspect)
                if index == 0:
                    self.clock_of_first_frame = time.monotonic()
                if not self._due(time_s):
                    return
                yield Frame(index, time_s, image)
                index += 1
                self.pictures, self.seen_s = index, time_s
        if index == 0:
            raise UserError(
                "No picture in {path} can be decoded: the file is damaged, try another copy.", path=self._path
            )

    def _due(self, time_s: float) -> bool:
        """Waits until the picture is due; false when the source is stopped."""
        wait_s = self.clock_of_first_frame + time_s - time.monotonic() if self._pace == "realtime" else 0.0
        return not self._stopped.wait(max(0.0, wait_s))

    @contextmanager
    def _opened(self) -> Iterator[tuple[InputContainer, VideoStream]]:
        try:
            container = av.open(as_url(self._path), options=ONLY_FILES)
        except (av.FFmpegError, OSError) as error:
            raise _cannot_open(self._path, error) from error
        with container:
            stream = _video_stream(container)
            if stream is None:
                raise _no_video(self._path, "it holds no moving picture")
            stream.thread_type = "AUTO"
            yield container, stream

    def _decoded(self, container: InputContainer, stream: VideoStream) -> Iterator[VideoFrame]:
        packets = container.demux(stream)
        while True:
            try:
                packet = next(packets, None)
                if packet is None:
                    return
                yield from packet.decode()
            except av.FFmpegError:
                continue


def _video_stream(container: InputContainer) -> VideoStream | None:
    """The first moving picture: neither a still image, nor text, nor the cover of a song."""
    kind = container.format.name
    if kind in _STILLS_AND_TEXT or kind.endswith("_pipe"):
        return None
    cover = av.stream.Disposition.attached_pic
    return next((s for s in container.streams.video if not s.disposition & cover), None)


def _announced_s(stream: VideoStream) -> float | None:
    """How long the pictures last as the file says; Matroska writes it as 00:01:02.500000000."""
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    try:
        hours, minutes, seconds = map(float, stream.metadata.get("DURATION", "").split(":"))
    except ValueError:
        return None
    return 3600 * hours + 60 * minutes + seconds


def _cannot_open(path: Path, error: av.FFmpegError | OSError) -> UserError:
    if isinstance(error, av.error.InvalidDataError) and _begins_as_video(path):
        return UserError(
            "{path} is incomplete or damaged: copy or download it again, or try another copy.", path=path
        )
    return _no_video(path, error.strerror)


def _begins_as_video(path: Path) -> bool:
    """Whether the first bytes are those of MP4 and MOV, or of Matroska and WebM."""
    with path.open("rb") as file:
        head = file.read(8)
    return head[4:] == b"ftyp" or head.startswith(b"\x1aE\xdf\xa3")


def _no_video(path: Path, reason: object) -> UserError:
    return UserError(
        "{path} cannot be played as a video ({reason}): choose a video file, for example MP4, MKV or WebM.",
        path=path,
        reason=reason,
    )


def _period_s(stream: VideoStream) -> float:
    return float(1 / (stream.average_rate or _DEFAULT_FPS))


def _timed(pictures: Iterator[VideoFrame], period_s: float) -> Iterator[tuple[float, VideoFrame]]:
    """Seconds since the first picture, which never go back, and the picture.

    A picture without a timestamp comes one period after the one before it.
    """
    origin_s: float | None = None
    last_s = -period_s
    for picture in pictures:
        next_s = last_s + period_s
        if picture.time is not None:
            origin_s = picture.time - next_s if origin_s is None else origin_s
            next_s = picture.time - origin_s
        last_s = max(last_s, next_s, 0.0)
        yield last_s, picture


def upright(picture: VideoFrame, aspect: float = 1.0) -> Image:
    """RGB as a viewer sees it: pixels made square (`aspect`: their width by height) and turned."""
    image = picture.to_ndarray(format="rgb24", width=round(picture.width * aspect), height=picture.height)
    # PyAV may pad the rows; mediapipe silently finds no face in a picture whose rows are not contiguous.
    return np.ascontiguousarray(np.rot90(image, round(picture.rotation / 90)), dtype=np.uint8)
