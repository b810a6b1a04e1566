"""Copies a video with captions as a subtitle track that players can switch on and off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.stream import Disposition
from av.subtitles.stream import SubtitleStream
from av.subtitles.subtitle import SubtitleSet

from klipnet_live.captions.cues import Slice, cues_of, slices_of
from klipnet_live.captions.line_break import DEFAULT_LIMITS
from klipnet_live.captions.lines import CaptionLine
from klipnet_live.export.subtitles import Names, are_named, plain_line, plain_subtitle, shared_lines
from klipnet_live.export.video_copy import Reporter, VideoCopy, copying

MILLISECONDS = Fraction(1, 1000)

LANGUAGE_CODES = {"en": "eng", "ko": "kor"}
"""ISO 639-2 codes, as used in containers."""

# FFmpeg's text subtitle encoders take their style from an ASS header.
HEADER = """[Script Info]
ScriptType: v4.00+
PlayResX: 384
PlayResY: 288

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, \
Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, \
MarginR, MarginV, Encoding
Style: Default,Arial,16,&Hffffff,&Hffffff,&H0,&H0,0,0,0,0,100,100,0,0,1,1,0,2,10,10,10,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""


def add_subtitle_track(
    source: Path,
    target: Path,
    lines: Sequence[CaptionLine],
    *,
    language: str,
    names: Names = "auto",
    reporter: Reporter | None = None,
) -> None:
    """Copy all streams and add a subtitle track. Raises UserError and CancelledError."""
    cues = cues_of(map(plain_line, lines), DEFAULT_LIMITS, named=are_named(lines, names))
    with copying(source, target) as copy:
        _copy_with_track(copy, slices_of(cues), language, reporter or Reporter())


def _copy_with_track(copy: VideoCopy, slices: Sequence[Slice], language: str, reporter: Reporter) -> None:
    picture = copy.picture
    streams = {picture.index: copy.keep_stream(picture)} | copy.keep_beside_the_picture(reporter)
    track = _add_track(copy, language)
    copy.begin()
    waiting = _packets(track, slices)
    following = next(waiting, None)
    for time_s, packet in copy.packets(streams):
        while following is not None and following[0] <= time_s * 1000:
            copy.target.mux(following[1])
            following = next(waiting, None)
        copy.move(packet, streams[packet.stream_index])
        reporter.report(time_s, copy.length_s)
    while following is not None:
        copy.target.mux(following[1])
        following = next(waiting, None)


def _add_track(copy: VideoCopy, language: str) -> SubtitleStream:
    in_matroska = copy.target.format.name == "matroska"
    track = copy.target.add_stream("subrip") if in_matroska else copy.target.add_stream("mov_text")
    track.codec_context.subtitle_header = HEADER.encode()
    track.codec_context.time_base = MILLISECONDS
    track.time_base = MILLISECONDS
    track.metadata["language"] = LANGUAGE_CODES.get(language, "und")
    track.disposition = Disposition.default
    return track


def _packets(track: SubtitleStream, slices: Sequence[Slice]) -> Iterator[tuple[int, av.Packet[Any]]]:
    """Each subtitle packet with its start in milliseconds."""
    for number, part in enumerate(slices):
        # Players drop a second event with the same ReadOrder.
        text = f"{number},0,Default,,0,0,0,," + r"\N".join(map(plain_subtitle, shared_lines(part.cues)))
        subtitle = SubtitleSet.create(text.encode(), 0, part.end_ms - part.start_ms, pts=part.start_ms)
        packet = track.codec_context.encode_subtitle(subtitle)
        packet.stream = track
        packet.time_base = MILLISECONDS
        yield part.start_ms, packet
