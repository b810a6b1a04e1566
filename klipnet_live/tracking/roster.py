"""Who is known: the faces in view, the faces out of sight, and whose face a picture shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import count

from klipnet_live.lips.crop import CropGeometry
from klipnet_live.tracking.appearance import SAME_FACE, similarity
from klipnet_live.tracking.track import Track
from klipnet_live.types import Box, Face, FloatArray

STRANGER = 0.6
"""A face less similar than this to the one that was there before is another one."""

STRANGER_AFTER_CUT = 0.78
"""The same where the picture has changed at once: nobody turns in no time."""

_LOST_AFTER_MISSES = 5
_REMEMBERED_FACES = 32

StillThere = Callable[[Track], bool]
"""Looks whether a face is still where it was last seen."""


class Roster:
    """Ids are given once and stay with the looks of a face for as long as the source runs."""

    def __init__(self, geometry: CropGeometry) -> None:
        self._geometry = geometry
        self._ids = count(1)
        self._absent: list[Track] = []
        self.present: list[Track] = []

    def welcome(self, face: Face, looks: FloatArray, still_there: StillThere) -> Track:
        """The track of a face found where none was known: one that was lost or has moved, or a new one."""
        track = self._recall(face, looks, still_there)
        if track is None:
            track = Track(str(next(self._ids)), face, looks, self._geometry)
            self.present.append(track)
        else:
            self.move(track, face)
        return track

    def owner(self, track: Track, looks: FloatArray, still_there: StillThere) -> Track | None:
        """Whose face was found where `track` was: its own, another known one's, or a stranger's (None).

        Galleries change their layout, and a speaker view shows one person after the other.
        """
        own = similarity(looks, track.looks)
        if own >= SAME_FACE:
            return track
        others = [other for other in self._everyone() if other is not track]
        for other in _alike(others, looks, lambda _: max(own, SAME_FACE)):
            if other in self._absent or not still_there(other):
                return other
        return track if own >= _stranger(track) else None

    def move(self, track: Track, face: Face) -> None:
        """A known face came back or was found in another place."""
        track.place_anew(face)
        if track in self._absent:
            self._absent.remove(track)
            self.present.append(track)

    def forget_missed(self) -> None:
        """Faces that were not found several times in a row are out of sight."""
        lost = [track for track in self.present if track.missed >= _LOST_AFTER_MISSES]
        self.present = [track for track in self.present if track not in lost]
        self._absent = [*self._absent, *lost][-_REMEMBERED_FACES:]

    def _recall(self, face: Face, looks: FloatArray, still_there: StillThere) -> Track | None:
        def needed(track: Track) -> float:
            """A face that comes back where it was lost may have turned a little."""
            here = track.missed and covers(track.face.box, face.box)
            return _stranger(track) if here else SAME_FACE

        for track in _alike(self._everyone(), looks, needed):
            if track.missed or not still_there(track):
                return track
        return None

    def _everyone(self) -> list[Track]:
        return self.present + self._absent


def _stranger(track: Track) -> float:
    """A face in the place of `track` that is less similar to it is not its own."""
    return STRANGER_AFTER_CUT if track.displaced or track.is_cut else STRANGER


def _alike(tracks: Iterable[Track], looks: FloatArray, needed: Callable[[Track], float]) -> list[Track]:
    """Tracks that look like it by at least what is needed, the most similar first."""
    rated = [(similarity(looks, track.looks), track) for track in tracks]
    rated = [(value, track) for value, track in rated if value >= needed(track)]
    return [track for _, track in sorted(rated, key=lambda pair: -pair[0])]


def covers(box: Box, other: Box) -> bool:
    """The centre of one lies in the other."""
    (x, y), (u, v) = box.centre, other.centre
    return (box.left <= u <= box.right and box.top <= v <= box.bottom) or (
        other.left <= x <= other.right and other.top <= y <= other.bottom
    )
