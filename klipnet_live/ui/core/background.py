"""Runs slow functions in the background, so that the window never waits."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from klipnet_live.errors import as_user_error
from klipnet_live.types import UserError

_log = logging.getLogger(__name__)


class Background(QObject):
    """Runs a function in a background thread, one call at a time."""

    answered = Signal(object)

    failed = Signal(object)
    """A UserError, if the function failed."""

    _done = Signal(object, object)
    """The result, or the UserError; emitted from the background thread."""

    def __init__(self, function: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._function = function
        self._busy = self._again = False
        self._pool = QThreadPool(self)
        self._done.connect(self._deliver)

    def ask(self) -> None:
        """Start a call; the result comes as a signal. During a call, schedule one more call after it."""
        if self._busy:
            self._again = True
            return
        self._busy = True
        self._pool.start(_Call(self._function, self._done.emit))

    def _deliver(self, answer: object, problem: UserError | None) -> None:
        again, self._busy, self._again = self._again, False, False
        if again:
            # The result may not include what has changed meanwhile.
            self.ask()
        elif problem is not None:
            self.failed.emit(problem)
        else:
            self.answered.emit(answer)


class _Call(QRunnable):
    def __init__(
        self, function: Callable[[], object], answer: Callable[[object, UserError | None], object]
    ) -> None:
        super().__init__()
        self._function = function
        self._answer = answer

    def run(self) -> None:
        result = self._result()
        # The receiver may have been deleted, e.g. with its window.
        with suppress(RuntimeError):
            self._answer(*result)

    def _result(self) -> tuple[object, UserError | None]:
        try:
            return self._function(), None
        except UserError as error:
            return None, error
        except Exception as error:
            _log.exception("a background call failed")
            return None, as_user_error(error)
