"""Private sound servers with a null output: PulseAudio, and PipeWire with its session manager."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.processes import killed_with_parent

SINK = "klipnet-test"
_NULL_SINK = f"sink_name={SINK}", f"sink_properties=device.description={SINK}"
_START_S = 10.0

PROGRAMS = {
    "pulseaudio": ("pulseaudio", "pactl", "paplay"),
    "pipewire": ("dbus-daemon", "pipewire", "wireplumber", "pipewire-pulse", "pactl", "paplay"),
}
"""Programs of each server."""


class SoundServer:
    """A server of a kind in `PROGRAMS`, with its sockets in `folder`.

    `address`: for clients, as in PULSE_SERVER.
    """

    def __init__(self, kind: str, folder: Path) -> None:
        self._kind, self._folder = kind, folder
        self._socket = folder / "pulse" / "native"
        self._log = folder / f"{kind}.log"
        self._processes: list[subprocess.Popen[bytes]] = []
        self.address = f"unix:{self._socket}"

    def begin(self) -> None:
        """Start it, with one null output. Skips the test where it cannot run."""
        missing = [program for program in PROGRAMS[self._kind] if shutil.which(program) is None]
        if missing:
            pytest.skip(f"no {', '.join(missing)} here")
        self._socket.parent.mkdir(exist_ok=True)
        own = dict.fromkeys(("XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_STATE_HOME"), str(self._folder))
        environment = {**os.environ, **own, "DBUS_SESSION_BUS_ADDRESS": f"unix:path={self._folder / 'bus'}"}
        for command, socket in self._commands():
            if socket is not None:
                socket.unlink(missing_ok=True)
            with self._log.open("ab") as log:
                process = subprocess.Popen(
                    killed_with_parent(command), env=environment, stdout=log, stderr=log
                )
            self._processes.append(process)
            self._wait_until(lambda socket=socket: socket is None or socket.exists())
        self._wait_until(lambda: bool(self._ask("info")))
        if self._kind == "pipewire":
            self._ask("load-module", "module-null-sink", *_NULL_SINK)
        self._wait_until(lambda: SINK in self._ask("get-default-sink"))

    def end(self) -> None:
        while self._processes:
            process = self._processes.pop()
            process.kill()
            process.wait()

    def play(self, path: Path, sink: str = SINK) -> None:
        """Plays until the end."""
        command = ["paplay", f"--device={sink}", "--latency-msec=500", str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=20)
        time.sleep(0.7)

    def start(self, path: Path, application: str, sink: str = SINK) -> subprocess.Popen[bytes]:
        """Starts playing a file as this application and returns."""
        options = [f"--device={sink}", f"--client-name={application}", "--latency-msec=200"]
        return subprocess.Popen(["paplay", *options, str(path)])

    def control(self, *words: str) -> None:
        subprocess.run(["pactl", *words], check=True, capture_output=True, timeout=10)

    def add_output(self, name: str) -> None:
        self.control("load-module", "module-null-sink", f"sink_name={name}")

    def remove_output(self, name: str) -> None:
        modules = self._ask("list", "short", "modules").splitlines()
        self.control("unload-module", next(line.split()[0] for line in modules if f"={name}" in line))

    def _commands(self) -> Iterator[tuple[list[str], Path | None]]:
        """Commands to start in order, each with the socket that it creates."""
        if self._kind == "pulseaudio":
            modules = [
                f"module-native-protocol-unix socket={self._socket} auth-anonymous=1",
                " ".join(["module-null-sink", *_NULL_SINK]),
            ]
            loads = [part for module in modules for part in ("-L", module)]
            options = ["-n", "--daemonize=no", "--exit-idle-time=-1", "--disable-shm=yes", *loads]
            yield ["pulseaudio", *options], self._socket
            return
        bus = self._folder / "bus"
        yield ["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address=unix:path={bus}"], bus
        yield ["pipewire"], self._folder / "pipewire-0"
        yield ["wireplumber"], None
        yield ["pipewire-pulse"], self._socket

    def _ask(self, *words: str) -> str:
        environment = {**os.environ, "PULSE_SERVER": self.address}
        command = ["pactl", *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False).stdout

    def _wait_until(self, condition: Callable[[], bool]) -> None:
        deadline_s = time.monotonic() + _START_S
        while not condition():
            ended = any(process.poll() is not None for process in self._processes)
            if ended or time.monotonic() > deadline_s:
                pytest.skip(f"the sound server does not start: {self._log.read_text('utf-8', 'replace')}")
            time.sleep(0.02)
