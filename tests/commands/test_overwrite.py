"""Existing files are replaced only if the user agrees."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from klipnet_live.commands.options import check_overwrite
from klipnet_live.types import UserError

_HIDES_TERMINALS = not hasattr(os, "openpty")


@pytest.fixture
def existing(tmp_path: Path) -> Path:
    path = tmp_path / "talk.srt"
    path.write_text("corrected by hand", encoding="utf-8")
    return path


@contextmanager
def answer(text: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Types into a terminal that the program reads from."""
    keyboard, terminal = os.openpty()
    os.write(keyboard, text.encode())
    with os.fdopen(terminal, encoding="utf-8") as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        yield
    os.close(keyboard)


@pytest.mark.skipif(_HIDES_TERMINALS, reason="needs a terminal")
@pytest.mark.parametrize("text", ["n\n", "\n", "\x04"])
def test_without_consent_a_file_is_kept(text: str, existing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with answer(text, monkeypatch), pytest.raises(UserError, match="--overwrite"):
        check_overwrite(existing, allowed=False)


@pytest.mark.skipif(_HIDES_TERMINALS, reason="needs a terminal")
def test_a_user_in_a_terminal_can_agree(existing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with answer("y\n", monkeypatch):
        check_overwrite(existing, allowed=False)


def test_nothing_is_asked_where_nothing_is_lost(existing: Path, tmp_path: Path) -> None:
    check_overwrite(existing, allowed=True)
    check_overwrite(tmp_path / "new.srt", allowed=False)
    existing.write_bytes(b"")
    check_overwrite(existing, allowed=False)
