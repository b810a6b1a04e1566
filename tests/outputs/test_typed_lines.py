from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from klipnet_live.outputs.typing.typed_lines import TypedLines
from klipnet_live.types import UserError
from tests.builders import line


def serve_until(lines: TypedLines, done: Callable[[], bool]) -> None:
    thread = threading.Thread(target=lines.serve)
    thread.start()
    deadline = time.monotonic() + 60
    while not done() and time.monotonic() < deadline:
        time.sleep(0.01)
    lines.stop()
    thread.join(60)


def test_a_line_is_typed_without_line_breaks() -> None:
    typed: list[str] = []
    lines = TypedLines(typed.append)
    lines(line("bin  blue\nat"))
    lines(line("안녕"))
    serve_until(lines, lambda: len(typed) == 2)
    assert typed == ["bin blue at ", "안녕 "], "no line break, which could send a message"


def test_lines_after_typing_was_stopped_are_not_typed() -> None:
    lines = TypedLines(pytest.fail)
    thread = threading.Thread(target=lines.serve)
    thread.start()
    time.sleep(0.05)
    lines.stop()
    lines(line("secret"))
    thread.join(60)
    assert not thread.is_alive()


def test_a_failing_keyboard_ends_typing() -> None:
    def broken(text: str) -> None:
        raise UserError("no keys: plug some in.")

    lines = TypedLines(broken)
    lines(line("one"))
    with pytest.raises(UserError, match="plug some in"):
        lines.serve()
