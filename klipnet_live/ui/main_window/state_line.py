"""The state of the captions in words, with figures in the tooltip."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from klipnet_live.pipeline.meter import Status
from klipnet_live.ui.look.appearance import Appearance
from klipnet_live.ui.text.error_texts import message_text
from klipnet_live.ui.widgets.plain import PlainLabel, set_tool_tip


class StateLine(QWidget):
    """A coloured dot and a text: stopped, starting, number of faces, overload."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._status: Status | None = None
        self._running = False
        self._extra: dict[str, str] = {}
        self._dot = _Dot(appearance.theme.control_border)
        self.label = PlainLabel(wordWrap=True)
        self.label.setProperty("role", "muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._dot, alignment=Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.label, stretch=1)
        self.set_appearance(appearance)

    @property
    def text(self) -> str:
        return self.label.text()

    def set_appearance(self, appearance: Appearance) -> None:
        self._appearance = appearance
        self._show()

    def set_running(self, running: bool) -> None:
        """Set whether captions are running or starting."""
        self._running = running
        self._show()

    def show_status(self, status: Status | None) -> None:
        """Show a pipeline status; None if there is none."""
        self._status = status
        self._show()

    def add_state(self, key: str, text: str) -> None:
        """Add a text while captions run, such as that sound is used; an empty text removes it."""
        self._extra[key] = text
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)

    def _show(self) -> None:
        theme, status = self._appearance.theme, self._status
        behind = status is not None and bool(status.overload)
        running_colour = theme.unsure if behind else theme.active
        self._dot.colour = running_colour if self._running else theme.control_border
        self._dot.update()
        text = self._text()
        # Avoid a layout and a repeated announcement by screen readers.
        if text != self.label.text():
            self.label.setText(text)
        set_tool_tip(self, "" if status is None else self._figures(status))

    def _text(self) -> str:
        if not self._running:
            return self.tr("Stopped")
        if self._status is None:
            return self.tr("Starting…")
        words = [self._faces(self._status.faces), *filter(None, self._extra.values())]
        if self._status.overload:
            what = message_text(self._status.overload)
            words.append(self.tr("Falling behind: {what}").format(what=what))
        return " · ".join(words)

    def _faces(self, count: int) -> str:
        if count == 0:
            return self.tr("No face in view")
        return (
            self.tr("Reading 1 face") if count == 1 else self.tr("Reading {count} faces").format(count=count)
        )

    def _figures(self, status: Status) -> str:
        lines = (
            self.tr("Frames per second: {rate}").format(rate=f"{status.frames_per_second:.0f}"),
            self.tr("Delay: {delay} ms").format(delay=f"{status.latency_ms:.0f}"),
            self.tr("Skipped mouth images: {count}").format(count=status.dropped_mouths),
            self.tr("Computed by: {provider}").format(provider=status.provider),
        )
        return "\n".join(lines)


class _Dot(QWidget):
    """A coloured dot, as high as a line of text."""

    def __init__(self, colour: QColor) -> None:
        super().__init__()
        self.colour = colour

    def sizeHint(self) -> QSize:
        height = self.fontMetrics().height()
        return QSize(round(height * 0.6), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.colour)
        dot = QRectF(0, 0, self.width(), self.width())
        dot.moveCenter(QRectF(self.rect()).center())
        painter.drawEllipse(dot)
