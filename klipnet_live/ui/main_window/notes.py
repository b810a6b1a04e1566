"""Bars between the session bar and the captions: the limits of the model, and questions to the user."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from klipnet_live.ui.widgets.padded import Padded

_MIN_LINES, _OTHER_BAR_LINES = 18, 6
"""Window height, in line heights, below which the limits are hidden; another visible bar adds to it."""


class Notes(QWidget):
    """Hides the limits of the model in a low window, and while all speech is captioned from sound."""

    def __init__(self, limits: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._others: list[QWidget] = []
        self._window_height = 0
        self._hearing = False
        # A container: `limits` shows and hides itself.
        self._limits = QWidget()
        row = QVBoxLayout(self._limits)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Padded(limits))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._limits)

    def add_question(self, question: QWidget) -> None:
        """Add a bar that shows and hides itself."""
        self.yield_to(question)
        self._column.addWidget(Padded(question))

    def yield_to(self, bar: QWidget) -> None:
        """Leave space for a bar that shows and hides itself, here or elsewhere in the window."""
        self._others.append(bar)
        bar.installEventFilter(self)

    def fit(self, window_height: int) -> None:
        """Follow the height of the window, in pixels."""
        self._window_height = window_height
        self._update()

    def set_hearing(self, hearing: bool) -> None:
        """Whether speech is recognised from sound, with any words and of anybody."""
        if hearing != self._hearing:
            self._hearing = hearing
            self._update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._update()
        super().changeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._update()
        return super().eventFilter(watched, event)

    def _update(self) -> None:
        lines = self._window_height / self.fontMetrics().height()
        crowded = any(not bar.isHidden() for bar in self._others)
        fits = lines >= _MIN_LINES + (_OTHER_BAR_LINES if crowded else 0)
        self._limits.setVisible(fits and not self._hearing)
