"""Measures start-up time and responsiveness of the window: `python -m benchmarks.start_time`.

    python -m benchmarks.start_time [SOURCE] [--runs N]

Starts the app several times as `klipnet-live SOURCE` does (default: the bundled demo). Measured are the
seconds from the command to the first preview frame and to the moment when captions are possible (the model is
loaded and a face was found), and the latency of the GUI thread while captions run: the delay of a timer's
ticks in milliseconds. Without a display Qt renders into memory.
"""

from __future__ import annotations

import argparse
import math
import os
import subprocess
import sys
import time
from typing import Any

from PySide6.QtCore import Qt, QTimer

from klipnet_live import cli
from klipnet_live.assets import DEMOS
from klipnet_live.commands.window import has_display
from klipnet_live.pipeline.meter import Status
from klipnet_live.pipeline.preview import Preview
from klipnet_live.ui.app import application
from klipnet_live.ui.app.shell import AppShell

BEAT_MS = 5
_INSIDE = "--inside"


class MeasuredShell(AppShell):
    """The app's windows, which measure themselves and close when the source ends."""

    def open(self, *choice: Any) -> None:
        self._beats = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._beats.timeout.connect(self._beat)
        self._late_ms: list[float] = []
        self._last_s = 0.0
        self._possible = False
        self.controller.preview.connect(self._first_preview)
        self.controller.status.connect(self._look_for_a_reader)
        self.controller.caption.connect(self._start_beats, Qt.ConnectionType.SingleShotConnection)
        self.controller.running_changed.connect(self._finish)
        super().open(*choice)

    def _first_preview(self, preview: Preview | None) -> None:
        if preview is not None:
            self.controller.preview.disconnect(self._first_preview)
            print("preview", flush=True)

    def _look_for_a_reader(self, status: Status | None) -> None:
        if status is not None and status.provider and status.faces and not self._possible:
            self._possible = True
            print("possible", flush=True)

    def _start_beats(self) -> None:
        self._last_s = time.perf_counter()
        self._beats.start()

    def _beat(self) -> None:
        now_s = time.perf_counter()
        self._late_ms.append((now_s - self._last_s) * 1000 - BEAT_MS)
        self._last_s = now_s

    def _finish(self, running: bool) -> None:
        if not running:
            late_ms = sorted(self._late_ms) or [math.nan]
            at = {share: late_ms[int(share * (len(late_ms) - 1))] for share in (0.5, 0.99, 1.0)}
            print(*(f"{milliseconds:.1f}" for milliseconds in at.values()), flush=True)
            QTimer.singleShot(0, self.window.close)


def main() -> None:
    if _INSIDE in sys.argv:
        application.AppShell = MeasuredShell  # type: ignore[attr-defined]
        sys.exit(cli.main(sys.argv[2:]))
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("source", nargs="?", default=str(DEMOS / "demo-en.mp4"), help="a source that ends")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    print("first preview s   captions possible s   GUI thread late ms: median   99 %   longest")
    for _ in range(options.runs):
        preview_s, possible_s, late = measure(options.source)
        print(f"{preview_s:15.2f}   {possible_s:19.2f}   {late[0]:>26}{late[1]:>7}{late[2]:>10}", flush=True)


def measure(source: str) -> tuple[float, float, list[str]]:
    """Seconds to the first preview and to captions; median, 99th percentile and maximum of the delays."""
    environment = dict(os.environ) if has_display() else {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    started_s = time.monotonic()
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.start_time", _INSIDE, source],
        env=environment, stdout=subprocess.PIPE, text=True,
    ) as app:  # fmt: skip
        assert app.stdout is not None
        assert app.stdout.readline() == "preview\n", "the app showed no preview"
        preview_s = time.monotonic() - started_s
        assert app.stdout.readline() == "possible\n", "the app found no face"
        possible_s = time.monotonic() - started_s
        return preview_s, possible_s, app.stdout.readline().split()


if __name__ == "__main__":
    main()
