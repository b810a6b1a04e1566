"""Types completed lines into the focused window, for people who mouth words silently."""

from __future__ import annotations

from collections.abc import Callable

from klipnet_live.captions.lines import CaptionLine
from klipnet_live.outputs.outbox import Outbox


class TypedLines(Outbox):
    """`type_text`: see `keyboard`; a UserError from it ends `serve`."""

    def __init__(self, type_text: Callable[[str], None]) -> None:
        super().__init__(self._type)
        self._type_text = type_text

    def _type(self, line: CaptionLine) -> None:
        # Typing a line break could send a message before the user has checked it.
        self._type_text(" ".join(line.text.split()) + " ")
