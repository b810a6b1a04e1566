"""System sound and a microphone, recorded through real sound servers with a null output."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import numpy as np
import pytest

from klipnet_live.sound import system_sound
from klipnet_live.sound.base import RATE_HZ, SoundSource
from klipnet_live.sound.source import list_applications, list_microphones, list_outputs, open_sound
from klipnet_live.types import FloatArray, Sound, UserError
from tests.sound.conftest import tone, write_wav
from tests.sound.sound_servers import SINK, SoundServer


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
        return self.recorded()

    def recorded(self) -> FloatArray:
        return np.concatenate([block.samples for block in tuple(self.blocks)])

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


def strength(samples: FloatArray, hz: float) -> float:
    """Amplitude of a tone in its loudest second."""
    seconds = samples[: len(samples) // RATE_HZ * RATE_HZ].reshape(-1, RATE_HZ)
    wave = np.exp(2j * np.pi * hz * np.arange(RATE_HZ) / RATE_HZ)
    return float(2 * np.abs(seconds @ wave).max() / RATE_HZ)


def wait_for_applications(*names: str) -> None:
    deadline_s = time.monotonic() + 8
    while not {f"app:{name}" for name in names} <= {device.spec for device in list_applications()}:
        assert time.monotonic() < deadline_s
        time.sleep(0.05)


def test_recording_follows_the_default_output(sound_server: SoundServer, tmp_path: Path) -> None:
    assert any(SINK in device.spec for device in list_outputs())
    played = speech_like(3.5)
    speech = write_wav(tmp_path / "speech.wav", played)
    listening = Listening("system")
    listening.wait_for(0.3)
    began_s = time.monotonic()
    sound_server.play(write_wav(tmp_path / "first.wav", played[:RATE_HZ]))
    before = listening.recorded()
    sound_server.add_output("headphones")
    sound_server.control("set-default-sink", "headphones")
    sound_server.play(speech, "headphones")
    after = listening.stop()[len(before) :]
    assert listening.problem is None
    assert likeness(before, played[:RATE_HZ]) > 0.95
    assert likeness(after, played[-RATE_HZ:]) > 0.95
    times_s = [block.clock_s for block in listening.blocks]
    assert times_s == sorted(times_s)
    assert listening.blocks[-1].clock_s == pytest.approx(time.monotonic(), abs=1.0)
    assert began_s < listening.blocks[-1].clock_s


def test_a_stalled_output_gives_silence_and_resumes(sound_server: SoundServer, tmp_path: Path) -> None:
    listening = Listening(f"system:{SINK}")
    listening.wait_for(0.3)
    sound_server.control("suspend-sink", SINK, "1")
    time.sleep(1.0)
    sound_server.control("suspend-sink", SINK, "0")
    played = speech_like(1.2)
    sound_server.play(write_wav(tmp_path / "speech.wav", played))
    recorded = listening.stop()
    assert listening.problem is None
    assert likeness(recorded, played) > 0.95
    end_s = listening.blocks[-1].end_s
    assert end_s == pytest.approx(time.monotonic(), abs=1.5)


def test_the_microphone_is_not_recorded_instead_of_what_disappears(
    sound_server: SoundServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sound servers move the recording of what has disappeared to the default source."""
    monkeypatch.setattr(system_sound, "RESUME_S", 0.1)
    sound_server.add_output("room")
    sound_server.control("set-default-source", "room.monitor")
    call = write_wav(tmp_path / "call.wav", tone(440, 3.5))
    talk = write_wav(tmp_path / "talk.wav", tone(1000, 20.0))
    with sound_server.start(talk, "Room", "room"), sound_server.start(call, "The Call") as playing:
        wait_for_applications("The Call", "Room")
        application, output = Listening("app:The Call"), Listening(f"system:{SINK}")
        application.wait_for(0.5)
        output.wait_for(0.5)
        playing.wait(10)
        sound_server.remove_output(SINK)
        output.join(8)
        heard = [application.stop(), output.stop()]
        sound_server.end()
    assert application.problem is None
    assert "Reconnect it" in str(output.problem)
    for samples in heard:
        assert strength(samples, 440) > 0.05
        assert strength(samples, 1000) < 0.01


@pytest.mark.parametrize("sound_server", ["pulseaudio"], indirect=True)
def test_a_sound_server_that_restarts_and_one_that_ends(
    sound_server: SoundServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listening = Listening("system")
    listening.wait_for(0.3)
    sound_server.end()
    sound_server.begin()
    played = speech_like(3.5)
    sound_server.play(write_wav(tmp_path / "speech.wav", played))
    assert listening.problem is None
    assert likeness(listening.recorded(), played[-RATE_HZ:]) > 0.95
    monkeypatch.setattr(system_sound, "RESUME_S", 0.1)
    sound_server.end()
    listening.join(8)
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
    wanted = speech_like(1.2)
    before, after = np.zeros(round(1.2 * RATE_HZ), np.float32), np.zeros(round(0.7 * RATE_HZ), np.float32)
    call = write_wav(tmp_path / "call.wav", np.concatenate([before, wanted, after]))
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
        sound_server.end()
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
        sound_server.end()


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
    played = speech_like(1.2)
    listening = Listening("mic:pulse")
    listening.wait_for(0.3)
    sound_server.play(write_wav(tmp_path / "speech.wav", played))
    # PortAudio's stream and the server use different clocks: 0.946 was measured once.
    assert likeness(listening.stop(), played) > 0.9
