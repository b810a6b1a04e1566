"""The painter of the captions' tests."""

from __future__ import annotations

from tests.captions.conftest import painter

__all__ = ["painter"]
