"""Lets training stop cleanly after the current step on Ctrl-C or SIGTERM."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stop_on_request() -> Iterator[Callable[[], bool]]:
    """Yields a function that tells whether a stop was requested. A second signal acts immediately."""
    requested = False
    original = {number: signal.getsignal(number) for number in _SIGNALS}

    def request(number: int, _: FrameType | None) -> None:
        nonlocal requested
        requested = True
        signal.signal(number, original[signal.Signals(number)])

    for number in _SIGNALS:
        signal.signal(number, request)
    try:
        yield lambda: requested
    finally:
        for number, handler in original.items():
            signal.signal(number, handler)
