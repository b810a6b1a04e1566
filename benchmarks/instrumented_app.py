"""Runs the app as `klipnet-live SOURCE` does and prints its status and delays as JSON lines.

Started by benchmarks.window as `python -m benchmarks.instrumented_app SECONDS SOURCE`.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from PySide6.QtCore import QTimer

from benchmarks.probes import Repeated
from klipnet_live import app, cli
from klipnet_live.capture.source import open_source
from klipnet_live.pipeline.meter import Status
from klipnet_live.types import CaptionEvent
from klipnet_live.ui.app import application
from klipnet_live.ui.app.shell import AppShell

_SOURCES: list[Repeated] = []


class InstrumentedShell(AppShell):
    """The app's windows; they close when the source ends."""

    def open(self, *choice: Any) -> None:
        self.controller.status.connect(self._print_status)
        # A timer with no delay fires after all events posted before it are painted.
        self.controller.caption.connect(lambda event: QTimer.singleShot(0, lambda: self._painted(event)))
        self.controller.running_changed.connect(lambda running: running or self.window.close())
        super().open(*choice)

    def _print_status(self, status: Status | None) -> None:
        if status is not None:
            _say(
                frames_per_second=status.frames_per_second,
                faces=status.faces,
                dropped_mouths=status.dropped_mouths,
                overload=status.overload,
            )

    def _painted(self, event: CaptionEvent) -> None:
        """Print the delays in ms since the newest frame's capture and since the end of speech."""
        now_s = time.monotonic() - _SOURCES[-1].clock_of_first_frame
        _say(
            kind=event.event,
            after_capture_ms=(now_s - event.media_s) * 1000,
            after_speech_ms=(now_s - event.end_s) * 1000,
        )


def _say(**values: Any) -> None:
    print(json.dumps(values), flush=True)


def main(seconds: float, *arguments: str) -> int:
    """Run the app; a recording is repeated for `seconds`."""

    def repeated(spec: str) -> Repeated:
        _SOURCES.append(Repeated(open_source(spec), seconds))
        return _SOURCES[-1]

    app.open_source = repeated  # type: ignore[attr-defined,assignment]
    application.AppShell = InstrumentedShell  # type: ignore[attr-defined]
    return cli.main(list(arguments))


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), *sys.argv[2:]))
