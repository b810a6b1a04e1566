"""A command whose packages are missing says in one line how to install them."""

from __future__ import annotations

import sys

import pytest

from klipnet_live.cli import main
from klipnet_live.commands.extras import check_extra
from klipnet_live.types import UserError


def test_a_missing_extra_is_named() -> None:
    check_extra("web", "json")
    with pytest.raises(UserError, match=r'pip install "klipnet-live\[web\]"'):
        check_extra("web", "json", "no_such_package")


def test_the_frozen_app_does_not_suggest_pip(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr("klipnet_live.commands.extras.find_spec", lambda name: None)
    assert main(["serve"]) == 1
    errors = capsys.readouterr().err
    assert "install Python" in errors
    assert errors.count("\n") == 1
