"""Names and colours of the speakers, shared by panel, preview and overlay."""

from __future__ import annotations

import threading
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor

from klipnet_live.pipeline.base import Pipeline
from klipnet_live.types import OFF_SCREEN, UNSURE
from klipnet_live.ui.core.controller import Request
from klipnet_live.ui.look.contrast import readable
from klipnet_live.ui.look.tokens import DARK, PLATE, Theme

_FORMER = "@"
_SWATCHES = len(DARK.speakers)


class SpeakerBook(QObject):
    """Names and colours by speaker id. Ids come from the tracker; the user can change names and colours.

    Another source has other people, whose ids start at 1 again and who do not inherit the names. Captions of
    the previous people keep theirs under `former_id`. Names and colours may be read from any thread.
    """

    changed = Signal(str)
    """The id of the speaker whose name or colour changed."""
    people_changed = Signal()
    """A new person has been seen, or another source has replaced all people."""
    speakers_replaced = Signal()
    """Another source has begun: previous speakers are now identified by `former_id`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names: dict[str, str] = {}
        self._swatches: dict[str, int] = {}
        self._order: list[str] = []
        self._ordering = threading.Lock()
        self._people: list[str] = []
        self._hidden: set[str] = set()
        self._me: str | None = None
        self._source: str | None = None
        self._sources = 0

    def begin(self, _pipeline: Pipeline, request: Request) -> None:
        """Keep the names if the same source starts again; otherwise begin with new people."""
        if self._source not in (None, request.source):
            self._sources += 1
            for chosen in (self._names, self._swatches):
                self._make_former(chosen)
            self._people, self._me = [], None
            self._hidden.clear()
            self.speakers_replaced.emit()
            self.people_changed.emit()
        self._source = request.source

    def end(self) -> None:
        """Do nothing: names outlive a pipeline."""

    def former_id(self, speaker: str) -> str:
        """The id of a speaker of the previous source; ids of earlier sources are unchanged."""
        return speaker if _FORMER in speaker else f"{speaker}{_FORMER}{self._sources}"

    @property
    def people(self) -> tuple[str, ...]:
        """Ids of the people who have spoken in this source, in order of appearance."""
        return tuple(self._people)

    def note(self, speaker: str) -> None:
        """Record that this speaker has spoken."""
        if speaker not in self._people:
            self._people.append(speaker)
            self.people_changed.emit()

    def name(self, speaker: str) -> str:
        return self.given_name(speaker) or self.numbered_name(speaker)

    def given_name(self, speaker: str) -> str:
        """The name given by the user; empty if there is none."""
        return self._names.get(speaker, "")

    def numbered_name(self, speaker: str) -> str:
        """The default name of a speaker, such as "Speaker 1"."""
        unseen = {OFF_SCREEN: self.tr("Off screen"), UNSURE: self.tr("Someone")}
        return unseen.get(_id(speaker)) or self.tr("Speaker {id}").format(id=_id(speaker))

    def is_hidden(self, speaker: str) -> bool:
        """Whether the speaker's lines are hidden."""
        return speaker in self._hidden

    def set_hidden(self, speaker: str, hidden: bool) -> None:
        (self._hidden.add if hidden else self._hidden.discard)(speaker)
        self.changed.emit(speaker)

    def is_me(self, speaker: str) -> bool:
        """Whether the speaker is the user, whose lines the overlay does not show."""
        return speaker == self._me

    def set_me(self, speaker: str | None) -> None:
        """Set which speaker is the user; None: nobody."""
        before, self._me = self._me, speaker
        for other in (before, speaker):
            if other is not None:
                self.changed.emit(other)

    def swatch(self, speaker: str) -> int:
        """Index of the speaker's colour in the theme."""
        chosen = self._swatches.get(speaker)
        return self._default_swatch(speaker) if chosen is None else chosen

    def choose_swatch(self, speaker: str, number: int) -> None:
        """Set the speaker's colour by its index in the theme."""
        self._swatches[speaker] = number
        self.changed.emit(speaker)

    def rename(self, speaker: str, name: str) -> None:
        """Set a name; an empty one restores the default name."""
        self._names[speaker] = name.strip()
        self.changed.emit(speaker)

    def initial(self, speaker: str) -> str:
        """One or two characters that distinguish speakers without colour."""
        name = self._names.get(speaker)
        unseen = {OFF_SCREEN: "↗", UNSURE: "?"}
        return name[0].upper() if name else unseen.get(_id(speaker), _id(speaker)[:2])

    def colour(self, speaker: str, theme: Theme, background: QColor | None = None) -> QColor:
        """The speaker's colour, adjusted for contrast on the background (by default the window)."""
        surface = theme.window if background is None else background
        return readable(theme.speakers[self.swatch(speaker)], surface)

    def colour_on_dark(self, speaker: str) -> QColor:
        """The speaker's colour on the dark plate of captions in other programs."""
        return self.colour(speaker, DARK, PLATE)

    def _default_swatch(self, speaker: str) -> int:
        """Colours follow the order of appearance; people of different sources with one id share a colour."""
        number = _id(speaker)
        with self._ordering:
            if number not in self._order:
                self._order.append(number)
            return self._order.index(number) % _SWATCHES

    def _make_former(self, chosen: dict[str, Any]) -> None:
        for speaker in [speaker for speaker in chosen if _FORMER not in speaker]:
            chosen[self.former_id(speaker)] = chosen.pop(speaker)


def _id(speaker: str) -> str:
    """The tracker's id, without the suffix of former speakers."""
    return speaker.partition(_FORMER)[0]
