"""The two parts of the window, and the room between them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

_NARROW_LINES = 28
"""Width, in heights of a line, below which the parts do not fit side by side."""

_SHARES = {Qt.Orientation.Horizontal: (2, 3), Qt.Orientation.Vertical: (1, 3)}
_WHOLE = 1000
"""More than there is: Qt keeps the proportion."""


class Parts(QSplitter):
    """Side by side; one above the other where the window is narrow for its text."""

    def __init__(self, first: QWidget, second: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent, childrenCollapsible=False)
        for part in (first, second):
            self.addWidget(part)
        self._share()
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
        wanted = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if wanted != self.orientation():
            self.setOrientation(wanted)
            self._share()

    def _share(self) -> None:
        shares = _SHARES[self.orientation()]
        for number, share in enumerate(shares):
            self.setStretchFactor(number, share)
        self.setSizes([_WHOLE * share for share in shares])
