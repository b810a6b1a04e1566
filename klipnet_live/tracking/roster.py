"""Who is known: the faces in view, the faces out of sight, and whose face a picture shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import count

from klipnet_live.lips.crop import CropGeometry
from klipnet_live.tracking.appearance import SAME_FACE, STRANGER, STRANGER_AFTER_CUT, similarity
from klipnet_live.tracking.track import Track
from klipnet_live.types import Box, Face, FloatArray

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
            self.make_way(track)
        else:
            self.move(track, face)
        return track

    def owner(self, track: Track, face: Face, looks: FloatArray, still_there: StillThere) -> Track | None:
        """Whose face was found where `track` was: its own, another known one's, or a stranger's (None).

        Galleries change their layout, and a speaker view shows one person after the other. A face that
        another present track follows stays with that track, unless this one is known for longer and
        looks the same.
        """
        own = similarity(looks, track.looks)
        holder = next((other for other in self._holders(face) if other is not track), None)
        if holder is not None:
            return track if _takes_over(track, holder, looks) else holder
        if own >= SAME_FACE:
            return self._known_for_longer(track, looks) or track
        others = [other for other in self._everyone() if other is not track]
        alike = _alike(others, looks, lambda _: max(own, SAME_FACE))
        for other in alike:
            if other in self._absent or not still_there(other):
                return other
        is_own = own >= _stranger(track) or (not alike and track.may_be_in_other_light(face))
        return track if is_own else None

    def move(self, track: Track, face: Face) -> None:
        """A known face came back or was found in another place."""
        if track in self._holders(face):
            return
        track.place_anew(face)
        if track in self._absent:
            self._absent.remove(track)
            self.present.append(track)
        self.make_way(track)

    def make_way(self, track: Track) -> None:
        """`track` was found: a present track that covers the same face has lost it.

        Two tracks on one face would write each line twice, for as long as the face is in view.
        """
        for other in self._holders(track.face):
            if other is not track:
                other.miss(displaced=True)

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

    def _holders(self, face: Face) -> list[Track]:
        """Present tracks that follow this face, where it was found at the last look at each of them."""
        return [track for track in self.present if not track.missed and covers(track.face.box, face.box)]

    def _known_for_longer(self, track: Track, looks: FloatArray) -> Track | None:
        """The first name of somebody who got a second one, for example while the light was strange."""
        out_of_sight = [other for other in self._everyone() if other.missed]
        alike = _alike(out_of_sight, looks, lambda _: SAME_FACE)
        return next((other for other in alike if _takes_over(other, track, looks)), None)

    def _everyone(self) -> list[Track]:
        return self.present + self._absent


def _takes_over(track: Track, holder: Track, looks: FloatArray) -> bool:
    """Whether a face belongs to an earlier track than the one that follows it; not in mid-sentence."""
    earlier = int(track.speaker) < int(holder.speaker)
    return earlier and similarity(looks, track.looks) >= SAME_FACE and not holder.is_moving


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
