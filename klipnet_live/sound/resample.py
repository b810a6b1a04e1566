"""Converts sound of any rate and channel count to mono at 16 kHz with FFmpeg's resampler."""

from __future__ import annotations

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from klipnet_live.sound.base import RATE_HZ
from klipnet_live.types import FloatArray

_SILENT = 1e-3


class SoundResampler:
    """Resamples a stream in blocks of any length; the result does not depend on the block size.

    Channels that have always been silent are excluded from the mean: devices with eight channels often use
    one, which a mean over eight would attenuate.
    """

    def __init__(self, rate_hz: int) -> None:
        """ValueError for an invalid rate."""
        if rate_hz <= 0:
            raise ValueError(f"a rate in Hz, not {rate_hz}")
        self._rate_hz = rate_hz
        self._resampler = AudioResampler("flt", "mono", RATE_HZ)
        self._audible: NDArray[np.bool_] | None = None

    def push(self, block: FloatArray) -> FloatArray:
        """Resample a block, (samples,) or (samples, channels), -1 to 1; gives the samples that are ready."""
        mono = self._mixed(block if block.ndim == 2 else block[:, None])
        if not len(mono):
            return mono
        frame = AudioFrame.from_ndarray(mono[None], format="flt", layout="mono")
        frame.sample_rate = self._rate_hz
        return _joined(self._resampler.resample(frame))

    def flush(self) -> FloatArray:
        """The last samples, which were held back."""
        return _joined(self._resampler.resample(None))

    def _mixed(self, block: FloatArray) -> FloatArray:
        if block.shape[1] == 1:
            return np.ascontiguousarray(block[:, 0], np.float32)
        audible = np.asarray((np.abs(block) > _SILENT).any(axis=0))
        if self._audible is not None:
            audible |= self._audible
        self._audible = audible
        chosen = block[:, audible] if audible.any() else block
        return np.ascontiguousarray(chosen.mean(axis=1), np.float32)


def _joined(frames: list[av.AudioFrame]) -> FloatArray:
    return np.concatenate([np.zeros(0, np.float32), *(frame.to_ndarray()[0] for frame in frames)])
