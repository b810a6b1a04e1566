"""Hides start-up messages of native libraries."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_LOCK = threading.Lock()
_STDERR = 2


@contextmanager
def quiet_stderr() -> Iterator[None]:
    """Redirect the process's stderr to the null device: native code writes to it directly."""
    with _LOCK:
        try:
            kept = os.dup(_STDERR)
        except OSError:  # A GUI program may have no stderr.
            yield
            return
        devnull = os.open(os.devnull, os.O_WRONLY)
        os.dup2(devnull, _STDERR)
        try:
            yield
        finally:
            os.dup2(kept, _STDERR)
            os.close(devnull)
            os.close(kept)
