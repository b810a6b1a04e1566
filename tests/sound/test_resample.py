"""Any sample rate and number of channels become 16 kHz mono."""

from __future__ import annotations

import numpy as np
import pytest

from klipnet_live.sound.base import RATE_HZ
from klipnet_live.sound.resample import SoundResampler
from klipnet_live.types import FloatArray
from tests.sound.conftest import tone


def resampled(blocks: list[FloatArray], rate_hz: int) -> FloatArray:
    resampler = SoundResampler(rate_hz)
    return np.concatenate([*(resampler.push(block) for block in blocks), resampler.flush()])


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 44_100, 48_000, 96_000, 192_000])
def test_a_tone_stays_the_same_tone(rate_hz: int) -> None:
    output = resampled(np.array_split(tone(440, 1.0, rate_hz), 37), rate_hz)
    assert len(output) == pytest.approx(RATE_HZ, abs=32)
    middle = output[2_000:14_000]
    expected = tone(440, 1.0)[2_000:14_000]
    lag = max(range(-8, 9), key=lambda shift: float(np.dot(np.roll(expected, shift), middle)))
    assert np.abs(middle - np.roll(expected, lag))[10:-10].max() < 0.02


@pytest.mark.parametrize("channels", [2, 8, 32])
def test_silent_channels_do_not_reduce_the_level(channels: int) -> None:
    block = np.zeros((16_000, channels), np.float32)
    block[:, 1] = tone(300, 1.0)
    output = resampled(np.array_split(block, 10), 16_000)
    assert np.abs(output).max() == pytest.approx(0.3, abs=0.01)


def test_an_invalid_rate_is_refused() -> None:
    with pytest.raises(ValueError, match="rate"):
        SoundResampler(0)
