from __future__ import annotations

from collections.abc import Iterator

import pytest

from klipnet_live.tracking.faces import Landmarker
from klipnet_live.tracking.tracker import FaceTracker


@pytest.fixture(scope="session")
def landmarker() -> Iterator[Landmarker]:
    landmarker = Landmarker()
    yield landmarker
    landmarker.close()


@pytest.fixture
def tracker() -> Iterator[FaceTracker]:
    tracker = FaceTracker()
    yield tracker
    tracker.close()
