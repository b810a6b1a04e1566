"""System sound and a microphone, recorded through a real PulseAudio with a null output."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import numpy as np
import pytest

from klipnet_live.sound.base import RATE_HZ, SoundSource
from klipnet_live.sound.source import list_applications, list_microphones, list_outputs, open_sound
from klipnet_live.types import FloatArray, Sound, UserError
from tests.sound.conftest import SINK, SoundServer, tone, write_wav


class Listening:
    """Records a source on a thread, as a pipeline does."""

    def __init__(self, spec: str) -> None:
        source = open_sound(spec)
        assert source is not None
        self.source: SoundSource = source
        self.blocks: list[Sound] = []
        self.problem: UserError | None = None
        self._thread = threading.Thread(target=self._hear, daemon=True)
        self._thread.start()

    def _hear(self) -> None:
        try:
            for block in self.source.blocks():
                self.blocks.append(block)
        except UserError as error:
            self.problem = error

    def wait_for(self, seconds: float, timeout_s: float = 8.0) -> None:
        deadline_s = time.monotonic() + timeout_s
        while self.seconds < seconds and self.problem is None:
            assert time.monotonic() < deadline_s, f"{self.seconds:.1f} s were heard"
            time.sleep(0.02)

    @property
    def seconds(self) -> float:
        return sum(len(block.samples) for block in tuple(self.blocks)) / RATE_HZ

    def stop(self) -> FloatArray:
        self.source.stop()
        self._thread.join(5)
        assert not self._thread.is_alive()
        return np.concatenate([block.samples for block in self.blocks])

    def join(self, timeout_s: float) -> None:
        self._thread.join(timeout_s)
        assert not self._thread.is_alive()


def speech_like(seconds: float) -> FloatArray:
    """Low noise modulated four times a second: it can be located from any starting point."""
    moments = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    noise = np.convolve(np.random.default_rng(3).normal(0, 0.5, len(moments)), np.hanning(24) / 12, "same")
    return (noise * (0.55 + 0.45 * np.sin(2 * np.pi * 4 * moments))).astype(np.float32)


def likeness(recorded: FloatArray, played: FloatArray) -> float:
    size = 1 << int(np.ceil(np.log2(len(recorded) + len(played))))
    spectrum = np.fft.rfft(recorded, size) * np.conj(np.fft.rfft(played, size))
    lag = int(np.fft.irfft(spectrum, size)[: len(recorded)].argmax())
    part = recorded[lag : lag + len(played)]
    return float(np.corrcoef(part, played[: len(part)])[0, 1])


def wait_for_applications(*names: str) -> None:
    deadline_s = time.monotonic() + 8
    while not {f"app:{name}" for name in names} <= {device.spec for device in list_applications()}:
        assert time.monotonic() < deadline_s
        time.sleep(0.05)


def test_played_sound_is_recorded(sound_server: SoundServer, tmp_path: Path) -> None:
    assert any(SINK in device.spec for device in list_outputs())
    played = speech_like(2.0)
    listening = Listening("system")
    listening.wait_for(0.3)
    began_s = time.monotonic()
    sound_server.play(write_wav(tmp_path / "speech.wav", played))
    recorded = listening.stop()
    assert likeness(recorded, played) > 0.95
    times_s = [block.clock_s for block in listening.blocks]
    assert times_s == sorted(times_s)
    assert listening.blocks[-1].clock_s == pytest.approx(time.monotonic(), abs=1.0)
    assert began_s < listening.blocks[-1].clock_s


def test_a_stalled_output_gives_silence_and_resumes(sound_server: SoundServer, tmp_path: Path) -> None:
    listening = Listening(f"system:{SINK}")
    listening.wait_for(0.3)
    sound_server.control("suspend-sink", SINK, "1")
    time.sleep(1.5)
    sound_server.control("suspend-sink", SINK, "0")
    played = speech_like(1.5)
    sound_server.play(write_wav(tmp_path / "speech.wav", played))
    recorded = listening.stop()
    assert listening.problem is None
    assert likeness(recorded, played) > 0.95
    end_s = listening.blocks[-1].end_s
    assert end_s == pytest.approx(time.monotonic(), abs=1.5)


def test_a_removed_output_is_reported(sound_server: SoundServer) -> None:
    listening = Listening("system")
    listening.wait_for(0.3)
    sound_server.control("unload-module", "module-null-sink")
    listening.join(8)
    assert listening.problem is not None
    assert "Reconnect it" in str(listening.problem)


def test_outputs_with_the_same_name_are_distinguished(sound_server: SoundServer) -> None:
    twin = ["sink_name=twin", f"sink_properties=device.description={SINK}"]
    sound_server.control("load-module", "module-null-sink", *twin)
    specs = {device.spec for device in list_outputs()}
    assert len(specs) == 2
    assert "system:twin" in specs
    listening = Listening("system:twin")
    listening.wait_for(0.3)
    listening.stop()
    assert listening.problem is None


def test_one_application_is_recorded_without_the_others(sound_server: SoundServer, tmp_path: Path) -> None:
    wanted = speech_like(1.5)
    silence = np.zeros(2 * RATE_HZ, np.float32)
    call = write_wav(tmp_path / "call.wav", np.concatenate([silence, wanted, silence[:RATE_HZ]]))
    music = write_wav(tmp_path / "music.wav", tone(440, 15.0))
    with sound_server.start(music, "Music"), sound_server.start(call, "The Call") as first:
        wait_for_applications("The Call", "Music")
        listening = Listening("app:call")
        first.wait(10)
        between = len(listening.blocks)
        # Another stream of the same application, as when it joins the next call.
        with sound_server.start(call, "The Call") as second:
            second.wait(10)
        listening.stop()
        sound_server.control("unload-module", "module-null-sink")
    assert listening.problem is None
    for blocks in (listening.blocks[:between], listening.blocks[between:]):
        assert likeness(np.concatenate([block.samples for block in blocks]), wanted) > 0.95


def test_an_application_without_sound_is_reported(sound_server: SoundServer, tmp_path: Path) -> None:
    source = open_sound("app:The Call")
    assert source is not None
    with pytest.raises(UserError, match="Start the call"):
        next(iter(source.blocks()))
    with sound_server.start(write_wav(tmp_path / "music.wav", tone(440, 5.0)), "Music"):
        wait_for_applications("Music")
        with pytest.raises(UserError, match="Music"):
            next(iter(source.blocks()))
        sound_server.control("unload-module", "module-null-sink")


def test_an_unknown_output_is_reported(sound_server: SoundServer) -> None:
    source = open_sound("system:loudspeaker in the garden")
    assert source is not None
    with pytest.raises(UserError, match=SINK):
        next(iter(source.blocks()))


def test_a_missing_sound_server_is_reported_with_a_remedy(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path / 'nobody'}")
    source = open_sound("system")
    assert source is not None
    with pytest.raises(UserError, match="microphone"):
        next(iter(source.blocks()))


def test_a_microphone_is_recorded(sound_server: SoundServer, tmp_path: Path) -> None:
    """PortAudio records the monitor of the output as its microphone."""
    if not any(device.name == "pulse" for device in list_microphones()):
        pytest.skip("PortAudio reaches no PulseAudio here (Debian: libasound2-plugins)")
    sound_server.control("set-default-source", f"{SINK}.monitor")
    played = speech_like(1.5)
    listening = Listening("mic:pulse")
    listening.wait_for(0.3)
    sound_server.play(write_wav(tmp_path / "speech.wav", played))
    # PortAudio's stream and the server use different clocks: 0.946 was measured once.
    assert likeness(listening.stop(), played) > 0.9
