"""The microphone. There is none here: the test delivers what PortAudio would."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import sounddevice

from klipnet_live.sound import live_source
from klipnet_live.sound.microphone import Microphone, VoiceRecorder
from klipnet_live.types import Sound, UserError


class FakeStream:
    """A fake device; the test calls back as PortAudio does."""

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

    def deliver(self, *samples: float, ago_s: float = 0.0) -> None:
        moment = SimpleNamespace(currentTime=50.0, inputBufferAdcTime=50.0 - ago_s)
        self.callback(np.array(samples, np.float32)[:, None], len(samples), moment, None)  # type: ignore[operator]


@pytest.fixture
def stream(monkeypatch: pytest.MonkeyPatch) -> type[FakeStream]:
    monkeypatch.setattr(sounddevice, "InputStream", FakeStream)
    return FakeStream


def test_sound_between_begin_and_end_is_kept(stream: type[FakeStream]) -> None:
    microphone = VoiceRecorder()
    microphone.open()
    device = stream.opened
    device.deliver(9.0)
    microphone.begin()
    now_s = time.monotonic()
    device.deliver(0.1, 0.2, ago_s=0.05)
    device.deliver(0.3)
    sound = microphone.end()
    device.deliver(9.0)
    assert sound is not None
    assert sound.samples.tolist() == pytest.approx([0.1, 0.2, 0.3])
    assert sound.rate_hz == 44_100
    assert sound.clock_s == pytest.approx(now_s - 0.05, abs=0.04)
    assert microphone.end() is None
    microphone.close()
    assert device.closed


def test_a_missing_microphone_is_reported_with_a_remedy() -> None:
    if sounddevice.query_devices():
        pytest.skip("this computer has sound devices")
    with pytest.raises(UserError, match="continue without sound"):
        VoiceRecorder().open()


def hearing(source: Microphone) -> tuple[list[Sound], UserError | None]:
    """The blocks of a source until it ends, and the error with which it ended."""
    found: list[Sound] = []
    try:
        found += source.blocks()
    except UserError as error:
        return found, error
    return found, None


def test_a_microphone_gives_mono_sound_at_16_khz(stream: type[FakeStream]) -> None:
    source = Microphone()
    blocks = source.blocks()
    feeder = threading.Timer(0.1, lambda: [stream.opened.deliver(*[0.2] * 4_410) for _ in range(10)])
    feeder.start()
    first = next(blocks)
    assert first.rate_hz == 16_000
    assert first.clock_s == pytest.approx(time.monotonic(), abs=0.5)
    source.stop()
    for _ in blocks:
        pass
    assert stream.opened.closed


def test_an_unplugged_microphone_is_reported(
    stream: type[FakeStream], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_source, "STALL_S", 0.3)
    threading.Timer(0.1, lambda: stream.opened.deliver(*[0.2] * 4_410)).start()
    found, problem = hearing(Microphone("USB"))
    assert found
    assert problem is not None
    assert "USB" in str(problem)
    assert stream.opened.closed


def test_a_device_that_requires_all_its_channels(monkeypatch: pytest.MonkeyPatch) -> None:
    class Array(FakeStream):
        samplerate = 96_000.0

        def __init__(self, **options: object) -> None:
            if options["channels"] != 8:
                raise sounddevice.PortAudioError("Invalid number of channels")
            super().__init__(**{**options, "channels": 1})

    monkeypatch.setattr(sounddevice, "InputStream", Array)
    monkeypatch.setattr(sounddevice, "query_devices", lambda *_: {"max_input_channels": 8})
    source = Microphone("Array")
    blocks = source.blocks()
    eight = np.zeros((9_600, 8), np.float32)
    eight[:, 3] = 0.25
    moment = SimpleNamespace(currentTime=50.0, inputBufferAdcTime=49.9)
    threading.Timer(
        0.1, lambda: [Array.opened.callback(eight, 9_600, moment, None) for _ in range(3)]
    ).start()  # type: ignore[operator]
    next(blocks)
    assert np.abs(next(blocks).samples).max() == pytest.approx(0.25, abs=0.01)
    blocks.close()


def test_a_device_in_use_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def taken(**_options: object) -> None:
        raise sounddevice.PortAudioError("Device unavailable")

    monkeypatch.setattr(sounddevice, "InputStream", taken)
    monkeypatch.setattr(sounddevice, "query_devices", lambda *_: {"max_input_channels": 1})
    found, problem = hearing(Microphone("USB"))
    assert found == []
    assert "Device unavailable" in str(problem)


def test_a_device_that_cannot_start_is_reported_and_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    class Busy(FakeStream):
        def start(self) -> None:
            raise sounddevice.PortAudioError("Unanticipated host error")

    monkeypatch.setattr(sounddevice, "InputStream", Busy)
    _, problem = hearing(Microphone("USB"))
    assert "Unanticipated host error" in str(problem)
    assert Busy.opened.closed
    with pytest.raises(UserError, match="Unanticipated host error"):
        VoiceRecorder().open()
    assert Busy.opened.closed


def test_missing_portaudio_is_reported_with_a_remedy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    # The real module ends in the same way where the library is missing.
    (tmp_path / "sounddevice.py").write_text("raise OSError('PortAudio library not found')")
    monkeypatch.delitem(sys.modules, "sounddevice")
    monkeypatch.syspath_prepend(tmp_path)
    _, problem = hearing(Microphone())
    assert "PortAudio library not found" in str(problem)
    assert "Install PortAudio" in str(problem)
