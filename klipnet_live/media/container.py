"""Opens media files with PyAV, and reads container metadata."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

import av

from klipnet_live.types import UserError

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.packet import Packet
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

# FFmpeg would report every broken packet on the terminal; `decoded` skips them.
logging.getLogger("libav").addHandler(logging.NullHandler())

# Playlists may refer to network addresses: these are not opened, and live playlists are not awaited.
_ONLY_FILES = {"protocol_whitelist": "file", "max_reload": "0"}

# FFmpeg also opens still images and renders text files.
_STILLS_AND_TEXT = {"image2", "tty", "bin", "xbin", "adf", "idf"}


def as_url(path: Path) -> str:
    """The path as a file URL for FFmpeg: a name such as `10:30.mp4` would be parsed as a protocol."""
    return f"file:{os.path.abspath(path)}"


def opened(path: Path, **options: str) -> InputContainer:
    """Open a media file for reading. Metadata that is not UTF-8 is decoded with replacement characters.

    `options`: additional FFmpeg options. Raises OSError, av.FFmpegError, ValueError.
    """
    return av.open(as_url(path), options=_ONLY_FILES | options, metadata_errors="replace")


@overload
def decoded(container: InputContainer, track: VideoStream) -> Iterator[VideoFrame]: ...
@overload
def decoded(container: InputContainer, track: AudioStream) -> Iterator[AudioFrame]: ...
def decoded(container: InputContainer, track: VideoStream | AudioStream) -> Iterator[Any]:
    """The frames of a video or audio track; broken packets are skipped."""
    packets = demuxed(container, [track])
    while True:
        try:
            packet = next(packets, None)
            if packet is None:
                return
            yield from packet.decode()
        except av.FFmpegError:
            continue


def demuxed(container: InputContainer, tracks: Sequence[Any]) -> Iterator[Packet[Any]]:
    """The packets of some tracks.

    Where tracks begin in the middle of the file, as in joined transport streams, PyAV 18.1 raises IndexError
    at the end.
    """
    packets = container.demux(list(tracks))
    while True:
        try:
            packet = next(packets, None)
        except IndexError:
            packets = container.demux(list(tracks))
            continue
        if packet is None:
            return
        yield packet


def length_s(path: Path) -> float | None:
    """Duration in seconds; None if it is unknown or the file cannot be read."""
    try:
        with opened(path) as container:
            return container.duration / av.time_base if container.duration else None
    except (av.FFmpegError, OSError, ValueError):
        return None


def origin_s(container: InputContainer) -> float:
    """The timestamp of time 0 in a player: the start of the earliest track."""
    return (container.start_time or 0) / av.time_base


def seek(container: InputContainer, time_s: float) -> None:
    """Seek to the last keyframe before `time_s` of a player's clock, if possible."""
    if time_s > 0:
        with suppress(av.FFmpegError):
            container.seek(int((time_s + origin_s(container)) * av.time_base))


def may_be_joined(container: InputContainer) -> bool:
    """Whether timestamps of the format may jump where parts were joined: MPEG streams."""
    flag: Any = av.format.Flags.ts_discont.value
    return bool(container.format.flags & flag)


def moving_pictures(container: InputContainer) -> list[VideoStream]:
    """The video tracks without still images, rendered text and cover art."""
    kind = container.format.name
    if kind in _STILLS_AND_TEXT or kind.endswith("_pipe"):
        return []
    cover = av.stream.Disposition.attached_pic
    return [stream for stream in container.streams.video if not stream.disposition & cover]


def announced_end_s(container: InputContainer, stream: VideoStream) -> float | None:
    """End of the video according to the file, on a player's clock.

    Matroska stores the end time instead of a duration, as 00:01:02.500000000.
    """
    if stream.duration is not None and stream.time_base is not None:
        return float((stream.duration + (stream.start_time or 0)) * stream.time_base) - origin_s(container)
    try:
        hours, minutes, seconds = map(float, stream.metadata.get("DURATION", "").split(":"))
    except ValueError:
        return None
    return 3600 * hours + 60 * minutes + seconds - origin_s(container)


def cannot_open(path: Path, error: Exception) -> UserError:
    """The error for a file that cannot be opened."""
    if isinstance(error, av.error.InvalidDataError) and _begins_as_video(path):
        return UserError(
            "{path} is incomplete or damaged. Copy or download it again, or try another copy.", path=path
        )
    return no_video(path, getattr(error, "strerror", None) or error)


def no_video(path: Path, reason: object) -> UserError:
    """The error for a file without usable video."""
    return UserError(
        "Cannot play {path} as a video ({reason}). Choose a video file, for example MP4, MKV or WebM.",
        path=path,
        reason=reason,
    )


def _begins_as_video(path: Path) -> bool:
    """Whether the first bytes are those of MP4/MOV or Matroska/WebM."""
    with path.open("rb") as file:
        head = file.read(8)
    return head[4:] == b"ftyp" or head.startswith(b"\x1aE\xdf\xa3")
