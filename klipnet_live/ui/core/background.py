"""A slow question that is answered without making the window wait."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from klipnet_live.errors import as_user_error
from klipnet_live.types import UserError

_log = logging.getLogger(__name__)


class Background(QObject):
    """Asks in the background, once at a time."""

    answered = Signal(object)

    failed = Signal(object)
    """A UserError, in place of an answer."""

    _done = Signal(object, object)
    """The answer, or the UserError; comes from the thread that asked."""

    def __init__(self, question: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._question = question
        self._busy = self._again = False
        self._pool = QThreadPool(self)
        self._done.connect(self._tell)

    def ask(self) -> None:
        """The answer comes as a signal. While one is on its way, the question is put once more after it."""
        if self._busy:
            self._again = True
            return
        self._busy = True
        self._pool.start(_Asking(self._question, self._done.emit))

    def _tell(self, answer: object, problem: UserError | None) -> None:
        again, self._busy, self._again = self._again, False, False
        if again:
            # What changed meanwhile may not be in the answer.
            self.ask()
        elif problem is not None:
            self.failed.emit(problem)
        else:
            self.answered.emit(answer)


class _Asking(QRunnable):
    def __init__(
        self, question: Callable[[], object], answer: Callable[[object, UserError | None], object]
    ) -> None:
        super().__init__()
        self._question = question
        self._answer = answer

    def run(self) -> None:
        said = self._asked()
        # Whoever asked may be gone, as when its window was closed meanwhile.
        with suppress(RuntimeError):
            self._answer(*said)

    def _asked(self) -> tuple[object, UserError | None]:
        try:
            return self._question(), None
        except UserError as error:
            return None, error
        except Exception as error:
            _log.exception("a question in the background failed")
            return None, as_user_error(error)
