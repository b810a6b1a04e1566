"""Copies a video with captions painted into the frames; audio and subtitle tracks are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import av
import numpy as np
from av.codec.codec import UnknownCodecError
from av.video.frame import PictureType, VideoFrame
from av.video.stream import VideoStream

from klipnet_live.captions.captioned_picture import letterbox
from klipnet_live.captions.cues import Cue, CueTimeline, cues_of
from klipnet_live.captions.line_break import DEFAULT_LIMITS
from klipnet_live.captions.lines import CaptionLine
from klipnet_live.captions.on_screen import ShownCaption, default_speaker_style
from klipnet_live.capture.video_file import MAX_SIDE_PX, is_likely_aspect
from klipnet_live.export.subtitles import are_named
from klipnet_live.export.video_copy import (
    Reporter,
    VideoCopy,
    copy_labels,
    copying,
    no_video,
)
from klipnet_live.media.container import decoded, opened
from klipnet_live.types import Image, UserError

Paint = Callable[[Image, Sequence[ShownCaption]], None]

ENCODER: Final = "libx264"
ENCODER_OPTIONS = {"crf": "20", "preset": "veryfast"}


def burn_in(
    source: Path,
    target: Path,
    lines: Sequence[CaptionLine],
    paint: Paint,
    *,
    reporter: Reporter | None = None,
) -> None:
    """Write the copy frame by frame. Raises UserError and CancelledError."""
    named = are_named(lines, "auto")

    def caption(cue: Cue) -> ShownCaption:
        style = replace(default_speaker_style(cue.speaker), name=cue.name if named else "")
        return ShownCaption(style, " ".join(cue.lines))

    timeline = CueTimeline(cues_of(lines, DEFAULT_LIMITS))
    with copying(source, target) as copy:
        pictures = _Pictures(copy, lambda ms: [caption(cue) for cue in timeline.at(ms)], paint)
        _copy_packets(copy, pictures, reporter or Reporter())


class _Pictures:
    """Decodes, paints and encodes the frames of one video."""

    def __init__(
        self, copy: VideoCopy, captions_at: Callable[[float], Sequence[ShownCaption]], paint: Paint
    ) -> None:
        self.stream = copy.picture
        self.stream.thread_type = "AUTO"
        self._time_base = self.stream.time_base or Fraction(1, av.time_base)
        self._captions_at = captions_at
        self._paint = paint
        self._encoded = _add_encoder(copy, self.stream)
        self._next_pts = 0

    def take(self, packet: av.Packet[VideoStream] | None) -> Iterator[av.Packet[Any]]:
        """The encoded packets that result from a packet of the source."""
        try:
            frames = self.stream.decode(packet)
        except av.error.InvalidDataError:
            # A damaged packet costs one frame, not the copy.
            return
        for frame in frames:
            yield from self._encoded.encode(self._captioned(frame))

    def end(self) -> Iterator[av.Packet[Any]]:
        """The remaining encoded packets."""
        yield from self.take(None)
        yield from self._encoded.encode(None)

    def _captioned(self, frame: VideoFrame) -> VideoFrame:
        pts = self._next_pts if frame.pts is None else max(frame.pts, self._next_pts)
        self._next_pts = pts + 1
        captions = self._captions_at(float(pts * self._time_base) * 1000)
        if captions or _quarter_turns(frame) or not self._fits(frame):
            painted = self._painted(frame, captions)
        else:
            painted = frame.reformat(self._encoded.width, self._encoded.height, "yuv420p")
        painted.pts, painted.time_base = pts, self._time_base
        # The source's frame type would constrain the encoder.
        painted.pict_type = PictureType.NONE
        return painted

    def _fits(self, frame: VideoFrame) -> bool:
        return abs(frame.width - self._encoded.width) <= 1 and abs(frame.height - self._encoded.height) <= 1

    def _painted(self, frame: VideoFrame, captions: Sequence[ShownCaption]) -> VideoFrame:
        stored = np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)
        upright = np.rot90(stored, _quarter_turns(frame))
        image = fitted(upright, self._encoded.width, self._encoded.height)
        self._paint(image, captions)
        return VideoFrame.from_ndarray(image, "rgb24").reformat(
            format="yuv420p", dst_colorspace=frame.colorspace, dst_color_range=frame.color_range
        )


def fitted(image: Image, width: int, height: int) -> Image:
    """Scale an image to fit the given size, with black bars if the aspect ratios differ."""
    if abs(image.shape[1] - width) <= 1 and abs(image.shape[0] - height) <= 1:
        # Chroma is stored for blocks of two by two pixels: an odd row or column is dropped.
        return np.ascontiguousarray(image[:height, :width], dtype=np.uint8)
    return letterbox(image, width, height)


def _add_encoder(copy: VideoCopy, source: VideoStream) -> VideoStream:
    try:
        stream: VideoStream = copy.target.add_stream(
            ENCODER, rate=source.average_rate or 25, options=ENCODER_OPTIONS
        )
    except UnknownCodecError as problem:
        raise UserError(
            "This installation of PyAV cannot write H.264. Install the av package from PyPI."
        ) from problem
    context, original = stream.codec_context, source.codec_context
    copy_labels(source, stream)
    context.pix_fmt = "yuv420p"
    context.width, context.height = _upright_size(_first_picture(copy))
    context.time_base = source.time_base or Fraction(1, av.time_base)
    if is_likely_aspect(original.sample_aspect_ratio):
        context.sample_aspect_ratio = original.sample_aspect_ratio
    for name in ("color_range", "colorspace", "color_primaries", "color_trc"):
        setattr(context, name, getattr(original, name))
    return stream


def _copy_packets(copy: VideoCopy, pictures: _Pictures, reporter: Reporter) -> None:
    kept = copy.keep_beside_the_picture(reporter)
    copy.begin()
    for time_s, packet in copy.packets([pictures.stream.index, *kept]):
        if packet.stream_index in kept:
            copy.move(packet, kept[packet.stream_index])
            continue
        reporter.report(time_s, copy.length_s)
        for encoded in pictures.take(packet):
            copy.target.mux(encoded)
    for encoded in pictures.end():
        copy.target.mux(encoded)


def _first_picture(copy: VideoCopy) -> VideoFrame:
    # The encoder opens with the first audio packet, and only a decoded frame has the rotation.
    with opened(copy.original) as source:
        for frame in decoded(source, source.streams.video[copy.source.streams.video.index(copy.picture)]):
            return frame
    raise no_video(copy.original)


def _upright_size(frame: VideoFrame) -> tuple[int, int]:
    """Width and height, both even: chroma is stored for blocks of two by two pixels."""
    scale = min(1.0, MAX_SIDE_PX / max(frame.width, frame.height))
    size = (int(frame.width * scale) // 2 * 2, int(frame.height * scale) // 2 * 2)
    return size[::-1] if _quarter_turns(frame) % 2 else size


def _quarter_turns(frame: VideoFrame) -> int:
    """Number of counterclockwise 90 degree rotations that turn the stored frame upright."""
    return round(frame.rotation / 90) % 4
