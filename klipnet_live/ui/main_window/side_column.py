"""The left column of the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from klipnet_live.ui.widgets.scrolled import ScrolledColumn

_GAP = 12
_MIN_LINES = 2
"""Minimum height in line heights."""


class SideColumn(QWidget):
    """Holds preview and controls; scrolls if there is not enough space."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scrolled = _Scrolled()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(_GAP)
        self._layout.addWidget(self._scrolled, stretch=1)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        self._scrolled.column.addWidget(widget, stretch)


class _Scrolled(ScrolledColumn):
    """A scroll area that is never narrower than its contents."""

    def minimumSizeHint(self) -> QSize:
        width = self.inside.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(width, _MIN_LINES * self.fontMetrics().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Update the minimum width when the contents change."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
