"""A private sound server, and the real models if they can be downloaded."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import pytest

from klipnet_live.sound.base import RATE_HZ
from klipnet_live.types import FloatArray
from tests.processes import killed_with_parent

LONGEST_DOWNLOAD_S = 150
SINK = "klipnet-test"


@pytest.fixture(scope="session")
def sound_models(request: pytest.FixtureRequest) -> Iterator[Path]:
    """The user's data folder with all models, installed once by the app's own command and cached."""
    cache = request.config.cache
    assert cache is not None
    folder = Path(os.environ.get("KLIPNET_SOUND_DATA") or cache.mkdir("sound-models"))
    environment = {**os.environ, "XDG_DATA_HOME": str(folder)}
    command = [sys.executable, "-m", "klipnet_live", "sound", "get", "en", "ko"]
    try:
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=LONGEST_DOWNLOAD_S, check=False
        )
    except subprocess.TimeoutExpired:
        pytest.skip(f"the models of sound could not be downloaded in {LONGEST_DOWNLOAD_S} s")
    if done.returncode:
        pytest.skip(f"no models of sound: {done.stderr.strip()}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder))
        yield folder / "klipnet-live" / "sound"


@dataclass(frozen=True)
class SoundServer:
    """PulseAudio with one null output."""

    process: subprocess.Popen[bytes]

    def play(self, path: Path) -> None:
        """Plays until the end."""
        command = ["paplay", f"--device={SINK}", "--latency-msec=500", str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=20)
        time.sleep(1.0)

    def start(self, path: Path, application: str) -> subprocess.Popen[bytes]:
        """Starts playing a file as this application and returns."""
        return subprocess.Popen(["paplay", f"--device={SINK}", f"--client-name={application}", str(path)])

    def control(self, *words: str) -> None:
        subprocess.run(["pactl", *words], check=True, capture_output=True, timeout=10)


@pytest.fixture
def sound_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    """A separate process per test: a test may remove its outputs or stop it."""
    if shutil.which("pulseaudio") is None or shutil.which("pactl") is None:
        pytest.skip("no PulseAudio here (Debian: pulseaudio, pulseaudio-utils)")
    pytest.importorskip("ctypes").CDLL("libpulse.so.0")
    socket = tmp_path / "pulse"
    monkeypatch.setenv("PULSE_SERVER", f"unix:{socket}")
    monkeypatch.setenv("PULSE_RUNTIME_PATH", str(tmp_path / "runtime"))
    # SoundCard takes the program's name from here, and fails where there is none, as under pytest-xdist.
    monkeypatch.setattr(sys, "argv", ["klipnet-live"])
    modules = [
        f"module-native-protocol-unix socket={socket} auth-anonymous=1",
        f"module-null-sink sink_name={SINK} sink_properties=device.description={SINK}",
    ]
    loads = [part for module in modules for part in ("-L", module)]
    command = killed_with_parent(
        ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--disable-shm=yes", *loads]
    )
    with (tmp_path / "pulse.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        deadline_s = time.monotonic() + 10
        while subprocess.run(["pactl", "info"], capture_output=True, check=False).returncode:
            if process.poll() is not None or time.monotonic() > deadline_s:
                pytest.skip(f"PulseAudio does not start: {(tmp_path / 'pulse.log').read_text()}")
            time.sleep(0.1)
        yield SoundServer(process)
    finally:
        process.kill()
        process.wait()


def write_wav(path: Path, samples: FloatArray, rate_hz: int = RATE_HZ) -> Path:
    """`samples`: (samples,) or (samples, channels), in -1..1."""
    channels = samples if samples.ndim == 2 else samples[:, None]
    layout = {1: "mono", 2: "stereo", 6: "5.1", 8: "7.1"}[channels.shape[1]]
    with av.open(str(path), "w", format="wav") as container:
        stream = container.add_stream("pcm_s16le", rate=rate_hz, layout=layout)
        packed = np.ascontiguousarray((channels * 32767).astype(np.int16).reshape(1, -1))
        frame = av.AudioFrame.from_ndarray(packed, format="s16", layout=layout)
        frame.sample_rate = rate_hz
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)
    return path


def tone(hz: float, seconds: float, rate_hz: int = RATE_HZ, loudness: float = 0.3) -> FloatArray:
    moments = np.arange(round(seconds * rate_hz)) / rate_hz
    return (loudness * np.sin(2 * np.pi * hz * moments)).astype(np.float32)
