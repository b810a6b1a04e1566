"""Decode times for packets that come without, so that they can be copied into another container."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import av


def with_decode_times(packets: Iterable[av.Packet[Any]]) -> Iterator[av.Packet[Any]]:
    """The packets in their order, each with a dts; the empty ones that end a stream are left out.

    Matroska stores no decode times, and the demuxer can give none to the pictures before the first
    reordered one. They are counted back from the first that is known.
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
