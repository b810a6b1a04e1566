"""Names and colours of the speakers of this run, shared by panel, preview and overlay."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor

from klipnet_live.ui.contrast import readable
from klipnet_live.ui.theme import DARK, Theme

_DARK_PLATE = QColor(16, 18, 22)


class SpeakerBook(QObject):
    """Who is called what. Ids come from the tracker; names and colours can be chosen.

    Names and colours may be asked for from any thread.
    """

    changed = Signal(str)
    """The id of the speaker whose name or colour changed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names: dict[str, str] = {}
        self._colours: dict[str, QColor] = {}
        self._order: list[str] = []
        self._ordering = threading.Lock()

    def name(self, speaker: str) -> str:
        return self._names.get(speaker) or self.tr("Speaker {id}").format(id=speaker)

    def rename(self, speaker: str, name: str) -> None:
        """Gives a name; an empty one brings the numbered name back."""
        self._names[speaker] = name.strip()
        self.changed.emit(speaker)

    def initial(self, speaker: str) -> str:
        """One or two characters that tell speakers apart without colour."""
        name = self._names.get(speaker)
        return name[0].upper() if name else speaker[:2]

    def colour(self, speaker: str, theme: Theme, background: QColor | None = None) -> QColor:
        """The speaker's colour, made readable on the background (by default a bubble)."""
        surface = theme.bubble if background is None else background
        return readable(self._colours.get(speaker) or self._default_colour(speaker, theme), surface)

    def colour_on_dark(self, speaker: str) -> QColor:
        """The speaker's colour on the dark plate of captions in other programs."""
        return self.colour(speaker, DARK, _DARK_PLATE)

    def recolour(self, speaker: str, colour: QColor) -> None:
        self._colours[speaker] = colour
        self.changed.emit(speaker)

    def _default_colour(self, speaker: str, theme: Theme) -> QColor:
        with self._ordering:
            if speaker not in self._order:
                self._order.append(speaker)
        return theme.speakers[self._order.index(speaker) % len(theme.speakers)]
