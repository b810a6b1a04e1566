"""The two parts of the window, and the room between them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

_NARROW_LINES = 28
"""Width, in heights of a line, below which the parts do not fit side by side."""

_SHARES = (2, 3)


class Parts(QSplitter):
    """Side by side; one above the other where the window is narrow for its text."""

    def __init__(self, first: QWidget, second: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent, childrenCollapsible=False)
        for number, (part, share) in enumerate(zip((first, second), _SHARES, strict=True)):
            self.addWidget(part)
            self.setStretchFactor(number, share)
        self.setSizes([200 * share for share in _SHARES])
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    def _arrange(self) -> None:
        self.setHandleWidth(round(self.font().pointSizeF()))
        narrow = self.width() < _NARROW_LINES * self.fontMetrics().height()
        self.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)
