"""A caption as rows of coloured text, before it is painted or written."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from klipnet_live.captions.line_break import Limits, latest_page
from klipnet_live.captions.on_screen import ShownCaption


@dataclass(frozen=True, slots=True)
class Row:
    """One line on the picture. `name` is in the speaker's colour, empty but in the first row."""

    name: str
    colour: str
    committed: str
    tentative: str


def rows_of(caption: ShownCaption, limits: Limits) -> list[Row]:
    """The latest two lines of the caption, the text that may still change kept apart."""
    name = caption.look.name and f"{caption.look.name}  "
    lines = latest_page(caption.text, limits.of(caption.text))
    parts = _split_tentative(lines, caption.tentative)
    return [
        Row(name if number == 0 else "", caption.look.colour, committed, tentative)
        for number, (committed, tentative) in enumerate(parts)
    ]


def _split_tentative(lines: Sequence[str], tentative: str) -> list[tuple[str, str]]:
    """Each line as its committed and tentative part; line breaks took the place of spaces."""
    left = len("".join(unicodedata.normalize("NFC", tentative).split()))
    parts: list[tuple[str, str]] = []
    for line in reversed(lines):
        cut = len(line)
        while cut and left:
            cut -= 1
            left -= line[cut] != " "
        parts.append((line[:cut], line[cut:]))
    return parts[::-1]
