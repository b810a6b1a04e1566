"""Base class of all windows other than the main window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from klipnet_live.ui.look.tokens import BODY_POINTS
from klipnet_live.ui.widgets.screens import centred
from klipnet_live.ui.widgets.spacing import scale_margins


class Dialog(QDialog):
    """Follows language changes, and scales its size with the text up to the size of the screen."""

    size_at_full = QSize(640, 480)
    """Size at a text size of 100 %, in device-independent pixels."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fitted_points = 0.0

    def retranslate(self) -> None:
        """Set every text. Subclasses call it after creating their widgets."""
        raise NotImplementedError

    def showEvent(self, event: QShowEvent) -> None:
        points = self.font().pointSizeF()
        if points != self._fitted_points:
            self._fitted_points = points
            self._scale_spacing()
            size = self.size_at_full * max(1.0, points / BODY_POINTS)
            self.resize(centred(size, self.screen().availableGeometry()).size())
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.FontChange:
            self._scale_spacing()
        super().changeEvent(event)

    def _scale_spacing(self) -> None:
        if (layout := self.layout()) is not None:
            scale_margins(layout, self.font().pointSizeF())
