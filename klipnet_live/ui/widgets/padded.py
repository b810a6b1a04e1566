"""Padding around a widget that can be hidden."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from klipnet_live.ui.look.tokens import GAP_L
from klipnet_live.ui.widgets.spacing import padding


class Padded(QWidget):
    """A container that is hidden together with its content."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(content)
        self.setVisible(not content.isHidden())
        content.installEventFilter(self)
        self._scale_spacing()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShowToParent:
            self.show()
        elif event.type() == QEvent.Type.HideToParent:
            self.hide()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._scale_spacing()
        super().changeEvent(event)

    def _scale_spacing(self) -> None:
        gap = padding(self.font().pointSizeF(), GAP_L)
        self._layout.setContentsMargins(gap, gap, gap, 0)
