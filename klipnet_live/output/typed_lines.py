"""Completed lines typed into whichever window has the keyboard, for people who mouth words silently."""

from __future__ import annotations

from collections.abc import Callable

from klipnet_live.output.lines import CaptionLine
from klipnet_live.output.outbox import Outbox
from klipnet_live.types import UserError


class TypedLines(Outbox):
    """Types while `active`, which a hotkey turns on and off; off at first.

    `type_text` is a system's keyboard, see `keystrokes`. `on_problem` is told each time that typing
    fails; typing is then off.
    """

    def __init__(self, type_text: Callable[[str], None], on_problem: Callable[[UserError], object]) -> None:
        super().__init__(self._type)
        self._type_text = type_text
        self._on_problem = on_problem
        self.active = False

    def __call__(self, line: CaptionLine) -> None:
        if self.active:
            super().__call__(line)

    def _type(self, line: CaptionLine) -> None:
        # Asked again: what waited must not be typed into another window after the hotkey.
        if not self.active:
            return
        try:
            # A line break could send a message that nobody has looked at.
            self._type_text(" ".join(line.text.split()) + " ")
        except UserError as problem:
            self.active = False
            self._on_problem(problem)
