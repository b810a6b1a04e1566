"""Packet timestamps for a copy: decode timestamps that increase, whatever the source has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer
from av.video.stream import VideoStream

from klipnet_live.media.container import demuxed, may_be_joined, opened
from klipnet_live.media.timeline import Leap, Timed, Timeline

_USUAL_RATE = 25


def steady_packets(
    source: InputContainer, streams: Sequence[Any], origin_s: float
) -> Iterator[tuple[float, av.Packet[Any]]]:
    """Packets with steady timestamps, and the time of each in seconds.

    Frame times during captioning are corrected by the same rule (`media/timeline.py`), so that captions stay
    in sync in recordings that were joined from parts.
    """
    shifts: list[tuple[Leap, float]] = []
    joins = may_be_joined(source)
    timelines = {
        stream.index: Timeline[Any](_period_s(stream), joins=joins, shifts=shifts)
        for stream in streams
        if stream.type in ("video", "audio")
    }
    for packet in with_decode_times(demuxed(source, streams)):
        stamp_s = float((packet.dts or 0) * packet.time_base) - origin_s
        timeline = timelines.get(packet.stream_index)
        if timeline is None:
            yield _placed(Timed(stamp_s + (shifts[-1][1] if shifts else 0.0), packet))
        else:
            yield from map(_placed, timeline.feed(stamp_s, packet))
    for timeline in timelines.values():
        yield from map(_placed, timeline.end())


def _placed(timed: Timed[av.Packet[Any]]) -> tuple[float, av.Packet[Any]]:
    packet: Any = timed.item
    ticks = round(timed.time_s / packet.time_base)
    if packet.pts is not None:
        packet.pts += ticks - packet.dts
    packet.dts = ticks
    return timed.time_s, packet


def _period_s(stream: Any) -> float:
    if stream.type == "audio":
        return (stream.codec_context.frame_size or 1024) / (stream.codec_context.sample_rate or 48_000)
    return float(1 / (stream.average_rate or _USUAL_RATE))


def times_are_missing(stream: VideoStream) -> bool:
    """Whether the file does not store presentation times of frames.

    This is the case for raw H.264, as from surveillance cameras, and for AVI with B-frames.
    """
    kind, codec = stream.container.format.name, stream.codec_context
    return kind in _RAW_FORMATS or (kind == "avi" and codec.name in ("h264", "hevc") and codec.has_b_frames)


_RAW_FORMATS = frozenset({"h264", "hevc", "m4v", "mpegvideo", "h263", "obu", "vvc", "cavsvideo"})


def numbered_packets(
    source: InputContainer, streams: Sequence[Any], picture: VideoStream, path: Path
) -> Iterator[tuple[float, av.Packet[Any]]]:
    """Packets of a video without timestamps, shown in decoder order; other tracks are unchanged."""
    times_s, places = shown_places(path, picture.index, _period_s(picture))
    late = max((number - place for number, place in enumerate(places)), default=0)
    step_s = (times_s[-1] - times_s[0]) / max(1, len(times_s) - 1) if times_s else 0.0
    number = 0
    for packet in demuxed(source, streams):
        if packet.stream_index != picture.index:
            if packet.dts is not None:
                yield float(packet.dts * packet.time_base), packet
        elif packet.size:
            packet.pts = round(times_s[places[number]] / packet.time_base)
            packet.dts = round((times_s[number] - late * step_s) / packet.time_base)
            packet.duration = round(step_s / packet.time_base)
            yield times_s[number], packet
            number += 1


def shown_places(path: Path, index: int, period_s: float) -> tuple[list[float], list[int]]:
    """Display times of a video track in order, and each packet's position in that order.

    Only decoding yields the positions, because frames may be stored in another order. A frame that cannot be
    decoded follows the one before it.
    """
    order: list[int] = []
    times_s: list[float] = []
    with opened(path) as container:
        stream: Any = container.streams[index]
        for packet in demuxed(container, [stream]):
            if packet.size:
                dts = packet.dts
                times_s.append(len(times_s) * period_s if dts is None else float(dts * packet.time_base))
                packet.pts = len(times_s) - 1
            with suppress(av.FFmpegError):
                order += [int(picture.pts or 0) for picture in stream.decode(packet)]
    known_places = {number: place for place, number in enumerate(order)}
    places: list[int] = []
    for number in range(len(times_s)):
        after = min(places[-1] + 1, len(times_s) - 1) if places else 0
        places.append(known_places.get(number, after))
    return times_s, places


def with_decode_times(packets: Iterable[av.Packet[Any]]) -> Iterator[av.Packet[Any]]:
    """The packets in their order, each with a dts; empty packets at the end of a stream are dropped.

    Matroska stores no decode times, and the demuxer cannot derive them for frames before the first reordered
    one. They are extrapolated backwards from the first known one.
    """
    held: dict[int, list[av.Packet[Any]]] = {}
    for packet in packets:
        if packet.dts is not None:
            waiting = held.pop(packet.stream_index, [])
            for number, early in enumerate(waiting):
                early.dts = packet.dts - (len(waiting) - number) * _step(packet)
                yield early
            yield packet
        elif packet.pts is not None:
            held.setdefault(packet.stream_index, []).append(packet)
    for packet in (packet for waiting in held.values() for packet in waiting):
        packet.dts = packet.pts
        yield packet


def _step(packet: av.Packet[Any]) -> int:
    if packet.duration:
        return packet.duration
    rate = packet.stream.average_rate
    return round(1 / (rate * packet.time_base)) if rate else 1
