"""What all further windows have in common."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from klipnet_live.ui.look.tokens import BODY_POINTS
from klipnet_live.ui.widgets.screens import in_the_middle
from klipnet_live.ui.widgets.spacing import scale_margins


class Dialog(QDialog):
    """Speaks the language of the moment, and is as large as its text needs, as far as the screen goes."""

    size_at_full = QSize(640, 480)
    """With text at 100 %, in the window system's units."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fitted_points = 0.0

    def retranslate(self) -> None:
        """Sets every text; subclasses call it once their widgets are there."""
        raise NotImplementedError

    def showEvent(self, event: QShowEvent) -> None:
        points = self.font().pointSizeF()
        if points != self._fitted_points:
            self._fitted_points = points
            self._give_room()
            wanted = self.size_at_full * max(1.0, points / BODY_POINTS)
            self.resize(in_the_middle(wanted, self.screen().availableGeometry()).size())
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.FontChange:
            self._give_room()
        super().changeEvent(event)

    def _give_room(self) -> None:
        if (layout := self.layout()) is not None:
            scale_margins(layout, self.font().pointSizeF())
