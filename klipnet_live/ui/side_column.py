"""The left column of the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

_GAP = 12
_LEAST_LINES = 2
"""Height that is left where the captions need the room."""


class SideColumn(QWidget):
    """Parts that scroll where there is no room for them, above parts that always stay in view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scrolled = _Scrolled()
        self._layout = _without_margins(self)
        self._layout.addWidget(self._scrolled, stretch=1)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        self._scrolled.column.addWidget(widget, stretch)

    def pin(self, widget: QWidget) -> None:
        self._layout.addWidget(widget)


class _Scrolled(QScrollArea):
    """Scrolls up and down only: it is never narrower than what is in it."""

    def __init__(self) -> None:
        super().__init__(widgetResizable=True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside = QWidget()
        self.column = _without_margins(self._inside)
        self.setWidget(self._inside)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        width = self._inside.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(width, _LEAST_LINES * self.fontMetrics().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """What is in it has another size now."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


def _without_margins(widget: QWidget) -> QVBoxLayout:
    layout = QVBoxLayout(widget)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(_GAP)
    return layout
