"""Tracks all faces in view with stable ids, and crops each mouth in every frame.

Finding landmarks costs far more than cropping a mouth. So landmarks are computed for only a few faces per
frame, speaking ones first; the mouths of all others are cropped at their last position.
"""

from __future__ import annotations

from dataclasses import dataclass

from klipnet_live.lips.crop import CropGeometry
from klipnet_live.tracking.appearance import signature
from klipnet_live.tracking.effort import Effort
from klipnet_live.tracking.networks import Networks, borrow, give_back
from klipnet_live.tracking.roster import FoundFace, Roster
from klipnet_live.tracking.search import Search, reading_order
from klipnet_live.tracking.track import around
from klipnet_live.types import FPS, Box, FloatArray, Frame, Image, Mouth, TrackedFace

_EAGER_FRAMES = 10
_EAGER_REGIONS = 4
_SHORTEST_STEP = 0.5


@dataclass(frozen=True, slots=True)
class Person:
    """A person known to a tracker. `looks`: a `signature`; `box`: of the face, None while out of view."""

    speaker: str
    looks: FloatArray
    box: Box | None


@dataclass(frozen=True, slots=True)
class Seen:
    """Faces in view in one frame, and the mouth of each.

    `interrupted`: speakers who are still at their place after a cut before this frame.
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
        self._search = Search(self._networks.detector)
        self._roster = Roster(geometry or CropGeometry())
        self.effort = effort or Effort()
        self._frames = 0
        self._last_s: float | None = None
        self._size: tuple[int, int] | None = None
        self._eager_for = _EAGER_FRAMES

    def update(self, frame: Frame) -> Seen:
        """Faces and mouths in this frame."""
        self._notice(frame)
        self._follow_known(frame.image)
        self._find_new(frame.image)
        return self._seen(frame)

    @property
    def met(self) -> int:
        """Number of people so far, which is the id of the newest."""
        return self._roster.met

    def people(self) -> tuple[Person, ...]:
        """All known people, in order of first appearance."""
        present = [Person(track.speaker, track.looks, track.face.box) for track in self._roster.present]
        absent = [Person(track.speaker, track.looks, None) for track in self._roster.absent]
        return tuple(sorted((*present, *absent), key=lambda person: int(person.speaker)))

    def close(self) -> None:
        give_back(self._networks)

    def _notice(self, frame: Frame) -> None:
        """Process changes since the previous frame: image size, time, and each face's surroundings."""
        size = frame.image.shape[1], frame.image.shape[0]
        # Video calls adapt the resolution to the bandwidth; scale the tracks accordingly.
        if self._size is not None and self._size != size:
            self._roster.rescale(size[0] / self._size[0], size[1] / self._size[1])
        self._size = size
        self._roster.notice(frame.image, self._step_to(frame.time_s), after_leap=frame.after_leap)

    def _step_to(self, time_s: float) -> float:
        """Frames of 1/25 s since the previous frame, limited from below if the clock stops or goes back."""
        step = 1.0 if self._last_s is None else (time_s - self._last_s) * FPS
        self._last_s = time_s
        return max(step, _SHORTEST_STEP)

    def _follow_known(self, image: Image) -> None:
        """Search for faces that are due, the most overdue first."""
        waiting = [(track.overdue(self.effort), track) for track in self._roster.present]
        due = sorted((pair for pair in waiting if pair[0] >= 1), key=lambda pair: -pair[0])
        for _, track in due[: self.effort.landmarks_per_frame]:
            # The age is 0 if it was updated already while another track was searched.
            if track.age:
                self._roster.follow(track, lambda box: self._face_in(image, box))
                if track.missed == 1:
                    self._eager_for = _EAGER_FRAMES
        self._roster.forget_missed()

    def _find_new(self, image: Image) -> None:
        """Search a few regions for faces; more of them after someone has appeared or left."""
        frame, self._frames = self._frames, self._frames + 1
        if self._eager_for:
            self._eager_for -= 1
            regions = _EAGER_REGIONS
        elif self._roster.present and frame % self.effort.search_every:
            return
        else:
            regions = 1
        for box in reading_order(list(self._search.look(image, regions))):
            if not self._roster.is_known(box):
                self._identify(image, box)

    def _identify(self, image: Image, box: Box) -> None:
        found = self._face_in(image, around(box))
        if found is not None and not self._roster.is_known(found.face.box):
            self._eager_for = _EAGER_FRAMES
            self._roster.welcome(found, lambda place: self._face_in(image, place))

    def _face_in(self, image: Image, box: Box) -> FoundFace | None:
        """The face in a region of the image; the most expensive step."""
        face = self._networks.landmarker.in_box(image, box)
        return None if face is None else FoundFace(face, signature(image, face))

    def _seen(self, frame: Frame) -> Seen:
        """All faces in view, with mouth crops at the smoothed pose."""
        tracks = [track for track in self._roster.present if track.is_visible]
        crops = [track.cut(frame.image, frame.time_s) for track in tracks]
        return Seen(
            tuple(TrackedFace(track.speaker, track.face) for track in tracks),
            tuple(
                Mouth(track.speaker, frame.time_s, crop) for track, crop in zip(tracks, crops, strict=True)
            ),
            tuple(self._roster.interrupted),
        )
