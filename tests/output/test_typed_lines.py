from __future__ import annotations

import threading
import time

import pytest

from klipnet_live.output.typed_lines import TypedLines
from klipnet_live.types import UserError

from .builders import line


class Keys:
    """A keyboard that keeps what was typed, and can fail."""

    def __init__(self) -> None:
        self.typed: list[str] = []
        self.broken = False

    def __call__(self, text: str) -> None:
        if self.broken:
            raise UserError("no keys: plug some in.")
        self.typed.append(text)


def serve_until(lines: TypedLines, done: object) -> None:
    thread = threading.Thread(target=lines.serve)
    thread.start()
    deadline = time.monotonic() + 5
    while callable(done) and not done() and time.monotonic() < deadline:
        time.sleep(0.01)
    lines.stop()
    thread.join(5)


def test_nothing_is_typed_until_the_hotkey() -> None:
    keys = Keys()
    lines = TypedLines(keys, pytest.fail)
    lines(line("secret"))
    lines.active = True
    lines(line("bin  blue\nat"))
    lines(line("안녕"))
    serve_until(lines, lambda: len(keys.typed) == 2)
    assert keys.typed == ["bin blue at ", "안녕 "], "no line break, which could send a message"


def test_what_waited_is_not_typed_after_the_hotkey() -> None:
    keys = Keys()
    lines = TypedLines(keys, pytest.fail)
    lines.active = True
    lines(line("one"))
    lines.active = False
    serve_until(lines, lines._waiting.empty)
    assert keys.typed == []


def test_a_failure_is_told_and_turns_typing_off() -> None:
    keys, problems = Keys(), list[UserError]()
    keys.broken = True
    lines = TypedLines(keys, problems.append)
    lines.active = True
    lines(line("one"))
    serve_until(lines, lambda: bool(problems))
    assert "plug some in" in str(problems[0])
    assert not lines.active
