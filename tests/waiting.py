"""Waiting for a condition, with a limit that suits slow and busy machines."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE_S = 60.0


def wait_until(condition: Callable[[], object], limit_s: float = PATIENCE_S) -> None:
    """Return as soon as `condition` is true; AssertionError after `limit_s`."""
    deadline_s = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < deadline_s, "the condition did not become true in time"
        time.sleep(0.01)
