"""`klipnet-live [SOURCE]`: how the window is opened."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest

from klipnet_live import app
from klipnet_live.cli import COMMANDS
from klipnet_live.commands import window


@pytest.mark.parametrize(
    ("options", "demo"),
    [([], "demo-en.mp4"), (["--language=ko"], "demo-ko.mp4"), (["--model=ko-seed"], "demo-ko.mp4")],
)
def test_the_demo_has_the_language_of_the_model(
    monkeypatch: pytest.MonkeyPatch, options: list[str], demo: str
) -> None:
    opened: list[Namespace] = []
    monkeypatch.setattr(window, "has_display", lambda: True)
    monkeypatch.setattr(app, "run_window", opened.append)
    window.run(window.parser(COMMANDS).parse_args(["--demo", *options]))
    assert Path(opened[0].source).name == demo
