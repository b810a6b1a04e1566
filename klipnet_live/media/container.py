"""Media files opened with PyAV, and what a container says of its tracks."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

import av

from klipnet_live.types import UserError

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

# FFmpeg would report every broken packet on the terminal; `decoded` skips them.
logging.getLogger("libav").addHandler(logging.NullHandler())

# A playlist may name addresses on the network: nothing here goes there, nor waits for a live one to grow.
_ONLY_FILES = {"protocol_whitelist": "file", "max_reload": "0"}

# FFmpeg also plays single pictures, and draws text as an old terminal would.
_STILLS_AND_TEXT = {"image2", "tty", "bin", "xbin", "adf", "idf"}


def as_url(path: Path) -> str:
    """The path as FFmpeg takes it for a file, whatever it is called: `10:30.mp4` is no address."""
    return f"file:{os.path.abspath(path)}"


def opened(path: Path, **options: str) -> InputContainer:
    """A media file to read from. Titles that are no UTF-8 come as far as they can be read.

    `options`: further ones of FFmpeg. Errors: OSError, av.FFmpegError, ValueError.
    """
    return av.open(as_url(path), options=_ONLY_FILES | options, metadata_errors="replace")


@overload
def decoded(container: InputContainer, track: VideoStream) -> Iterator[VideoFrame]: ...
@overload
def decoded(container: InputContainer, track: AudioStream) -> Iterator[AudioFrame]: ...
def decoded(container: InputContainer, track: VideoStream | AudioStream) -> Iterator[Any]:
    """The pictures of a video track, or the pieces of a sound track; broken packets are skipped."""
    packets = container.demux(track)
    while True:
        try:
            packet = next(packets, None)
            if packet is None:
                return
            yield from packet.decode()
        except av.FFmpegError:
            continue


def length_s(path: Path) -> float | None:
    """Seconds; None where the container does not say or the file cannot be read."""
    try:
        with opened(path) as container:
            return container.duration / av.time_base if container.duration else None
    except (av.FFmpegError, OSError, ValueError):
        return None


def origin_s(container: InputContainer) -> float:
    """The timestamp at which a player shows 0: that of what comes first, picture or sound."""
    return (container.start_time or 0) / av.time_base


def seek(container: InputContainer, time_s: float) -> None:
    """Go to the last key picture before `time_s` of a player's clock; stay where that cannot be done."""
    if time_s > 0:
        with suppress(av.FFmpegError):
            container.seek(int((time_s + origin_s(container)) * av.time_base))


def may_be_joined(container: InputContainer) -> bool:
    """Whether the format is one whose timestamps may leap where parts were joined: MPEG streams."""
    flag: Any = av.format.Flags.ts_discont.value
    return bool(container.format.flags & flag)


def moving_pictures(container: InputContainer) -> list[VideoStream]:
    """The video tracks: neither still images, nor text, nor the cover of a song."""
    kind = container.format.name
    if kind in _STILLS_AND_TEXT or kind.endswith("_pipe"):
        return []
    cover = av.stream.Disposition.attached_pic
    return [stream for stream in container.streams.video if not stream.disposition & cover]


def announced_end_s(container: InputContainer, stream: VideoStream) -> float | None:
    """When the pictures end as the file says, on a player's clock.

    Matroska writes the time of the end, not a length, as 00:01:02.500000000.
    """
    if stream.duration is not None and stream.time_base is not None:
        return float((stream.duration + (stream.start_time or 0)) * stream.time_base) - origin_s(container)
    try:
        hours, minutes, seconds = map(float, stream.metadata.get("DURATION", "").split(":"))
    except ValueError:
        return None
    return 3600 * hours + 60 * minutes + seconds - origin_s(container)


def cannot_open(path: Path, error: Exception) -> UserError:
    """Why a file cannot be played, for the user."""
    if isinstance(error, av.error.InvalidDataError) and _begins_as_video(path):
        return UserError(
            "{path} is incomplete or damaged: copy or download it again, or try another copy.", path=path
        )
    return no_video(path, getattr(error, "strerror", None) or error)


def no_video(path: Path, reason: object) -> UserError:
    """There is nothing to play in a file."""
    return UserError(
        "{path} cannot be played as a video ({reason}): choose a video file, for example MP4, MKV or WebM.",
        path=path,
        reason=reason,
    )


def _begins_as_video(path: Path) -> bool:
    """Whether the first bytes are those of MP4 and MOV, or of Matroska and WebM."""
    with path.open("rb") as file:
        head = file.read(8)
    return head[4:] == b"ftyp" or head.startswith(b"\x1aE\xdf\xa3")
