"""Names and colours of the speakers of this run, shared by panel, preview and overlay."""

from __future__ import annotations

import threading
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor

from klipnet_live.types import OFF_SCREEN, UNSURE
from klipnet_live.ui.core.controller import Request
from klipnet_live.ui.core.pipeline_port import PipelineLike
from klipnet_live.ui.look.contrast import readable
from klipnet_live.ui.look.tokens import DARK, PLATE, Theme

_FORMER = "@"
_SWATCHES = len(DARK.speakers)


class SpeakerBook(QObject):
    """Who is called what. Ids come from the tracker; names and colours can be chosen.

    Another source has other people, whose ids begin at 1 again: they do not inherit the names. Captions of
    the people before keep theirs under an id of their own, `former_id`. Names and colours may be asked for
    from any thread.
    """

    changed = Signal(str)
    """The id of the speaker whose name or colour changed."""
    people_changed = Signal()
    """Somebody is seen for the first time, or other people come."""
    others_come = Signal()
    """Another source begins: from now on the speakers so far are meant by `former_id`."""

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

    def begin(self, _pipeline: PipelineLike, request: Request) -> None:
        """The same source again has the same people, mostly: their names stay."""
        if self._source not in (None, request.source):
            self._sources += 1
            for chosen in (self._names, self._swatches):
                self._make_former(chosen)
            self._people, self._me = [], None
            self._hidden.clear()
            self.others_come.emit()
            self.people_changed.emit()
        self._source = request.source

    def end(self) -> None:
        """Names outlive a pipeline."""

    def former_id(self, speaker: str) -> str:
        """The id of a speaker of the source before; one of an earlier source keeps his."""
        return speaker if _FORMER in speaker else f"{speaker}{_FORMER}{self._sources}"

    @property
    def people(self) -> tuple[str, ...]:
        """Who was seen speaking in this source, in their order."""
        return tuple(self._people)

    def note(self, speaker: str) -> None:
        """This speaker is seen."""
        if speaker not in self._people:
            self._people.append(speaker)
            self.people_changed.emit()

    def name(self, speaker: str) -> str:
        return self.given_name(speaker) or self.numbered_name(speaker)

    def given_name(self, speaker: str) -> str:
        """The name that the user gave; empty where there is none."""
        return self._names.get(speaker, "")

    def numbered_name(self, speaker: str) -> str:
        """What the speaker is called without one."""
        unseen = {OFF_SCREEN: self.tr("Off screen"), UNSURE: self.tr("Someone")}
        return unseen.get(_id(speaker)) or self.tr("Speaker {id}").format(id=_id(speaker))

    def is_hidden(self, speaker: str) -> bool:
        """Whether the speaker's lines are not to be shown."""
        return speaker in self._hidden

    def set_hidden(self, speaker: str, hidden: bool) -> None:
        (self._hidden.add if hidden else self._hidden.discard)(speaker)
        self.changed.emit(speaker)

    def is_me(self, speaker: str) -> bool:
        """Whether the speaker is the user, who knows what he says."""
        return speaker == self._me

    def set_me(self, speaker: str | None) -> None:
        """Says who the user is; None: nobody."""
        before, self._me = self._me, speaker
        for other in (before, speaker):
            if other is not None:
                self.changed.emit(other)

    def swatch(self, speaker: str) -> int:
        """Which of the colours of a theme the speaker has."""
        chosen = self._swatches.get(speaker)
        return self._default_swatch(speaker) if chosen is None else chosen

    def choose_swatch(self, speaker: str, number: int) -> None:
        """Gives the speaker one of the colours of the themes."""
        self._swatches[speaker] = number
        self.changed.emit(speaker)

    def rename(self, speaker: str, name: str) -> None:
        """Gives a name; an empty one brings the numbered name back."""
        self._names[speaker] = name.strip()
        self.changed.emit(speaker)

    def initial(self, speaker: str) -> str:
        """One or two characters that tell speakers apart without colour."""
        name = self._names.get(speaker)
        unseen = {OFF_SCREEN: "↗", UNSURE: "?"}
        return name[0].upper() if name else unseen.get(_id(speaker), _id(speaker)[:2])

    def colour(self, speaker: str, theme: Theme, background: QColor | None = None) -> QColor:
        """The speaker's colour, made readable on the background (by default the window)."""
        surface = theme.window if background is None else background
        return readable(theme.speakers[self.swatch(speaker)], surface)

    def colour_on_dark(self, speaker: str) -> QColor:
        """The speaker's colour on the dark plate of captions in other programs."""
        return self.colour(speaker, DARK, PLATE)

    def _default_swatch(self, speaker: str) -> int:
        """In the order in which they are seen; people of different sources share an id and its colour."""
        number = _id(speaker)
        with self._ordering:
            if number not in self._order:
                self._order.append(number)
            return self._order.index(number) % _SWATCHES

    def _make_former(self, chosen: dict[str, Any]) -> None:
        for speaker in [speaker for speaker in chosen if _FORMER not in speaker]:
            chosen[self.former_id(speaker)] = chosen.pop(speaker)


def _id(speaker: str) -> str:
    """The tracker's id, which people of different sources share."""
    return speaker.partition(_FORMER)[0]
