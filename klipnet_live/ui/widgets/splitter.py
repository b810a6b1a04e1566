"""A splitter of two parts that changes its orientation with the space available."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

_NARROW_LINES = 28
"""Width, in line heights, below which the parts are stacked."""

_LOW_LINES = 18
"""Height, in line heights, below which stacked parts do not both fit."""

_BESIDE = (2, 3)
_LARGE = 1000
"""Larger than any available size; Qt scales sizes down in proportion."""


class ResponsiveSplitter(QSplitter):
    """Places two parts side by side, or stacks them if the window is narrow."""

    too_small = Signal(bool)
    """Whether the parts are stacked and do not both fit; see also `is_too_small`."""

    def __init__(self, first: QWidget, second: QWidget, above: tuple[int, int] = (1, 3)) -> None:
        """`above`: shares of the height when the parts are stacked."""
        super().__init__(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self.is_too_small = False
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
        orientation_needed = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if orientation_needed != self.orientation():
            self.setOrientation(orientation_needed)
            self._share()
        too_small = narrow and self.height() < _LOW_LINES * self.fontMetrics().height()
        if too_small != self.is_too_small:
            self.is_too_small = too_small
            self.too_small.emit(too_small)
            self._share()

    def _share(self) -> None:
        shares = self._shares[self.orientation()]
        for number, share in enumerate(shares):
            self.setStretchFactor(number, share)
        self.setSizes([_LARGE * share for share in shares])
