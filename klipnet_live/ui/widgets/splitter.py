"""The two parts of the window, and the room between them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

_NARROW_LINES = 28
"""Width, in heights of a line, below which the parts do not fit side by side."""

_LOW_LINES = 18
"""Height, in heights of a line, below which parts one above the other have no room for both."""

_BESIDE = (2, 3)
_WHOLE = 1000
"""More than there is: Qt keeps the proportion."""


class ResponsiveSplitter(QSplitter):
    """Side by side; one above the other where the window is narrow for its text."""

    too_small = Signal(bool)
    """Whether they stand one above the other without room for both; `is_crowded` says it at any time."""

    def __init__(self, first: QWidget, second: QWidget, above: tuple[int, int] = (1, 3)) -> None:
        """`above`: how they share the height when one stands above the other."""
        super().__init__(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self.is_crowded = False
        self._shares = {Qt.Orientation.Horizontal: _BESIDE, Qt.Orientation.Vertical: above}
        for part in (first, second):
            self.addWidget(part)
        self._share()
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
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
        too_small = narrow and self.height() < _LOW_LINES * self.fontMetrics().height()
        if too_small != self.is_crowded:
            self.is_crowded = too_small
            self.too_small.emit(too_small)
            self._share()

    def _share(self) -> None:
        shares = self._shares[self.orientation()]
        for number, share in enumerate(shares):
            self.setStretchFactor(number, share)
        self.setSizes([_WHOLE * share for share in shares])
