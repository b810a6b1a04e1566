"""Runs the app just as `klipnet-live ARGUMENTS...` does, and tells on stdout what its panel shows.

Started by the tests as `python -m tests.end_to_end.watched_window ARGUMENTS...`. `ready` is printed when
the model is loaded. The window is closed at the end of stdin.
"""

from __future__ import annotations

import sys
import threading

from PySide6.QtCore import Signal

from klipnet_live import cli
from klipnet_live.ui import application
from klipnet_live.ui.desktop import Desktop
from klipnet_live.ui.pipeline_port import StatusLike


class WatchedDesktop(Desktop):
    """The app's windows, with somebody who looks at them."""

    dismissed = Signal()
    ready = False

    def open(self, source: str | None, language: str | None, model: str | None) -> None:
        super().open(source, language, model)
        self.window.captions.model.line_changed.connect(self._tell)
        self.controller.status.connect(self._tell_when_ready)
        self.dismissed.connect(self.window.close)
        threading.Thread(target=self._wait_for_the_end, daemon=True).start()

    def _tell(self, row: int) -> None:
        captions = self.window.captions.model
        print(f"{captions.event_at(row).event}\t{captions.item(row).text()}", flush=True)

    def _tell_when_ready(self, status: StatusLike | None) -> None:
        if status is not None and status.provider and not self.ready:
            self.ready = True
            print("ready", flush=True)

    def _wait_for_the_end(self) -> None:
        sys.stdin.read()
        self.dismissed.emit()


if __name__ == "__main__":
    application.Desktop = WatchedDesktop  # type: ignore[misc]
    sys.exit(cli.main(sys.argv[1:]))
