"""What the app relies on in PySide6 itself."""

from __future__ import annotations

import sys

from PySide6 import __version__
from PySide6.QtCore import QObject

_CALLS = 500


def test_calls_that_return_nothing_do_not_use_up_none() -> None:
    """PySide6 6.12.0 drops a reference at each such call on Python 3.11, which ends in an abort."""
    target = QObject()
    before = sys.getrefcount(None)
    for _ in range(_CALLS):
        target.setObjectName("name")
    lost = before - sys.getrefcount(None)
    assert lost < _CALLS / 2, f"PySide6 {__version__} loses references to None: install another version"
