"""Crops mouths at 25 fps from videos or mouth images, with the same geometry as the live app."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from klipnet_live.capture.video_file import MAX_SIDE_PX, VideoFile
from klipnet_live.lips.crop import CropGeometry, crop_mouth
from klipnet_live.lips.pose import MouthPose, PoseSmoother, mouth_pose
from klipnet_live.lips.resample import CropResampler
from klipnet_live.media.timeline import MAX_STEP_S
from klipnet_live.tracking.faces import Landmarker
from klipnet_live.tracking.track import around
from klipnet_live.types import FPS, Box, Face, Frame, GreyImage, Image, UserError
from klipnet_training.data.clips import Crops
from klipnet_training.data.files import pictures_in, read_picture
from klipnet_training.data.window import MOUTH_IMAGE_SIZE, Window

MAX_FACES = 4

_MAX_PICTURE_BYTES = 100_000_000
"""Of a file; the rest of a larger one is not read."""

_PNG_HEADER, _PNG_SIGNATURE = struct.Struct(">8s8xII"), b"\x89PNG\r\n\x1a\n"
"""Signature, width and height; PNG specification, 5.2 and 11.2.1."""


@dataclass(frozen=True, slots=True)
class SourceMouths:
    """A whole source: crops (frames, 50, 100) uint8 at 25 fps, and the numbers of images and faceless images.

    `times_s`: presentation time of each crop, (frames,); `remark`: a note for the user.
    """

    crops: Crops
    pictures: int
    faceless: int
    times_s: NDArray[np.float64]
    remark: str = ""


class MouthCropper:
    """Crops the mouths of sources one by one. `mouths`: all sources show only a mouth."""

    def __init__(self, window: Window, mouths: bool = False, geometry: CropGeometry | None = None) -> None:
        self._window = window
        self._mouths = mouths
        self._geometry = geometry or CropGeometry()
        self._landmarker: Landmarker | None = None

    def __call__(self, source: Path) -> SourceMouths:
        """Crop one source. UserError if it cannot be read or shows no face at all."""
        first = next(_frames(source), None)
        if first is None:
            raise UserError("{path} contains no PNG images: check the folder.", path=source)
        if self._mouths or source.is_dir() or first.image.shape[1::-1] == MOUTH_IMAGE_SIZE:
            pose = self._window.pose(first.image, self._geometry)
            return self._crop(source, lambda _: pose, faceless=0)
        poses, faceless = self._follow(source)
        return self._crop(source, lambda count: poses[count], faceless)

    def _follow(self, source: Path) -> tuple[list[MouthPose], int]:
        """A pose for each image.

        Without a face the last pose is kept; before the first face, the first is used.
        """
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

    def _crop(self, source: Path, pose_of: Callable[[int], MouthPose], faceless: int) -> SourceMouths:
        resample = CropResampler()
        video = None if source.is_dir() else VideoFile(source, "fast")
        timed: list[tuple[float, GreyImage]] = []
        pictures, pauses = 0, 0
        for count, frame in enumerate(_pictures(source) if video is None else video.frames()):
            pictures = count + 1
            if resample.is_gap(frame.time_s) and (frame.after_leap or _is_pause(timed, frame)):
                # Do not interpolate across a gap: nothing is known of it, and an hour would fill the memory.
                resample.reset()
                pauses += 1
            crop = crop_mouth(frame.image, pose_of(count), self._geometry)
            timed += resample.feed(frame.time_s, crop)
        if video is not None:
            _check_whole(source, video)
        remark = _pause_remark(source, timed, pauses) if pauses else ""
        crops = np.stack([crop for _, crop in timed])
        return SourceMouths(crops, pictures, faceless, np.array([time_s for time_s, _ in timed]), remark)


def _is_pause(timed: Sequence[tuple[float, GreyImage]], frame: Frame) -> bool:
    return bool(timed) and frame.time_s - timed[-1][0] > MAX_STEP_S


def _pause_remark(source: Path, timed: Sequence[tuple[float, GreyImage]], pauses: int) -> str:
    times_s = [time_s for time_s, _ in timed]
    before, after = max(pairwise(times_s), key=lambda pair: pair[1] - pair[0])
    return (
        f"{source}: timestamps jump from {before:.1f} to {after:.1f} seconds (jumps in total: {pauses}); "
        "the gap is left out"
    )


def _check_whole(source: Path, video: VideoFile) -> None:
    """UserError for a truncated video, because its text would say more than the video shows."""
    if video.facts.is_cut_off:
        raise UserError(
            "{path} ends after {seconds:.1f} of {whole:.1f} seconds: copy it again.",
            path=source,
            seconds=video.facts.seen_s,
            whole=video.facts.announced_s,
        )


class FaceFollower:
    """Follows the face in a video of one speaker: near its last position, else the largest face."""

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
    for index, path in enumerate(pictures_in(folder)):
        yield Frame(index, index / FPS, _picture(path))


def _picture(path: Path) -> Image:
    """A PNG image, whose size is checked before memory is taken for it. Raises OSError, UserError."""
    data = read_picture(path, _MAX_PICTURE_BYTES)
    signature, width, height = _PNG_HEADER.unpack(data[: _PNG_HEADER.size].ljust(_PNG_HEADER.size))
    if signature == _PNG_SIGNATURE and max(width, height) > MAX_SIDE_PX:
        raise UserError(
            "{path} has {width}x{height} pixels: make it smaller than {most}.",
            path=path,
            width=width,
            height=height,
            most=MAX_SIDE_PX,
        )
    image = None
    if signature == _PNG_SIGNATURE:
        image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR_RGB)
    if image is None:
        raise UserError("{path} is not a readable PNG image.", path=path)
    return np.asarray(image, dtype=np.uint8)
