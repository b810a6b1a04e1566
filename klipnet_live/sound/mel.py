"""Log-mel spectrogram, the input of Whisper.

Radford et al. 2022, "Robust speech recognition via large-scale weak supervision"; filters from Slaney 1998,
"Auditory Toolbox", normalised to unit area.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from klipnet_live.sound.base import RATE_HZ
from klipnet_live.types import FloatArray

HOP = 160
"""Samples between frames: 10 ms."""
_WINDOW = 400
_MIN_POWER = 1e-10
_RANGE = 8.0
"""Dynamic range below the loudest value, in powers of ten."""


def log_mel(samples: FloatArray, bands: int = 80) -> FloatArray:
    """Spectrogram of mono sound at 16 kHz: (samples,) -> (bands, samples // 160), about -1 to 1.5."""
    padded = np.pad(samples, _WINDOW // 2, mode="reflect" if len(samples) > _WINDOW // 2 else "constant")
    frames = sliding_window_view(padded, _WINDOW)[::HOP][: len(samples) // HOP]
    power = np.abs(np.fft.rfft(frames * _hann(), axis=1)).astype(np.float32) ** 2
    mel: FloatArray = np.log10(np.maximum(_filters(bands) @ power.T, _MIN_POWER))
    if not mel.size:
        return mel
    return np.asarray((np.maximum(mel, mel.max() - _RANGE) + 4) / 4, np.float32)


@cache
def _hann() -> FloatArray:
    return np.asarray(np.hanning(_WINDOW + 1)[:-1], np.float32)


@cache
def _filters(bands: int) -> FloatArray:
    """Triangular filters of equal width in mel, shape (bands, frequencies)."""
    bins_hz = np.fft.rfftfreq(_WINDOW, 1 / RATE_HZ)
    edges_hz = _hz(np.linspace(0, _mel(RATE_HZ / 2), bands + 2))
    slopes = (bins_hz - edges_hz[:, None]) / np.append(np.diff(edges_hz), np.inf)[:, None]
    rising, falling = slopes[:-2], 1 - slopes[1:-1]
    triangles = np.maximum(0, np.minimum(rising, falling))
    areas = 2 / (edges_hz[2:] - edges_hz[:-2])
    return np.asarray(triangles * areas[:, None], np.float32)


# Slaney's scale: linear up to 1 kHz (15 mel), logarithmic above.
_KNEE_HZ, _KNEE_MEL, _STEP = 1000.0, 15.0, np.log(6.4) / 27


def _mel(hz: float) -> float:
    return hz * _KNEE_MEL / _KNEE_HZ if hz < _KNEE_HZ else _KNEE_MEL + np.log(hz / _KNEE_HZ) / _STEP


def _hz(mel: NDArray[np.float64]) -> NDArray[np.float64]:
    linear = mel * _KNEE_HZ / _KNEE_MEL
    return np.where(mel < _KNEE_MEL, linear, _KNEE_HZ * np.exp((mel - _KNEE_MEL) * _STEP))
