"""Bars between the session bar and the captions: the limits of the model, and questions to the user."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from klipnet_live.ui.widgets.padded import Padded

_MIN_LINES, _QUESTION_LINES = 18, 6
"""Window height, in line heights, below which the limits are hidden; a visible question adds to it."""


class Notes(QWidget):
    """Hides the limits of the model in a low window, and while all speech is captioned from sound."""

    def __init__(self, limits: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._questions: list[QWidget] = []
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
        self._questions.append(question)
        question.installEventFilter(self)
        self._column.addWidget(Padded(question))

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
        asked = any(not question.isHidden() for question in self._questions)
        fits = lines >= _MIN_LINES + (_QUESTION_LINES if asked else 0)
        self._limits.setVisible(fits and not self._hearing)
