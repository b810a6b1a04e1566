"""From a video, or from pictures of mouths, to crops at 25 fps: the live app's geometry, offline."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from klipnet_live.capture.video_file import VideoFile
from klipnet_live.lips.crop import CropGeometry, crop_mouth
from klipnet_live.lips.pose import MouthPose, PoseSmoother, mouth_pose
from klipnet_live.lips.resample import Resampler
from klipnet_live.tracking.faces import Landmarker
from klipnet_live.tracking.track import around
from klipnet_live.types import FPS, Box, Face, Frame, Image, UserError
from klipnet_training.data.clips import Crops
from klipnet_training.data.window import MOUTH_PICTURE, Window

MAX_FACES = 4


@dataclass(frozen=True, slots=True)
class MouthTrack:
    """A whole source: crops (frames, 50, 100) u8 at 25 fps, and how many pictures showed no face."""

    crops: Crops
    pictures: int
    faceless: int


class MouthCropper:
    """Crops the mouths of one source after another. `mouths`: every source is pictures of mouths."""

    def __init__(self, window: Window, mouths: bool = False, geometry: CropGeometry | None = None) -> None:
        self._window = window
        self._mouths = mouths
        self._geometry = geometry or CropGeometry()
        self._landmarker: Landmarker | None = None

    def __call__(self, source: Path) -> MouthTrack:
        """Errors: UserError when the source cannot be read or shows no face at all."""
        first = next(_frames(source), None)
        if first is None:
            raise UserError("{path} holds no PNG pictures: check the folder.", path=source)
        if self._mouths or source.is_dir() or first.image.shape[1::-1] == MOUTH_PICTURE:
            pose = self._window.pose(first.image, self._geometry)
            return self._crop(source, lambda _: pose, faceless=0)
        poses, faceless = self._follow(source)
        return self._crop(source, lambda count: poses[count], faceless)

    def _follow(self, source: Path) -> tuple[list[MouthPose], int]:
        """A pose for each picture: without a face the last one holds, before the first face the first."""
        self._landmarker = self._landmarker or Landmarker(MAX_FACES)
        follow = FaceFollower(self._landmarker)
        smooth = PoseSmoother(self._geometry.centre_frames, self._geometry.scale_frames)
        poses: list[MouthPose | None] = []
        faceless = 0
        for frame in _frames(source):
            face = follow(frame.image)
            if face is None:
                faceless += 1
                poses.append(poses[-1] if poses else None)
            else:
                poses.append(smooth(mouth_pose(face.landmarks, self._geometry.alignment), frame.time_s))
        first = next((pose for pose in poses if pose is not None), None)
        if first is None:
            raise UserError("{path} shows no face.", path=source)
        return [pose or first for pose in poses], faceless

    def _crop(self, source: Path, pose_of: Callable[[int], MouthPose], faceless: int) -> MouthTrack:
        resample = Resampler()
        crops, pictures = [], 0
        for count, frame in enumerate(_frames(source)):
            pictures = count + 1
            crop = crop_mouth(frame.image, pose_of(count), self._geometry)
            crops += [at_25_fps for _, at_25_fps in resample.feed(frame.time_s, crop)]
        return MouthTrack(np.stack(crops), pictures, faceless)


class FaceFollower:
    """The face of a video of one speaker: where it was last, else the largest of the picture."""

    def __init__(self, landmarker: Landmarker) -> None:
        self._landmarker = landmarker
        self._around: Box | None = None

    def __call__(self, image: Image) -> Face | None:
        face = self._landmarker.in_box(image, self._around) if self._around else None
        face = face or max(self._landmarker(image), key=_area, default=None)
        self._around = around(face.box) if face else None
        return face


def _area(face: Face) -> float:
    return face.box.width * face.box.height


def _frames(source: Path) -> Iterator[Frame]:
    return _pictures(source) if source.is_dir() else VideoFile(source, "fast").frames()


def _pictures(folder: Path) -> Iterator[Frame]:
    for index, path in enumerate(sorted(folder.glob("*.png"))):
        # OpenCV opens no path with letters outside the code page on Windows; numpy does.
        image = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_COLOR_RGB)
        if image is None:
            raise UserError("{path} is not a readable picture.", path=path)
        yield Frame(index, index / FPS, np.asarray(image, dtype=np.uint8))
