"""Identities: tracks in view, tracks out of view, and the track that a face belongs to."""

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
    """A face in the current frame, and its signature."""

    face: Face
    looks: FloatArray


FindFace = Callable[[Box], FoundFace | None]
"""Looks for a face in a region of the current frame."""


class Roster:
    """Assigns ids, which belong to a face for as long as the source runs.

    `met`: number of ids so far. `present`: faces in view, including those missed a few times; `absent`: faces
    out of view. `interrupted`: speakers still at their place after a cut before the current frame.
    """

    def __init__(self, geometry: CropGeometry) -> None:
        self._geometry = geometry
        self.met = 0
        self.present: list[Track] = []
        self.absent: list[Track] = []
        self.interrupted: list[str] = []

    def rescale(self, x: float, y: float) -> None:
        """The image size has changed by these factors."""
        for track in self.present:
            track.rescale(x, y)

    def notice(self, image: Image, step: float, *, after_leap: bool = False) -> None:
        """Process a new frame, `step` frames of 1/25 s after the previous one.

        `after_leap`: there is a discontinuity before it; everyone who is still in view starts anew.
        """
        self.interrupted = [track.speaker for track in self.present] if after_leap else []
        for track in self.present:
            track.is_cut = track.is_cut or after_leap
            track.notice(image, step)

    def follow(self, track: Track, find: FindFace) -> None:
        """Look for a face at its last place. If another person is found there, that track is moved."""
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
        """The track of a face at an unknown place: a lost or moved one, or a new one."""
        track = self._recall(found, find)
        if track is None:
            self.met += 1
            track = Track(str(self.met), found.face, found.looks, self._geometry)
            self.present.append(track)
            self._release_others(track)
        else:
            self._move(track, found.face)
        return track

    def is_known(self, box: Box) -> bool:
        """Whether a track covers this place already."""
        return any(not track.missed and covers(track.face.box, box) for track in self.present)

    def forget_missed(self) -> None:
        """Move tracks that were missed several times in a row to `absent`."""
        lost = [track for track in self.present if track.missed >= _LOST_AFTER_MISSES]
        self.present = [track for track in self.present if track not in lost]
        self.absent = [*self.absent, *lost][-_REMEMBERED_FACES:]

    def _owner(self, track: Track, found: FoundFace, find: FindFace) -> Track | None:
        """The track of the face found at the place of `track`: itself, another one, or None for a new person.

        Galleries change their layout, and a speaker view shows one person after another. A face that another
        present track covers stays with that track, unless this one is older and matches.
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
        is_own = own >= _required_similarity(track) or (not alike and track.may_be_in_other_light(found.face))
        return track if is_own else None

    def _recall(self, found: FoundFace, find: FindFace) -> Track | None:
        def needed(track: Track) -> float:
            """A face that reappears where it was lost may have turned a little."""
            here = track.missed and covers(track.face.box, found.face.box)
            return _required_similarity(track) if here else SAME_FACE

        for track in _alike(self._everyone(), found.looks, needed):
            if track.missed or not self._refresh(track, find):
                return track
        return None

    def _refresh(self, track: Track, find: FindFace) -> bool:
        """Look for a face at its last place, unless this was already done in this frame, and update it.

        False if it is not there; this does not count as a miss, since it may be the face found elsewhere.
        """
        if track.age == 0:
            return not track.missed
        found = find(track.search_box)
        if found is None or similarity(found.looks, track.looks) < SAME_FACE:
            return False
        self._keep(track, found.face)
        return True

    def _keep(self, track: Track, face: Face) -> None:
        """Update a face found at its place; after a cut, one that has not moved was just lit differently."""
        if track.is_cut and track.has_moved(face):
            if track.speaker not in self.interrupted:
                self.interrupted.append(track.speaker)
            track.place_anew(face)
        else:
            track.place(face)
        self._release_others(track)

    def _move(self, track: Track, face: Face) -> None:
        """A known face has returned or was found at another place."""
        if track in self._holders(face):
            return
        track.place_anew(face)
        if track in self.absent:
            self.absent.remove(track)
            self.present.append(track)
        self._release_others(track)

    def _release_others(self, track: Track) -> None:
        """`track` was found: mark other present tracks on the same face as lost.

        Two tracks on one face would produce each line twice.
        """
        for other in self._holders(track.face):
            if other is not track:
                other.miss(displaced=True)

    def _holders(self, face: Face) -> list[Track]:
        """Present tracks that cover this face, according to their last update."""
        return [track for track in self.present if not track.missed and covers(track.face.box, face.box)]

    def _known_for_longer(self, track: Track, looks: FloatArray) -> Track | None:
        """An older track of a person who got a second id, for example in unusual light."""
        out_of_sight = [other for other in self._everyone() if other.missed]
        alike = _alike(out_of_sight, looks, lambda _: SAME_FACE)
        return next((other for other in alike if _takes_over(other, track, looks)), None)

    def _everyone(self) -> list[Track]:
        return self.present + self.absent


def _takes_over(track: Track, holder: Track, looks: FloatArray) -> bool:
    """Whether an older track may take over a face, which does not happen while the face is speaking."""
    earlier = int(track.speaker) < int(holder.speaker)
    return earlier and similarity(looks, track.looks) >= SAME_FACE and not holder.is_moving


def _required_similarity(track: Track) -> float:
    """Minimum similarity of a face at the place of `track` to be the same person."""
    return STRANGER_AFTER_CUT if track.displaced or track.is_cut else STRANGER


def _alike(tracks: Iterable[Track], looks: FloatArray, needed: Callable[[Track], float]) -> list[Track]:
    """Tracks with the required similarity, most similar first."""
    rated = [(similarity(looks, track.looks), track) for track in tracks]
    rated = [(value, track) for value, track in rated if value >= needed(track)]
    return [track for _, track in sorted(rated, key=lambda pair: -pair[0])]


def covers(box: Box, other: Box) -> bool:
    """Whether the centre of one box lies in the other."""
    (x, y), (u, v) = box.centre, other.centre
    return (box.left <= u <= box.right and box.top <= v <= box.bottom) or (
        other.left <= x <= other.right and other.top <= y <= other.bottom
    )
