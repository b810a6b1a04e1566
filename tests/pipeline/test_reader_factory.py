"""What is checked when a reader is requested, and what only when it is created."""

from __future__ import annotations

from pathlib import Path

import pytest

from klipnet_live.pipeline.reader_factory import reader_factory
from klipnet_live.types import Phrases, UserError


def test_a_missing_model_is_reported_at_once() -> None:
    with pytest.raises(UserError, match="no model nobody"):
        reader_factory("nobody", None)


def test_phrases_are_loaded_only_when_the_reader_is_created(tmp_path: Path) -> None:
    """Loading thousands of them takes seconds, which must not block a window."""
    phrases = tmp_path / "phrases.txt"
    phrases.write_text("bin blue\nzwölf\n", encoding="utf-8")
    make = reader_factory("en-grid", None, Phrases(phrases))
    with pytest.raises(UserError, match="Line 2"):
        make()
