"""Voice envelope: log energy between 300 and 3400 Hz, at 100 Hz."""

from __future__ import annotations

from collections import deque
from typing import Final

import numpy as np
from numpy.typing import NDArray

from klipnet_live.types import FloatArray

RATE_HZ: Final = 16_000
HOP_S: Final = 0.01
WINDOW_S: Final = 0.025
BAND_HZ: Final = (300.0, 3400.0)
"""Telephone band: contains vowels and most consonants, but no rumble or hiss."""

_FFT: Final = 512
_FLOOR: Final = 1e-3
"""Lower bound for digital silence."""
_GAP_S: Final = 0.05
"""Arrival times of blocks jitter; a larger gap means missing sound."""
_SMOOTH: Final = 5


class VoiceEnvelope:
    """Processes blocks of mono sound at 16 kHz, and keeps the last `keep_s` seconds."""

    def __init__(self, keep_s: float = 60.0) -> None:
        self._hop, self._window = round(HOP_S * RATE_HZ), round(WINDOW_S * RATE_HZ)
        frequencies = np.fft.rfftfreq(_FFT, 1 / RATE_HZ)
        self._band = (frequencies >= BAND_HZ[0]) & (frequencies <= BAND_HZ[1])
        self._taper = np.hanning(self._window).astype(np.float32)
        self._rest = np.zeros(0, np.float32)
        self._rest_s = float("-inf")
        length = round(keep_s / HOP_S)
        self._times: deque[float] = deque(maxlen=length)
        self._levels: deque[float] = deque(maxlen=length)

    @property
    def end_s(self) -> float:
        """End time of the sound so far."""
        return self._times[-1] if self._times else float("-inf")

    def push(self, samples: FloatArray, start_s: float) -> None:
        """Add a block, (samples,), that starts at `start_s`."""
        expected_s = self._rest_s + len(self._rest) / RATE_HZ
        if not abs(start_s - expected_s) <= _GAP_S:
            self._rest, self._rest_s = np.zeros(0, np.float32), max(start_s, self.end_s)
        block = np.concatenate([self._rest, np.asarray(samples, np.float32)])
        hops = max(0, (len(block) - self._window) // self._hop + 1)
        if hops:
            windows = np.lib.stride_tricks.sliding_window_view(block, self._window)[:: self._hop][:hops]
            power = np.square(np.abs(np.fft.rfft(windows * self._taper, _FFT)))[:, self._band].sum(axis=1)
            centres = self._rest_s + WINDOW_S / 2 + HOP_S * np.arange(hops)
            self._times += centres.tolist()
            self._levels += np.log(power + _FLOOR).tolist()
        self._rest = block[hops * self._hop :]
        self._rest_s += hops * HOP_S

    def at(self, times_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Log energy at these times, smoothed over 50 ms; outside the known range the nearest value."""
        if not self._times or not len(times_s):
            return np.full(len(times_s), np.log(_FLOOR))
        times, levels = self._between(float(times_s.min()) - 0.1, float(times_s.max()) + 0.1)
        return np.interp(times_s, times, levels)

    def at_lags(self, times_s: NDArray[np.float64], lags_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Log energy after each lag, (lags, times)."""
        return self.at((times_s + lags_s[:, None]).ravel()).reshape(len(lags_s), len(times_s))

    def spread_db(self, start_s: float, end_s: float) -> float:
        """Range from the quietest tenth to the loudest level of a span; small in noise."""
        _, levels = self._between(start_s, end_s)
        low, high = np.quantile(levels, [0.1, 0.95])
        return float(10 / np.log(10) * (high - low))

    def rise_db(self, start_s: float, end_s: float, room_from_s: float) -> float:
        """Level of the louder parts of a span above the quietest tenth since `room_from_s`."""
        _, levels = self._between(start_s, end_s)
        _, room = self._between(room_from_s, end_s)
        return float(10 / np.log(10) * (np.quantile(levels, 0.8) - np.quantile(room, 0.1)))

    def _between(self, start_s: float, end_s: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        times = np.array(self._times)
        first, end = np.searchsorted(times, [start_s, end_s])
        first = min(int(first), len(times) - 1)
        part = slice(max(0, first - _SMOOTH), max(int(end), first + 1) + _SMOOTH)
        levels = np.array(self._levels)[part]
        padded = np.pad(levels, _SMOOTH // 2, mode="edge")
        return times[part], np.convolve(padded, np.ones(_SMOOTH) / _SMOOTH, "valid")
