"""A slow question that is answered without making the window wait."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal


class Background(QObject):
    """Asks in the background, once at a time."""

    answered = Signal(object)

    def __init__(self, question: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._question = question
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)

    def ask(self) -> None:
        """The answer comes as a signal; while one is on its way, nothing is asked again."""
        if self._pool.activeThreadCount() == 0:
            self._pool.start(_Asking(self._question, self.answered.emit))


class _Asking(QRunnable):
    def __init__(self, question: Callable[[], object], answer: Callable[[object], object]) -> None:
        super().__init__()
        self._question = question
        self._answer = answer

    def run(self) -> None:
        self._answer(self._question())
