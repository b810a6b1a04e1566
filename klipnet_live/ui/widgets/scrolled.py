"""Scroll areas for content that may not fit."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from klipnet_live.ui.widgets.spacing import scale_gaps


class Scrolled(QScrollArea):
    """A scroll area that accepts focus by Tab only when it can scroll."""

    def __init__(self, content: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent, widgetResizable=True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().rangeChanged.connect(self._range_changed)
        if content is not None:
            self.setWidget(content)

    def _range_changed(self, _minimum: int, maximum: int) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if maximum > 0 else Qt.FocusPolicy.NoFocus)


class ScrolledColumn(Scrolled):
    """A scroll area with a vertical layout `column`, as wide as the area."""

    def __init__(self, parent: QWidget | None = None) -> None:
        inside = QWidget()
        super().__init__(inside, parent)
        self.inside = inside
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.column = QVBoxLayout(self.inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        scale_gaps(self.column, self.font().pointSizeF())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            scale_gaps(self.column, self.font().pointSizeF())
        super().changeEvent(event)
