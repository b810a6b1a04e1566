"""MediaPipe's face detector and face landmarker. The only module that imports mediapipe.

Both networks are in one bundle, assets/face_landmarker.task, a ZIP archive.
Source: https://ai.google.dev/edge/mediapipe/solutions/vision/face_landmarker (BlazeFace, FaceMesh V2).
"""

from __future__ import annotations

import ctypes
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.abc import MetaPathFinder
from typing import Any

import cv2
import numpy as np

from klipnet_live.assets import FACE_MODEL
from klipnet_live.tracking.quiet import quiet_stderr
from klipnet_live.types import Box, Face, FloatArray, Image, UserError

_BLANK: Image = np.zeros((64, 64, 3), np.uint8)

PATCH_PX = 192
"""Side of the square patch that the landmarker gets for one face."""


class Detector:
    """Finds faces at least one sixth as wide as the image (BlazeFace short range)."""

    def __init__(self) -> None:
        tasks = _mediapipe()
        options = tasks.vision.FaceDetectorOptions(
            base_options=tasks.BaseOptions(model_asset_buffer=_bundle("face_detector.tflite")),
        )
        with quiet_stderr():
            self._detector = tasks.vision.FaceDetector.create_from_options(options)
            self(_BLANK)

    def __call__(self, image: Image) -> list[Box]:
        """Boxes of faces, forehead to chin, in pixels of an RGB image."""
        found = self._detector.detect(_picture(image)).detections
        return [_detected_box(detection.bounding_box) for detection in found]

    def close(self) -> None:
        self._detector.close()


class Landmarker:
    """Finds up to `max_faces` faces with 478 landmarks each in single images."""

    def __init__(self, max_faces: int = 1) -> None:
        tasks = _mediapipe()
        options = tasks.vision.FaceLandmarkerOptions(
            base_options=tasks.BaseOptions(model_asset_buffer=_bundle()),
            num_faces=max_faces,
        )
        with quiet_stderr():
            self._landmarker = tasks.vision.FaceLandmarker.create_from_options(options)
            self(_BLANK)

    def __call__(self, image: Image) -> list[Face]:
        """Faces in an RGB image, in pixels of that image."""
        height, width = image.shape[:2]
        return [_face(points, width, height) for points in self._landmarker.detect(_picture(image))]

    def in_box(self, image: Image, box: Box) -> Face | None:
        """The face in the square around `box`, or None. Works for faces of any size."""
        centre_x, centre_y = box.centre
        scale = PATCH_PX / max(box.width, box.height, 1.0)
        offset = np.array([PATCH_PX / 2 - centre_x * scale, PATCH_PX / 2 - centre_y * scale])
        matrix = np.array([[scale, 0.0, offset[0]], [0.0, scale, offset[1]]])
        patch = cv2.warpAffine(image, matrix, (PATCH_PX, PATCH_PX), flags=cv2.INTER_LINEAR)
        faces = self(np.asarray(patch, dtype=np.uint8))
        if not faces:
            return None
        landmarks = ((faces[0].landmarks - offset) / scale).astype(np.float32)
        return Face(landmarks, bounding_box(landmarks))

    def close(self) -> None:
        self._landmarker.close()


def bounding_box(points: FloatArray) -> Box:
    """Smallest box around points, (count, 2)."""
    left, top = points.min(axis=0)
    right, bottom = points.max(axis=0)
    return Box(float(left), float(top), float(right), float(bottom))


@cache
def _mediapipe() -> Any:
    try:
        with _without_sound():
            from mediapipe.tasks import python as tasks
            from mediapipe.tasks.python import vision
    except (ImportError, OSError) as error:
        raise UserError(
            "MediaPipe cannot start ({reason}). Run `klipnet-live doctor`.", reason=error
        ) from error
    for task in (vision.FaceDetector, vision.FaceLandmarker):
        # Closed by the garbage collector, it would wait forever for a thread that no longer exists.
        task.__del__ = lambda self: None
    vision.FaceLandmarkerResult.from_ctypes = staticmethod(_points)
    return tasks


class _NoSound(MetaPathFinder):
    """Import hook that hides sounddevice from the thread that created it."""

    def __init__(self) -> None:
        self._thread = threading.get_ident()

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name == "sounddevice" and threading.get_ident() == self._thread:
            raise ImportError("hidden from mediapipe")


@contextmanager
def _without_sound() -> Iterator[None]:
    """MediaPipe imports sounddevice, which it does not need, and which opens the sound system."""
    finder = _NoSound()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


@cache
def _bundle(member: str | None = None) -> bytes:
    """The model bundle, or one network from it."""
    try:
        if member is None:
            return FACE_MODEL.read_bytes()
        with zipfile.ZipFile(FACE_MODEL) as archive:
            return archive.read(member)
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise UserError(
            "The face model {path} is missing or damaged. Install KLipNet Live again.", path=FACE_MODEL
        ) from error


def _picture(image: Image) -> Any:
    import mediapipe

    # MediaPipe silently finds nothing in images whose rows are not contiguous.
    data = np.ascontiguousarray(image)
    return mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=data)


def _detected_box(box: Any) -> Box:
    left, top = float(box.origin_x), float(box.origin_y)
    return Box(left, top, left + float(box.width), top + float(box.height))


def _points(result: Any) -> list[FloatArray]:
    """x and y of each face's landmarks, (478, 2), relative to the image size.

    MediaPipe would create a Python object per landmark: 0.38 ms for a face that is found in 7 ms, with the
    GIL held; this takes 0.01 ms.
    """
    faces = (result.face_landmarks[i] for i in range(result.face_landmarks_count))
    return [_x_and_y(face.landmarks, face.landmarks_count) for face in faces]


def _x_and_y(landmarks: Any, count: int) -> FloatArray:
    """Landmarks copied from MediaPipe's memory, (count, 2)."""
    layout = _layout(landmarks._type_)
    copied = np.frombuffer(ctypes.string_at(landmarks, count * layout.itemsize), layout)
    return np.stack([copied["x"], copied["y"]], axis=1)


@cache
def _layout(structure: type[ctypes.Structure]) -> np.dtype[np.void]:
    """Offsets of x and y in MediaPipe's landmark structure, from its own definition."""
    kinds = {name: kind for name, kind, *_ in structure._fields_ if name in ("x", "y")}
    return np.dtype(
        {
            "names": list(kinds),
            "formats": list(kinds.values()),
            "offsets": [getattr(structure, name).offset for name in kinds],
            "itemsize": ctypes.sizeof(structure),
        }
    )


def _face(points: FloatArray, width: int, height: int) -> Face:
    landmarks = (points * np.array([width, height], np.float64)).astype(np.float32)
    return Face(landmarks, bounding_box(landmarks))
