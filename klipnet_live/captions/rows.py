"""A caption as rows of styled text, before it is painted or printed."""

from __future__ import annotations

from dataclasses import dataclass

from klipnet_live.captions.line_break import LineLimits, latest_page
from klipnet_live.captions.on_screen import ShownCaption
from klipnet_live.captions.runs import TextRun, runs_of, runs_on_lines, text_of


@dataclass(frozen=True, slots=True)
class Row:
    """One line on the image. `name` has the speaker's colour; only the first row has a name."""

    name: str
    colour: str
    runs: tuple[TextRun, ...]

    @property
    def text(self) -> str:
        """Text after the name."""
        return text_of(self.runs)


def rows_of(caption: ShownCaption, limits: LineLimits) -> list[Row]:
    """The last two lines of the caption, with unsure and tentative text in separate runs."""
    name = caption.style.name and f"{caption.style.name}  "
    runs = runs_of(caption.committed, caption.tentative, caption.words)
    shown = text_of(runs)
    lines = latest_page(shown, limits.of(shown))
    return [
        Row(name if number == 0 else "", caption.style.colour, row)
        for number, row in enumerate(runs_on_lines(runs, lines))
    ]
