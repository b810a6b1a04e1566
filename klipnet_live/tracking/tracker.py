"""Follow every face in view: ids that stay, and a mouth crop of each in every frame.

Finding landmarks costs far more than cutting a mouth. So each frame has room for the landmarks of a few
faces only; those whose mouths move come first, and all others are cut at the place where they last were.
"""

from __future__ import annotations

from dataclasses import dataclass

from klipnet_live.lips.crop import CropGeometry
from klipnet_live.tracking.appearance import SAME_FACE, signature, similarity
from klipnet_live.tracking.effort import Effort
from klipnet_live.tracking.networks import Networks, borrow, give_back
from klipnet_live.tracking.roster import Roster, covers
from klipnet_live.tracking.search import Search, reading_order
from klipnet_live.tracking.track import Track, around
from klipnet_live.types import FPS, Box, Face, Frame, Image, Mouth, TrackedFace

_EAGER_FRAMES = 10
_EAGER_REGIONS = 4
_SHORTEST_STEP = 0.5


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen in one frame: all known faces that are in view, and the mouth of each.

    `interrupted`: speakers who are still where they were, but at another moment: the video was cut.
    """

    faces: tuple[TrackedFace, ...]
    mouths: tuple[Mouth, ...]
    interrupted: tuple[str, ...] = ()


class FaceTracker:
    """Call `update` with every frame. `effort` may be changed between frames."""

    def __init__(
        self,
        geometry: CropGeometry | None = None,
        effort: Effort | None = None,
        networks: Networks | None = None,
    ) -> None:
        self._networks = networks or borrow()
        self._landmarker = self._networks.landmarker
        self._search = Search(self._networks.detector)
        self._roster = Roster(geometry or CropGeometry())
        self.effort = effort or Effort()
        self._frames = 0
        self._last_s: float | None = None
        self._size: tuple[int, int] | None = None
        self._eager_for = _EAGER_FRAMES
        self._interrupted: list[str] = []

    def update(self, frame: Frame) -> Seen:
        """Faces and mouths in this frame."""
        self._interrupted = []
        self._notice_size(frame.image)
        if frame.after_leap:
            self._interrupt_all()
        self._follow(frame.image, self._step_to(frame.time_s))
        self._find_new(frame.image)
        self._frames += 1
        tracks = [track for track in self._roster.present if track.is_visible]
        mouths = tuple(
            Mouth(track.speaker, frame.time_s, track.cut(frame.image, frame.time_s)) for track in tracks
        )
        faces = tuple(TrackedFace(track.speaker, track.face) for track in tracks)
        return Seen(faces, mouths, tuple(self._interrupted))

    def close(self) -> None:
        give_back(self._networks)

    def _notice_size(self, image: Image) -> None:
        """Calls change the size of a video with the speed of the line: known faces change with it."""
        size = image.shape[1], image.shape[0]
        if self._size is not None and self._size != size:
            for track in self._roster.present:
                track.rescale(size[0] / self._size[0], size[1] / self._size[1])
        self._size = size

    def _interrupt_all(self) -> None:
        """The pictures go on at another moment: whoever is still there begins anew."""
        for track in self._roster.present:
            self._interrupted.append(track.speaker)
            track.is_cut = True

    def _step_to(self, time_s: float) -> float:
        """Frames of 1/25 s since the frame before; a clock that stands still or goes back stops no work."""
        step = 1.0 if self._last_s is None else (time_s - self._last_s) * FPS
        self._last_s = time_s
        return max(step, _SHORTEST_STEP)

    def _follow(self, image: Image, step: float) -> None:
        for track in self._roster.present:
            track.notice(image, step)
        for track in self._due():
            if track.age and not self._look_again(track, image) and track.missed == 1:
                self._eager_for = _EAGER_FRAMES
        self._roster.forget_missed()

    def _due(self) -> list[Track]:
        """The faces to look at now, the most overdue first."""
        waiting = [(track.overdue(self.effort), track) for track in self._roster.present]
        due = sorted((pair for pair in waiting if pair[0] >= 1), key=lambda pair: -pair[0])
        return [track for _, track in due[: self.effort.landmarks_per_frame]]

    def _look_again(self, track: Track, image: Image) -> bool:
        """Look for a face where it was; false when it is not there."""
        face = self._landmarker.in_box(image, track.search_box)
        if face is None:
            track.miss(displaced=track.displaced or track.is_cut)
            return False
        looks = signature(image, face)
        owner = self._roster.owner(track, face, looks, lambda other: self._still_there(other, image))
        if owner is track:
            self._place(track, face)
            track.learn_looks(looks)
            return True
        track.miss(displaced=True)
        if owner is not None:
            self._roster.move(owner, face)
        return False

    def _still_there(self, track: Track, image: Image) -> bool:
        if track.age == 0:
            return not track.missed
        face = self._landmarker.in_box(image, track.search_box)
        if face is None or similarity(signature(image, face), track.looks) < SAME_FACE:
            return False
        self._place(track, face)
        return True

    def _place(self, track: Track, face: Face) -> None:
        """A face was found where it was before; one that has not moved was lit anew rather than cut."""
        if track.is_cut and track.has_moved(face):
            if track.speaker not in self._interrupted:
                self._interrupted.append(track.speaker)
            track.place_anew(face)
        else:
            track.place(face)
        self._roster.make_way(track)

    def _find_new(self, image: Image) -> None:
        """Look for faces in a few regions; in more of them when someone has just come or gone."""
        if self._eager_for:
            self._eager_for -= 1
            regions = _EAGER_REGIONS
        elif self._roster.present and self._frames % self.effort.search_every:
            return
        else:
            regions = 1
        for box in reading_order(list(self._search.look(image, regions))):
            if not self._is_known(box):
                self._greet(image, box)

    def _greet(self, image: Image, box: Box) -> None:
        face = self._landmarker.in_box(image, around(box))
        if face is None or self._is_known(face.box):
            return
        self._eager_for = _EAGER_FRAMES
        self._roster.welcome(face, signature(image, face), lambda track: self._still_there(track, image))

    def _is_known(self, box: Box) -> bool:
        return any(not track.missed and covers(track.face.box, box) for track in self._roster.present)
