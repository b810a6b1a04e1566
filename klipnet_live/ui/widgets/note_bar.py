"""A bar with a permanent note, unlike the message bar, which shows events."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton, QWidget

from klipnet_live.ui.look.tokens import GAP_M
from klipnet_live.ui.widgets.plain import PlainLabel

_NARROW_LINES = 24
"""Width, in line heights, below which text and button are stacked."""


class NoteBar(QFrame):
    """A note with a button for more information. The owner sets both texts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noteBar")
        self.text = PlainLabel(wordWrap=True)
        self.button = QPushButton(autoDefault=False)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.addWidget(self.text, stretch=1)
        self._layout.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignLeft)

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = self.width() < _NARROW_LINES * self.fontMetrics().height()
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._layout.setDirection(direction)
        gap = round(self.font().pointSizeF() * GAP_M)
        self._layout.setContentsMargins(round(gap * 1.6), gap, gap, gap)
        self._layout.setSpacing(gap)
        super().resizeEvent(event)
