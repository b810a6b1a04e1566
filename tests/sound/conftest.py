"""A private sound server, and the real models if they can be downloaded."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest

from klipnet_live.sound.base import RATE_HZ
from klipnet_live.types import FloatArray
from tests.sound.sound_servers import SoundServer

LONGEST_DOWNLOAD_S = 150


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


@pytest.fixture(params=["pulseaudio", "pipewire"])
def sound_server(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SoundServer]:
    """Separate processes per test: a test may remove their outputs or stop them."""
    pytest.importorskip("ctypes").CDLL("libpulse.so.0")
    # SoundCard takes the program's name from here, and fails where there is none, as under pytest-xdist.
    monkeypatch.setattr(sys, "argv", ["klipnet-live"])
    server = SoundServer(request.param, tmp_path)
    monkeypatch.setenv("PULSE_SERVER", server.address)
    monkeypatch.setenv("PULSE_RUNTIME_PATH", str(tmp_path / "pulse"))
    try:
        server.begin()
        yield server
    finally:
        server.end()


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
