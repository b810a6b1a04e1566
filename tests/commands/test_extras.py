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


def test_a_frozen_app_has_no_pip(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr("klipnet_live.commands.extras.find_spec", lambda name: None)
    assert main(["serve"]) == 1
    said = capsys.readouterr().err
    assert "install Python" in said
    assert said.count("\n") == 1
