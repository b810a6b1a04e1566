"""Sound tracks of files, read with PyAV."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import av
import numpy as np

from klipnet_live.media.container import decoded, may_be_joined, opened, origin_s, seek
from klipnet_live.media.stretches import WHOLE, Stretch
from klipnet_live.media.timeline import LEAP_S, steady
from klipnet_live.sound.base import RATE_HZ
from klipnet_live.sound.resample import SoundResampler
from klipnet_live.types import FloatArray, Sound, UserError, translatable

_BLOCK = RATE_HZ // 10
_LOUDEST = {"uint8": 128.0, "int16": 2.0**15, "int32": 2.0**31, "int64": 2.0**63}
_FRAME_S = 0.02
_GAP_S = 0.05
"""Timestamps are rounded in some formats; only larger gaps are real."""


class SoundTrack:
    """The first sound track of a file. Times are media times, with the same zero as the video frames.

    In real time a block is delayed until it is due; otherwise blocks come as fast as they are decoded.
    `stretch`: the part of the file to use.
    """

    def __init__(self, path: Path, *, realtime: bool = True, stretch: Stretch = WHOLE) -> None:
        self.name = path.name
        self._path = path
        self._realtime = realtime
        self._stretch = stretch
        self._stopped = Event()

    def part(self, stretch: Stretch) -> SoundTrack:
        """The same track, limited to a stretch."""
        return SoundTrack(self._path, realtime=self._realtime, stretch=stretch)

    def stop(self) -> None:
        """End `blocks` soon. Thread-safe. A stopped source stays stopped."""
        self._stopped.set()

    def blocks(self) -> Iterator[Sound]:
        """Raises UserError if the file cannot be read or has no sound."""
        began_s = time.monotonic()
        for sound in _in_blocks(self._decoded()):
            due_s = began_s + sound.end_s
            if self._stopped.wait(max(0.0, due_s - time.monotonic()) if self._realtime else 0.0):
                return
            yield sound

    def _decoded(self) -> Iterator[Sound]:
        """Each decoded frame, resampled; broken packets are skipped, which leaves a gap."""
        try:
            container = opened(self._path)
        except (av.FFmpegError, OSError, ValueError) as problem:
            raise _no_sound(self._path, getattr(problem, "strerror", problem)) from problem
        with container:
            if not container.streams.audio:
                raise _no_sound(self._path, translatable("it has no sound track"))
            begins_s = origin_s(container)
            resampler: SoundResampler | None = None
            seek(container, self._stretch.from_s)
            frames = decoded(container, container.streams.audio[0])
            stamped = ((None if frame.time is None else frame.time - begins_s, frame) for frame in frames)
            for timed in steady(stamped, _FRAME_S, joins=may_be_joined(container)):
                if timed.time_s >= self._stretch.to_s:
                    break
                if timed.time_s < self._stretch.from_s:
                    continue
                resampler = resampler or SoundResampler(timed.item.sample_rate)
                yield Sound(resampler.push(_samples(timed.item)), RATE_HZ, timed.time_s)
            if resampler is not None:
                yield Sound(resampler.flush(), RATE_HZ, np.nan)


def has_sound(path: Path) -> bool:
    """Whether a file can be opened and has a sound track."""
    try:
        with opened(path) as container:
            return bool(container.streams.audio)
    except (av.FFmpegError, OSError, ValueError):
        return False


def _samples(frame: av.AudioFrame) -> FloatArray:
    """Samples of any format as (samples, channels), -1 to 1."""
    values = frame.to_ndarray()
    by_sample = values.T if frame.format.is_planar else values.reshape(-1, len(frame.layout.channels))
    samples = np.asarray(by_sample, np.float32)
    loudest = _LOUDEST.get(values.dtype.name, 1.0)
    return (samples - loudest) / loudest if values.dtype == np.uint8 else samples / loudest


def _in_blocks(pieces: Iterator[Sound]) -> Iterator[Sound]:
    """Sound in blocks of 0.1 s; gaps between timestamps become silence, and overlaps are dropped."""
    waiting = np.zeros(0, np.float32)
    due_s = 0.0
    """Media time of the end of `waiting`."""
    for piece in pieces:
        samples = piece.samples
        off_s = 0.0 if np.isnan(piece.clock_s) else piece.clock_s - due_s
        if off_s > LEAP_S:
            # A large timestamp jump is not filled with silence.
            if len(waiting):
                yield Sound(waiting, RATE_HZ, due_s - len(waiting) / RATE_HZ)
            waiting, due_s = waiting[:0], piece.clock_s
        elif off_s > _GAP_S:
            samples = np.concatenate([np.zeros(round(off_s * RATE_HZ), np.float32), samples])
        elif off_s < -_GAP_S:
            samples = samples[round(-off_s * RATE_HZ) :]
        due_s += len(samples) / RATE_HZ
        waiting = np.concatenate([waiting, samples])
        while len(waiting) >= _BLOCK:
            yield Sound(waiting[:_BLOCK], RATE_HZ, due_s - len(waiting) / RATE_HZ)
            waiting = waiting[_BLOCK:]
    if len(waiting):
        yield Sound(waiting, RATE_HZ, due_s - len(waiting) / RATE_HZ)


def _no_sound(path: Path, reason: object) -> UserError:
    return UserError(
        "Cannot use the sound of {path} ({reason}). Choose a file with sound, or switch the sound off.",
        path=path,
        reason=reason,
    )
