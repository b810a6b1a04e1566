"""The microphone. Here is none: what PortAudio would hand over is handed over by the test."""

from __future__ import annotations

import time
from types import SimpleNamespace

import numpy as np
import pytest
import sounddevice

from klipnet_live.sound.microphone import VoiceRecorder
from klipnet_live.types import UserError


class FakeStream:
    """Stands for a device; the test calls back as PortAudio does."""

    samplerate = 44_100.0
    opened: FakeStream

    def __init__(self, **options: object) -> None:
        assert options["channels"] == 1
        self.callback = options["callback"]
        self.closed = False
        FakeStream.opened = self

    def start(self) -> None:
        self.started = True

    def close(self) -> None:
        self.closed = True

    def hear(self, *samples: float, ago_s: float = 0.0) -> None:
        moment = SimpleNamespace(currentTime=50.0, inputBufferAdcTime=50.0 - ago_s)
        self.callback(np.array(samples, np.float32)[:, None], len(samples), moment, None)  # type: ignore[operator]


@pytest.fixture
def stream(monkeypatch: pytest.MonkeyPatch) -> type[FakeStream]:
    monkeypatch.setattr(sounddevice, "InputStream", FakeStream)
    return FakeStream


def test_what_is_heard_between_begin_and_end_is_kept(stream: type[FakeStream]) -> None:
    microphone = VoiceRecorder()
    microphone.open()
    device = stream.opened
    device.hear(9.0)
    microphone.begin()
    now_s = time.monotonic()
    device.hear(0.1, 0.2, ago_s=0.05)
    device.hear(0.3)
    sound = microphone.end()
    device.hear(9.0)
    assert sound is not None
    assert sound.samples.tolist() == pytest.approx([0.1, 0.2, 0.3])
    assert sound.rate_hz == 44_100
    assert sound.clock_s == pytest.approx(now_s - 0.05, abs=0.04)
    assert microphone.end() is None
    microphone.close()
    assert device.closed


def test_no_microphone_is_told_with_the_way_out() -> None:
    if sounddevice.query_devices():
        pytest.skip("this computer has sound devices")
    with pytest.raises(UserError, match="record without sound"):
        VoiceRecorder().open()
