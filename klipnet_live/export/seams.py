"""Joins the captions of stretches as if the file had been processed in one piece."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from klipnet_live.captions.gaps import text_of
from klipnet_live.lips.crop import CropGeometry
from klipnet_live.media.stretches import Stretch
from klipnet_live.tracking.appearance import SAME_FACE, similarity
from klipnet_live.tracking.roster import covers
from klipnet_live.tracking.tracker import FaceTracker, Person, Seen
from klipnet_live.types import OFF_SCREEN, UNSURE, Box, CaptionEvent, FloatArray, Frame


@dataclass(frozen=True, slots=True)
class Met:
    """People in the first frame of a stretch, in the first frame after its end, or new ones in between."""

    people: tuple[Person, ...]
    when: Literal["start", "between", "end"]


StretchEvent = Met | CaptionEvent

ReportEvent = Callable[[StretchEvent], None]


class SeamTracker(FaceTracker):
    """Reports the people at both ends of a stretch, and new ones in between."""

    def __init__(self, geometry: CropGeometry, stretch: Stretch, report: ReportEvent) -> None:
        super().__init__(geometry)
        self._stretch, self._report = stretch, report
        self._known = -1
        self._ended = False

    def update(self, frame: Frame) -> Seen:
        seen = super().update(frame)
        if self._ended or frame.time_s < self._stretch.start_s:
            return seen
        if frame.time_s >= self._stretch.end_s:
            self._ended = True
            self._report(Met(self.people(), "end"))
        elif self._known < 0:
            self._known = self.met
            self._report(Met(self.people(), "start"))
        elif self.met > self._known:
            fresh = [person for person in self.people() if int(person.speaker) > self._known]
            self._known = self.met
            self._report(Met(tuple(fresh), "between"))
        return seen


class Joiner:
    """Converts events of consecutive stretches to events of the whole file.

    People keep their ids: at a seam by the position of their faces, otherwise by appearance. Each line comes
    from the stretch in which it begins; words at a seam are not duplicated. `take` is thread-safe.
    """

    def __init__(self, put: Callable[[CaptionEvent], object]) -> None:
        self._put = put
        self._lock = threading.Lock()
        self._looks: dict[str, FloatArray] = {}
        self._at_seam: dict[str, Box] = {}
        self._names: dict[str, str] = {}
        self._numbers: dict[int, int] = {}
        self._people = self._lines = 0
        self._said_until_s: dict[str, float] = {}
        self._ends_s: dict[str, float] = {}
        self._stretch = Stretch()

    def begin(self, stretch: Stretch) -> None:
        """Start the next stretch."""
        with self._lock:
            self._stretch = stretch
            self._names, self._numbers = {}, {}
            self._said_until_s, self._ends_s = self._ends_s, {}

    def take(self, event: StretchEvent) -> None:
        with self._lock:
            if isinstance(event, Met):
                self._meet(event)
            elif (own := self._own(event)) is not None:
                self._put(own)

    def _meet(self, met: Met) -> None:
        if met.when == "end":
            known = [(self._names[one.speaker], one) for one in met.people if one.speaker in self._names]
            self._looks |= {name: one.looks for name, one in known}
            self._at_seam = {name: one.box for name, one in known if one.box is not None}
            return
        if met.when == "start":
            for person in met.people:
                self._name(person, self._in_place(person))
        for person in met.people:
            if person.speaker not in self._names:
                self._name(person, self._alike(person) or self._new_name())

    def _name(self, person: Person, name: str | None) -> None:
        if name is not None:
            self._names[person.speaker] = name
            self._looks[name] = person.looks

    def _in_place(self, person: Person) -> str | None:
        """The person whose face was at this position."""
        if person.box is None:
            return None
        here = (name for name in self._free(self._at_seam) if covers(self._at_seam[name], person.box))
        return next(here, None)

    def _alike(self, person: Person) -> str | None:
        """The person with the same appearance who is not assigned yet."""
        rated = [(similarity(self._looks[name], person.looks), name) for name in self._free(self._looks)]
        best, name = max(rated, default=(-1.0, ""))
        return name if best >= SAME_FACE else None

    def _free(self, names: Iterable[str]) -> list[str]:
        return [name for name in names if name not in self._names.values()]

    def _own(self, event: CaptionEvent) -> CaptionEvent | None:
        """The event in the whole file; None if it belongs to another stretch."""
        speaker = self._named(event.speaker)
        if event.line not in self._numbers:
            own = self._part(event, self._said_until_s.get(speaker, -math.inf))
            if own is None:
                return None
            event = own
            self._lines += 1
            self._numbers[event.line] = self._lines
        self._ends_s[speaker] = max(self._ends_s.get(speaker, event.end_s), event.end_s)
        return replace(event, speaker=speaker, line=self._numbers[event.line])

    def _named(self, speaker: str) -> str:
        if speaker in (OFF_SCREEN, UNSURE):
            return speaker
        if speaker not in self._names:
            self._names[speaker] = self._new_name()
        return self._names[speaker]

    def _new_name(self) -> str:
        self._people += 1
        return str(self._people)

    def _part(self, event: CaptionEvent, said_until_s: float) -> CaptionEvent | None:
        """The part of a line that belongs to this stretch and is new. Lines that are open at the seam are
        decided when they are complete."""
        if not self._stretch.start_s:
            return event if event.start_s < self._stretch.end_s else None
        if event.start_s >= self._stretch.end_s or event.end_s <= self._stretch.start_s:
            return None
        if event.start_s >= max(said_until_s, self._stretch.start_s):
            return event
        if event.event != "completed":
            return None
        return _after(event, said_until_s)


def _after(event: CaptionEvent, time_s: float) -> CaptionEvent | None:
    """The words of a completed line after `time_s`, if any."""
    if not event.words:
        return event if (event.start_s + event.end_s) / 2 > time_s else None
    words = tuple(word for word in event.words if (word.start_s + word.end_s) / 2 > time_s)
    if len(words) == len(event.words):
        return event
    if not any(word.readable for word in words):
        return None
    return replace(event, start_s=words[0].start_s, committed=text_of(words), tentative="", words=words)
