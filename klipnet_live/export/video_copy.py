"""Copies a video file atomically."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer, OutputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from klipnet_live.atomic_file import replacing
from klipnet_live.capture.video_file import picture_track
from klipnet_live.errors import file_problem
from klipnet_live.export.packet_times import numbered_packets, steady_packets, times_are_missing
from klipnet_live.media.container import as_url, moving_pictures, opened
from klipnet_live.tracking.glance import shows_a_face
from klipnet_live.types import UserError

# Metadata about the file itself, not its content.
_OF_THE_FILE = {
    "encoder", "duration", "handler_name", "vendor_id", "major_brand", "minor_version", "compatible_brands"
}  # fmt: skip

_TITLE_IN_MP4 = "name"


def copy_tags(source: InputContainer, target: OutputContainer, shift_s: Fraction) -> None:
    """Copy title and other tags, and the chapters, moved `shift_s` earlier."""
    target.metadata.update(_lasting(source.metadata))
    target.set_chapters([_earlier(chapter, shift_s) for chapter in source.chapters()])


def copy_labels(stream: Any, copied: Any) -> None:
    """Copy language, title and role of a stream. Existing subtitle tracks lose their default flag."""
    copied.metadata.update(_lasting(stream.metadata))
    if _TITLE_IN_MP4 in copied.metadata:
        copied.metadata["title"] = copied.metadata.pop(_TITLE_IN_MP4)
    role = stream.disposition
    copied.disposition = role & ~Disposition.default if stream.type == "subtitle" else role


def _lasting(tags: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in tags.items() if key.lower() not in _OF_THE_FILE}


def _earlier(chapter: Any, shift_s: Fraction) -> Any:
    shift = round(shift_s / chapter["time_base"])
    start = max(0, chapter["start"] - shift)
    return chapter | {"start": start, "end": max(start, chapter["end"] - shift)}


FORMATS = {".mp4": "mp4", ".m4v": "mp4", ".mov": "mov", ".mkv": "matroska"}
"""Container format by file suffix."""


class CancelledError(Exception):
    """The user has cancelled the work."""


@dataclass(frozen=True, slots=True)
class Reporter:
    """How a long task communicates with its caller.

    `progress` gets values from 0 to 1; `note` gets messages that do not stop the task.
    """

    progress: Callable[[float], object] = lambda part: None
    cancelled: Callable[[], bool] = lambda: False
    note: Callable[[UserError], object] = lambda note: None

    def report(self, done_s: float, length_s: float | None) -> None:
        """Report progress. Raises CancelledError."""
        if self.cancelled():
            raise CancelledError
        if length_s:
            self.progress(min(1.0, max(0.0, done_s / length_s)))


@dataclass(frozen=True, slots=True)
class VideoCopy:
    """The opened source and copy, and the video stream to copy.

    Timestamps in the copy are those a player shows for the source: reduced by `shift_s`.
    """

    source: InputContainer
    target: OutputContainer
    original: Path
    path: Path
    picture: VideoStream

    @property
    def shift_s(self) -> Fraction:
        return Fraction(self.source.start_time or 0, av.time_base)

    @property
    def length_s(self) -> float | None:
        return self.source.duration / av.time_base if self.source.duration else None

    def keep_stream(self, stream: Any) -> Any:
        """Add a stream to the copy that takes the packets of `stream` unchanged. Raises UserError."""
        try:
            kept = self.target.add_stream_from_template(stream)
        except (ValueError, av.FFmpegError) as problem:
            raise _cannot_hold(self.path, stream.codec_context.name) from problem
        copy_labels(stream, kept)
        return kept

    def keep_beside_the_picture(self, reporter: Reporter) -> dict[int, Any]:
        """Add audio and subtitle streams to the copy; returns them by their index in the source.

        Tracks that the format of the copy does not support are dropped, with a note. Raises UserError.
        """
        kept = {stream.index: self.keep_stream(stream) for stream in self.source.streams.audio}
        left_out = [_kind(stream) for stream in self.source.streams.video if stream is not self.picture]
        for stream in self.source.streams.subtitles:
            try:
                kept[stream.index] = self.keep_stream(stream)
            except UserError:
                left_out.append(_kind(stream))
        if left_out:
            reporter.note(_without(self.path, left_out))
        return kept

    def packets(self, indices: Iterable[int]) -> Iterator[tuple[float, av.Packet[Any]]]:
        """Packets of the given source streams with the timestamps of the copy, and their times in seconds."""
        streams = [self.source.streams[index] for index in indices]
        if times_are_missing(self.picture):
            return numbered_packets(self.source, streams, self.picture, self.original)
        return steady_packets(self.source, streams, float(self.shift_s))

    def move(self, packet: av.Packet[Any], stream: Any) -> None:
        """Write a packet to a stream of the copy."""
        packet.stream = stream
        self.target.mux(packet)

    def begin(self) -> None:
        """Write the header of the copy after all streams have been added. Raises UserError."""
        copy_tags(self.source, self.target, self.shift_s)
        try:
            self.target.start_encoding()
        except ValueError as problem:
            codecs = " + ".join(stream.codec_context.name for stream in self.target.streams)
            raise _cannot_hold(self.path, codecs) from problem


@contextmanager
def copying(source: Path, target: Path) -> Iterator[VideoCopy]:
    """Open a copy; it gets its name when the block ends without an exception, otherwise it is removed.

    `target` has one of the suffixes in `FORMATS` and is not the source. Raises UserError if the source cannot
    be read or the copy cannot be written.
    """
    form = FORMATS[target.suffix.lower()]
    with _opened(source) as original:
        picture = picture_track(source, moving_pictures(original), shows_a_face)
        try:
            with replacing(target) as part, av.open(as_url(part), "w", format=form) as copy:
                yield VideoCopy(original, copy, source, target, picture)
        except (OSError, av.FFmpegError) as problem:
            raise _write_problem(target, problem) from problem


def _opened(source: Path) -> InputContainer:
    try:
        container = opened(source)
    except FileNotFoundError as problem:
        raise UserError("There is no file {path}. Check its name.", path=source) from problem
    except (OSError, av.FFmpegError, ValueError) as problem:
        raise no_video(source) from problem
    if not moving_pictures(container):
        container.close()
        raise no_video(source)
    return container


def no_video(source: Path) -> UserError:
    """The error for a source without readable video."""
    return UserError("{path} is not a readable video. Choose a video file.", path=source)


def _kind(stream: Any) -> str:
    """Codec and language of a track: `srt (ger)`."""
    name, language = stream.codec_context.name, stream.metadata.get("language")
    return f"{name} ({language})" if language else str(name)


def _without(target: Path, tracks: Sequence[str]) -> UserError:
    return UserError(
        "{path} does not include these tracks of the recording, which its format does not support: {tracks}.",
        path=target,
        tracks=", ".join(tracks),
    )


def _cannot_hold(target: Path, codecs: str) -> UserError:
    if target.suffix.lower() == ".mkv":
        return UserError(
            "{path} cannot contain this video ({codecs}). Write subtitles (.srt) instead.",
            path=target,
            codecs=codecs,
        )
    return UserError(
        "A {ending} file cannot contain this video ({codecs}). Use the extension .mkv for the copy.",
        ending=target.suffix,
        codecs=codecs,
    )


def _write_problem(target: Path, problem: OSError | av.FFmpegError) -> UserError:
    if isinstance(problem, OSError):
        return file_problem(target, problem)
    return UserError(
        "Cannot write {path} ({reason}). Write subtitles (.srt) instead.",
        path=target,
        reason=problem.strerror,
    )
