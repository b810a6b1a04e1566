"""Voice activity, on synthetic sounds and, if available, real ones."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from klipnet_training.data.alignments import read_alignment

from klipnet_live.sound.loudness import speech_span
from klipnet_live.types import FloatArray
from tests.recordings import validation_clips

RATE_HZ = 16_000


def sound(*parts: tuple[float, float]) -> FloatArray:
    """Noise with these levels, each for this many seconds."""
    random = np.random.default_rng(0)
    rows = [random.normal(0, level, round(length * RATE_HZ)) for length, level in parts]
    return np.concatenate(rows).astype(np.float32)


def test_a_sentence_in_a_quiet_room() -> None:
    samples = sound((0.8, 0.001), (0.4, 0.2), (0.2, 0.001), (0.5, 0.1), (1.0, 0.001))
    assert speech_span(samples, RATE_HZ) == pytest.approx((0.8, 1.9), abs=0.08)


def test_clicks_and_distant_sounds_are_ignored() -> None:
    samples = sound(
        (0.3, 0.001), (0.02, 0.5), (0.8, 0.001), (1.0, 0.2), (0.8, 0.001), (0.1, 0.2), (0.3, 0.001)
    )
    assert speech_span(samples, RATE_HZ) == pytest.approx((1.12, 2.12), abs=0.08)


@pytest.mark.parametrize("level", [0.0, 0.001, 0.1])
def test_a_room_without_speech(level: float) -> None:
    assert speech_span(sound((2.0, level)), RATE_HZ) is None


def test_no_sound_at_all() -> None:
    assert speech_span(np.zeros(0, np.float32), RATE_HZ) is None


def test_speech_begins_and_ends_as_in_the_alignments(shared_data: Path) -> None:
    errors_s = []
    for clip in validation_clips(shared_data, 12):
        words = read_alignment(clip.path.parents[1] / "align" / f"{clip.path.stem}.align")
        span = speech_span(_sound_of(clip.path), RATE_HZ)
        assert span is not None
        errors_s += [abs(span[0] - words[0].start_frame / 25), abs(span[1] - words[-1].end_frame / 25)]
    assert np.median(errors_s) < 0.06


def _sound_of(video: Path) -> FloatArray:
    resampler = av.AudioResampler("flt", "mono", RATE_HZ)
    with av.open(str(video)) as file:
        parts = [part.to_ndarray() for frame in file.decode(audio=0) for part in resampler.resample(frame)]
    return np.concatenate([part.ravel() for part in parts]).astype(np.float32)
