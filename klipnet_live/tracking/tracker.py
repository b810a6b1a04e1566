"""Follow every face in view: ids that stay, and a mouth crop of each in every frame.

Finding landmarks costs far more than cutting a mouth. So each frame has room for the landmarks of a few
faces only; those whose mouths move come first, and all others are cut at the place where they last were.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

from klipnet_live.lips.crop import CropGeometry
from klipnet_live.tracking.appearance import SAME_FACE, signature, similarity
from klipnet_live.tracking.faces import Detector, Landmarker
from klipnet_live.tracking.search import Search
from klipnet_live.tracking.track import Track
from klipnet_live.types import Box, Face, Frame, Image, Mouth, TrackedFace

_LOST_AFTER_MISSES = 5
_SEARCH_EVERY_FRAMES = 5
_SEARCH_REGIONS_NEW = 4
_REMEMBERED_FACES = 32
_MOVING_EVERY_FRAMES = 2
_STILL_EVERY_FRAMES = 8


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen in one frame: all known faces, and the mouth of each."""

    faces: tuple[TrackedFace, ...]
    mouths: tuple[Mouth, ...]


class FaceTracker:
    """Call `update` with every frame. `landmarks_per_frame` bounds the work in one frame."""

    def __init__(self, geometry: CropGeometry | None = None, landmarks_per_frame: int = 4) -> None:
        self._geometry = geometry or CropGeometry()
        self._landmarker, self._detector = Landmarker(), Detector()
        self._search = Search(self._detector)
        self.landmarks_per_frame = landmarks_per_frame
        self._tracks: list[Track] = []
        self._lost: list[Track] = []
        self._ids = count(1)
        self._frames = 0

    def update(self, frame: Frame) -> Seen:
        """Faces and mouths in this frame."""
        self._follow(frame.image)
        self._find_new(frame.image)
        self._frames += 1
        mouths = tuple(Mouth(t.speaker, frame.time_s, t.cut(frame.image)) for t in self._tracks)
        return Seen(tuple(TrackedFace(t.speaker, t.face) for t in self._tracks), mouths)

    def close(self) -> None:
        self._landmarker.close()
        self._detector.close()

    def _follow(self, image: Image) -> None:
        for track in self._tracks:
            track.age += 1
        for track in self._due():
            face = self._landmarker.in_box(image, track.search_box)
            if face is None or not self._is_same(track, face, image):
                track.missed += 1
            else:
                track.place(face)
        for track in [track for track in self._tracks if track.missed >= _LOST_AFTER_MISSES]:
            self._tracks.remove(track)
            self._lost = [*self._lost[1 - _REMEMBERED_FACES :], track]

    def _due(self) -> list[Track]:
        """The faces to look at now: the most overdue first, a moving mouth being due sooner."""
        def overdue(track: Track) -> float:
            wanted = _MOVING_EVERY_FRAMES if track.is_moving or track.missed else _STILL_EVERY_FRAMES
            return track.age / wanted

        waiting = sorted((t for t in self._tracks if overdue(t) >= 1), key=overdue, reverse=True)
        return waiting[: self.landmarks_per_frame]

    def _is_same(self, track: Track, face: Face, image: Image) -> bool:
        """Tiles of a gallery change places: the face found here may be somebody else's."""
        looks = signature(image, face)
        if similarity(looks, track.looks) < SAME_FACE and any(
            similarity(looks, other.looks) > SAME_FACE for other in (*self._tracks, *self._lost) if other is not track
        ):
            return False
        track.learn_looks(looks)
        return True

    def _find_new(self, image: Image) -> None:
        searching = not self._tracks or any(track.missed for track in self._tracks) or self._frames < 25
        if not searching and self._frames % _SEARCH_EVERY_FRAMES:
            return
        for box in self._search.look(image, _SEARCH_REGIONS_NEW if searching else 1):
            if not any(_covers(track.face.box, box) for track in self._tracks):
                self._greet(image, box)

    def _greet(self, image: Image, box: Box) -> None:
        face = self._landmarker.in_box(image, _grown(box))
        if face is None or any(_covers(track.face.box, face.box) for track in self._tracks):
            return
        known = self._recall(face, image)
        if known is None:
            self._tracks.append(Track(str(next(self._ids)), face, image, self._geometry))
            return
        known.restart()
        known.place(face)
        if known in self._lost:
            self._lost.remove(known)
            self._tracks.append(known)

    def _recall(self, face: Face, image: Image) -> Track | None:
        """The track out of sight that looks most like this face."""
        looks = signature(image, face)
        absent = self._lost + [track for track in self._tracks if track.missed]
        best = max(absent, key=lambda track: similarity(looks, track.looks), default=None)
        return best if best is not None and similarity(looks, best.looks) > SAME_FACE else None


def _covers(box: Box, other: Box) -> bool:
    """The centre of one lies in the other."""
    (x, y), (u, v) = box.centre, other.centre
    return (box.left <= u <= box.right and box.top <= v <= box.bottom) or (
        other.left <= x <= other.right and other.top <= y <= other.bottom
    )


def _grown(box: Box) -> Box:
    x, y = box.centre
    reach = max(box.width, box.height)
    return Box(x - reach, y - reach, x + reach, y + reach)
