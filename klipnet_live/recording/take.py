"""Writes one spoken sentence to a video file while it is spoken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from klipnet_live.atomic_file import Replacement, make_private_folder
from klipnet_live.errors import file_problem
from klipnet_live.media.container import as_url
from klipnet_live.types import Frame, Sound, UserError

_CLOCK = Fraction(1, 90_000)
_RATE_HZ = 30
"""Nominal frame rate of the file; each frame has its own timestamp."""
_SOUND_HZ = 48_000
# Encoded in real time, and cropped and scaled down later: fast, with little loss.
_VIDEO = {"preset": "ultrafast", "crf": "16"}


class Take:
    """A video file that gets its name on close; its times start with the first frame."""

    def __init__(self, path: Path, size: tuple[int, int], *, with_sound: bool) -> None:
        """`size`: width and height of the frames. Raises UserError."""
        self.path = path
        # Recordings of a face are private.
        with self._as_user_error():
            make_private_folder(path.parent)
            self._whole = Replacement(path, private=True)
            self._file = av.open(as_url(self._whole.part), "w", format="mp4")
        self._video = self._add_video(size)
        # Streams must be added before the first frame is written.
        self._sound = self._add_sound() if with_sound else None
        self._began_s: float | None = None
        self.seconds = 0.0

    def add(self, frame: Frame) -> None:
        """Add a frame. Raises UserError."""
        self._began_s = frame.time_s if self._began_s is None else self._began_s
        self.seconds = frame.time_s - self._began_s
        height, width = self._video.height, self._video.width
        picture = VideoFrame.from_ndarray(np.ascontiguousarray(frame.image[:height, :width]), "rgb24")
        picture.pts, picture.time_base = round(self.seconds / _CLOCK), _CLOCK
        with self._as_user_error():
            self._file.mux(self._video.encode(picture))

    def close(self, sound: Sound | None = None, first_picture_s: float = 0.0) -> None:
        """Finish the file. `first_picture_s`: its time on the clock of the sound. Raises UserError."""
        with self._as_user_error():
            self._file.mux(self._video.encode(None))
            if self._sound is not None and sound is not None:
                for frame in _frames_of(sound, first_picture_s):
                    self._file.mux(self._sound.encode(frame))
                self._file.mux(self._sound.encode(None))
            self._file.close()
            self._whole.commit()

    def discard(self) -> None:
        """Remove the file."""
        with suppress(OSError, av.FFmpegError):
            self._file.close()
        self._whole.discard()
        self.path.unlink(missing_ok=True)

    def _add_video(self, size: tuple[int, int]) -> VideoStream:
        stream: VideoStream = self._file.add_stream("libx264", rate=_RATE_HZ, options=_VIDEO)
        # Chroma is stored for blocks of two by two pixels.
        stream.width, stream.height = (side // 2 * 2 for side in size)
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = _CLOCK
        return stream

    def _add_sound(self) -> AudioStream:
        stream: AudioStream = self._file.add_stream("aac", rate=_SOUND_HZ, layout="mono")
        return stream

    @contextmanager
    def _as_user_error(self) -> Iterator[None]:
        try:
            yield
        except OSError as problem:
            raise file_problem(self.path, problem) from problem
        except av.FFmpegError as problem:
            raise UserError(
                "Cannot write {path} ({reason}). Choose another folder.",
                path=self.path,
                reason=problem.strerror,
            ) from problem


def _frames_of(sound: Sound, first_picture_s: float) -> Iterator[AudioFrame]:
    """The sound from the first frame on, with silence before a later start."""
    late = round((sound.clock_s - first_picture_s) * sound.rate_hz)
    samples = np.pad(sound.samples, (max(0, late), 0))[max(0, -late) :]
    whole = AudioFrame.from_ndarray(samples[None].astype(np.float32), format="fltp", layout="mono")
    whole.sample_rate, whole.pts = sound.rate_hz, 0
    yield whole
