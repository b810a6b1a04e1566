"""Ctrl-C and the termination signals of job schedulers, as a wish that training meets at its next step."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stop_on_request() -> Iterator[Callable[[], bool]]:
    """Whether somebody asked to stop. A second request is obeyed at once, as outside of this context."""
    requested = False
    usual = {number: signal.getsignal(number) for number in _SIGNALS}

    def request(number: int, _: FrameType | None) -> None:
        nonlocal requested
        requested = True
        signal.signal(number, usual[signal.Signals(number)])

    for number in _SIGNALS:
        signal.signal(number, request)
    try:
        yield lambda: requested
    finally:
        for number, handler in usual.items():
            signal.signal(number, handler)
