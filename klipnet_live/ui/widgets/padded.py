"""Room around a widget that is only sometimes there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from klipnet_live.ui.look.tokens import GAP_L
from klipnet_live.ui.widgets.spacing import room


class Padded(QWidget):
    """Takes room while its content is shown, and none while it is hidden."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(content)
        self.setVisible(not content.isHidden())
        content.installEventFilter(self)
        self._give_room()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShowToParent:
            self.show()
        elif event.type() == QEvent.Type.HideToParent:
            self.hide()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._give_room()
        super().changeEvent(event)

    def _give_room(self) -> None:
        gap = room(self.font().pointSizeF(), GAP_L)
        self._layout.setContentsMargins(gap, gap, gap, 0)
