"""Who is known: the faces in view, the faces out of sight, and whose face a picture shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from klipnet_live.lips.crop import CropGeometry
from klipnet_live.tracking.appearance import SAME_FACE, STRANGER, STRANGER_AFTER_CUT, similarity
from klipnet_live.tracking.track import Track
from klipnet_live.types import Box, Face, FloatArray, Image

_LOST_AFTER_MISSES = 5
_REMEMBERED_FACES = 32


@dataclass(frozen=True, slots=True)
class FoundFace:
    """A face in the present frame, and its signature."""

    face: Face
    looks: FloatArray


FindFace = Callable[[Box], FoundFace | None]
"""Looks for a face in a part of the present frame."""


class Roster:
    """Ids are given once and stay with the looks of a face for as long as the source runs.

    `met` counts them. `present`: the faces in view, and those missed a few times; `absent`: out of sight.
    `interrupted`: speakers who in this frame are still where they were, but at another moment.
    """

    def __init__(self, geometry: CropGeometry) -> None:
        self._geometry = geometry
        self.met = 0
        self.present: list[Track] = []
        self.absent: list[Track] = []
        self.interrupted: list[str] = []

    def rescale(self, x: float, y: float) -> None:
        """The pictures have another size from now on, by these factors."""
        for track in self.present:
            track.rescale(x, y)

    def notice(self, image: Image, step: float, *, after_leap: bool = False) -> None:
        """Another frame, `step` frames of 1/25 s after the one before.

        `after_leap`: the pictures go on at another moment, and whoever is still there begins anew.
        """
        self.interrupted = [track.speaker for track in self.present] if after_leap else []
        for track in self.present:
            track.is_cut = track.is_cut or after_leap
            track.notice(image, step)

    def follow(self, track: Track, find: FindFace) -> None:
        """Look for a face where it was. What is found there may be somebody else, who is put there then."""
        found = find(track.search_box)
        if found is None:
            track.miss(displaced=track.displaced or track.is_cut)
            return
        owner = self._owner(track, found, find)
        if owner is track:
            self._keep(track, found.face)
            track.learn_looks(found.looks)
            return
        track.miss(displaced=True)
        if owner is not None:
            self._move(owner, found.face)

    def welcome(self, found: FoundFace, find: FindFace) -> Track:
        """The track of a face found where none was known: one that was lost or has moved, or a new one."""
        track = self._recall(found, find)
        if track is None:
            self.met += 1
            track = Track(str(self.met), found.face, found.looks, self._geometry)
            self.present.append(track)
            self._make_way(track)
        else:
            self._move(track, found.face)
        return track

    def is_known(self, box: Box) -> bool:
        """Whether a face in this place is followed already."""
        return any(not track.missed and covers(track.face.box, box) for track in self.present)

    def forget_missed(self) -> None:
        """Faces that were not found several times in a row are out of sight."""
        lost = [track for track in self.present if track.missed >= _LOST_AFTER_MISSES]
        self.present = [track for track in self.present if track not in lost]
        self.absent = [*self.absent, *lost][-_REMEMBERED_FACES:]

    def _owner(self, track: Track, found: FoundFace, find: FindFace) -> Track | None:
        """Whose face was found where `track` was: its own, another known one's, or a stranger's (None).

        Galleries change their layout, and a speaker view shows one person after the other. A face that
        another present track follows stays with that track, unless this one is known for longer and
        looks the same.
        """
        own = similarity(found.looks, track.looks)
        holder = next((other for other in self._holders(found.face) if other is not track), None)
        if holder is not None:
            return track if _takes_over(track, holder, found.looks) else holder
        if own >= SAME_FACE:
            return self._known_for_longer(track, found.looks) or track
        others = [other for other in self._everyone() if other is not track]
        alike = _alike(others, found.looks, lambda _: max(own, SAME_FACE))
        for other in alike:
            if other in self.absent or not self._refresh(other, find):
                return other
        is_own = own >= _stranger(track) or (not alike and track.may_be_in_other_light(found.face))
        return track if is_own else None

    def _recall(self, found: FoundFace, find: FindFace) -> Track | None:
        def needed(track: Track) -> float:
            """A face that comes back where it was lost may have turned a little."""
            here = track.missed and covers(track.face.box, found.face.box)
            return _stranger(track) if here else SAME_FACE

        for track in _alike(self._everyone(), found.looks, needed):
            if track.missed or not self._refresh(track, find):
                return track
        return None

    def _refresh(self, track: Track, find: FindFace) -> bool:
        """Look for a face where it was, unless that was done in this frame, and keep it there.

        False where it is not there; it is not missed then, since it may be what was found elsewhere.
        """
        if track.age == 0:
            return not track.missed
        found = find(track.search_box)
        if found is None or similarity(found.looks, track.looks) < SAME_FACE:
            return False
        self._keep(track, found.face)
        return True

    def _keep(self, track: Track, face: Face) -> None:
        """A face was found where it was before; one that has not moved was lit anew rather than cut."""
        if track.is_cut and track.has_moved(face):
            if track.speaker not in self.interrupted:
                self.interrupted.append(track.speaker)
            track.place_anew(face)
        else:
            track.place(face)
        self._make_way(track)

    def _move(self, track: Track, face: Face) -> None:
        """A known face came back or was found in another place."""
        if track in self._holders(face):
            return
        track.place_anew(face)
        if track in self.absent:
            self.absent.remove(track)
            self.present.append(track)
        self._make_way(track)

    def _make_way(self, track: Track) -> None:
        """`track` was found: a present track that covers the same face has lost it.

        Two tracks on one face would write each line twice, for as long as the face is in view.
        """
        for other in self._holders(track.face):
            if other is not track:
                other.miss(displaced=True)

    def _holders(self, face: Face) -> list[Track]:
        """Present tracks that follow this face, where it was found at the last look at each of them."""
        return [track for track in self.present if not track.missed and covers(track.face.box, face.box)]

    def _known_for_longer(self, track: Track, looks: FloatArray) -> Track | None:
        """The first name of somebody who got a second one, for example while the light was strange."""
        out_of_sight = [other for other in self._everyone() if other.missed]
        alike = _alike(out_of_sight, looks, lambda _: SAME_FACE)
        return next((other for other in alike if _takes_over(other, track, looks)), None)

    def _everyone(self) -> list[Track]:
        return self.present + self.absent


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
