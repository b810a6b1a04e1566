"""How the pipeline is doing, in one line."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from klipnet_live.pipeline.meter import Status
from klipnet_live.ui.text.error_texts import message_text
from klipnet_live.ui.widgets.plain import PlainLabel

_NO_BREAK = "\u00a0"


class StatusLine(PlainLabel):
    """Frame rate, latency, faces, provider and losses; also what slows the computer down."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusLine")
        self.setWordWrap(True)
        self._status: Status | None = None
        self._running = False
        self.show_status(None)

    def set_running(self, running: bool) -> None:
        """Whether a source is read, or about to be."""
        self._running = running
        self.show_status(self._status)

    def show_status(self, status: Status | None) -> None:
        """Shows the state; None while there is none yet, or none any more."""
        self._status = status
        if status is not None:
            self.setText(self._text(status))
        else:
            self.setText(self.tr("Starting…") if self._running else self.tr("Stopped"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.show_status(self._status)
        super().changeEvent(event)

    def _text(self, status: Status) -> str:
        parts = [
            self.tr("{rate} frames/s").format(rate=f"{status.frames_per_second:.0f}"),
            self.tr("{delay} ms delay").format(delay=f"{status.latency_ms:.0f}"),
            self.tr("faces: {count}").format(count=status.faces),
            self.tr("dropped: {count}").format(count=status.dropped_mouths),
            status.provider,
        ]
        # A line breaks between two values, never within one.
        unbroken = [part.replace(" ", _NO_BREAK) for part in parts if part]
        return "  ·  ".join([*unbroken, *([message_text(status.overload)] if status.overload else [])])
