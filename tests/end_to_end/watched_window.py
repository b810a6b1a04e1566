"""Runs the app as `klipnet-live ARGUMENTS...` does, and prints what its panel shows.

Started by the tests as `python -m tests.end_to_end.watched_window ARGUMENTS...`. Prints `ready` when the
model is loaded. Each line of stdin is a source to be started; the window is closed at its end.
"""

from __future__ import annotations

import sys
import threading
from typing import Any

from PySide6.QtCore import Signal

from klipnet_live import cli
from klipnet_live.pipeline.meter import Status
from klipnet_live.ui.app import application
from klipnet_live.ui.app.shell import AppShell


class WatchedShell(AppShell):
    """The app's windows, observed."""

    chosen, dismissed = Signal(str), Signal()
    ready = False

    def open(self, *choice: Any) -> None:
        self.window.captions.model.line_changed.connect(self._tell_line)
        self.controller.status.connect(self._tell_when_ready)
        self.controller.problem.connect(self._tell_message)
        self.controller.source_ended.connect(self._tell_message)
        self.chosen.connect(self.window.start_source)
        self.dismissed.connect(self.window.close)
        threading.Thread(target=self._follow_orders, daemon=True).start()
        super().open(*choice)

    def _tell_line(self, row: int) -> None:
        captions = self.window.captions.model
        if captions.is_divider(row):
            return
        print(f"{captions.event_at(row).event}\t{captions.item(row).text()}", flush=True)

    def _tell_message(self) -> None:
        if self.window.message_bar.isVisible():
            print(f"message\t{self.window.message_bar.text.text()}", flush=True)

    def _tell_when_ready(self, status: Status | None) -> None:
        if status is not None and status.provider and not self.ready:
            self.ready = True
            print("ready", flush=True)

    def _follow_orders(self) -> None:
        for line in sys.stdin:
            self.chosen.emit(line.strip())
        self.dismissed.emit()


if __name__ == "__main__":
    application.AppShell = WatchedShell  # type: ignore[attr-defined,misc]
    sys.exit(cli.main(sys.argv[1:]))
