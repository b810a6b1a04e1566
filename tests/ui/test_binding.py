"""A known fault of PySide6 that would abort the app."""

from __future__ import annotations

import sys

from PySide6 import __version__
from PySide6.QtCore import QObject

_CALLS = 500


def test_calls_without_a_result_keep_the_reference_count_of_none() -> None:
    """On Python 3.11, PySide6 6.12.0 drops a reference to None at each such call until the process aborts."""
    target = QObject()
    before = sys.getrefcount(None)
    for _ in range(_CALLS):
        target.setObjectName("name")
    lost = before - sys.getrefcount(None)
    assert lost < _CALLS / 2, f"PySide6 {__version__} loses references to None: install another version"
