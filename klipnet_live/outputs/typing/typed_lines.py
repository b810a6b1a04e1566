"""Completed lines typed into whichever window has the keyboard, for people who mouth words silently."""

from __future__ import annotations

from collections.abc import Callable

from klipnet_live.captions.lines import CaptionLine
from klipnet_live.outputs.outbox import Outbox


class TypedLines(Outbox):
    """`type_text` is a system's keyboard, see `keystrokes`; the UserError of one that fails ends `serve`."""

    def __init__(self, type_text: Callable[[str], None]) -> None:
        super().__init__(self._type)
        self._type_text = type_text

    def _type(self, line: CaptionLine) -> None:
        # A line break could send a message that nobody has looked at.
        self._type_text(" ".join(line.text.split()) + " ")
