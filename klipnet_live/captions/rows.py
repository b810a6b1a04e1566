"""A caption as rows of coloured text, before it is painted or written."""

from __future__ import annotations

from dataclasses import dataclass

from klipnet_live.captions.line_break import Limits, latest_page
from klipnet_live.captions.on_screen import ShownCaption
from klipnet_live.captions.runs import UNSURE_BELOW, Run, runs_of, runs_on_lines, text_of


@dataclass(frozen=True, slots=True)
class Row:
    """One line on the picture. `name` is in the speaker's colour, empty but in the first row."""

    name: str
    colour: str
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """What stands after the name."""
        return text_of(self.runs)


def rows_of(caption: ShownCaption, limits: Limits, unsure_below: float = UNSURE_BELOW) -> list[Row]:
    """The latest two lines of the caption, doubt and text that may still change kept apart."""
    name = caption.look.name and f"{caption.look.name}  "
    runs = runs_of(caption.committed, caption.tentative, caption.words, unsure_below)
    shown = text_of(runs)
    lines = latest_page(shown, limits.of(shown))
    return [
        Row(name if number == 0 else "", caption.look.colour, row)
        for number, row in enumerate(runs_on_lines(runs, lines))
    ]
