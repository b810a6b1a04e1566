"""The left column of the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from klipnet_live.ui.widgets.scrolled import ScrolledColumn

_GAP = 12
_LEAST_LINES = 2
"""Height that is left where the captions need the room."""


class SideColumn(QWidget):
    """The picture and what is read in it; they scroll where there is no room for them."""

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
    """It is never narrower than what is in it."""

    def minimumSizeHint(self) -> QSize:
        width = self.inside.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(width, _LEAST_LINES * self.fontMetrics().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is in it has another size now."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
