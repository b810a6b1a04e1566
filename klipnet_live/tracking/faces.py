"""MediaPipe's face detector and face landmarker. The only file that imports mediapipe.

Both networks lie in one bundle, assets/face_landmarker.task, which is a zip archive.
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
"""Side of the picture that is shown to the landmarker for one face."""


class Detector:
    """Finds faces that are at least a sixth as wide as the picture (BlazeFace short range)."""

    def __init__(self) -> None:
        tasks = _mediapipe()
        options = tasks.vision.FaceDetectorOptions(
            base_options=tasks.BaseOptions(model_asset_buffer=_bundle("face_detector.tflite")),
        )
        with quiet_stderr():
            self._detector = tasks.vision.FaceDetector.create_from_options(options)
            self(_BLANK)

    def __call__(self, image: Image) -> list[Box]:
        """Boxes of faces, forehead to chin, in pixels of an RGB picture."""
        found = self._detector.detect(_picture(image)).detections
        return [_detected_box(detection.bounding_box) for detection in found]

    def close(self) -> None:
        self._detector.close()


class Landmarker:
    """Finds up to `max_faces` faces, each 478 points, in one picture at a time."""

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
        """Faces in an RGB picture, in pixels of that picture."""
        height, width = image.shape[:2]
        return [_face(points, width, height) for points in self._landmarker.detect(_picture(image))]

    def in_box(self, image: Image, box: Box) -> Face | None:
        """The face in the square around `box`, or None. Works at any size of face."""
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
            "MediaPipe cannot start ({reason}): run `klipnet-live doctor`.", reason=error
        ) from error
    for task in (vision.FaceDetector, vision.FaceLandmarker):
        # One that the garbage collector closes waits for ever for a thread that is already gone.
        task.__del__ = lambda self: None
    vision.FaceLandmarkerResult.from_ctypes = staticmethod(_points)
    return tasks


class _NoSound(MetaPathFinder):
    """Finds no sound library for the thread that made it."""

    def __init__(self) -> None:
        self._thread = threading.get_ident()

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name == "sounddevice" and threading.get_ident() == self._thread:
            raise ImportError("no sound is wanted here")


@contextmanager
def _without_sound() -> Iterator[None]:
    """Mediapipe imports a library of sound, which it can do without, and which opens the sound system."""
    finder = _NoSound()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


@cache
def _bundle(member: str | None = None) -> bytes:
    """The model bundle, or one network of it."""
    try:
        if member is None:
            return FACE_MODEL.read_bytes()
        with zipfile.ZipFile(FACE_MODEL) as archive:
            return archive.read(member)
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise UserError(
            "The face model {path} is missing or broken: install KLipNet Live again.", path=FACE_MODEL
        ) from error


def _picture(image: Image) -> Any:
    import mediapipe

    # mediapipe finds nothing, silently, in pictures whose rows are not contiguous.
    data = np.ascontiguousarray(image)
    return mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=data)


def _detected_box(box: Any) -> Box:
    left, top = float(box.origin_x), float(box.origin_y)
    return Box(left, top, left + float(box.width), top + float(box.height))


def _points(result: Any) -> list[FloatArray]:
    """x and y of the landmarks of each face, (478, 2), in widths and heights of the picture.

    Mediapipe would make a Python object of each landmark: 0.38 ms for a face that is found in 7 ms, during
    which no other thread of the program runs; this takes 0.01 ms.
    """
    faces = (result.face_landmarks[i] for i in range(result.face_landmarks_count))
    return [_x_and_y(face.landmarks, face.landmarks_count) for face in faces]


def _x_and_y(landmarks: Any, count: int) -> FloatArray:
    """Copied from mediapipe's memory, (count, 2)."""
    layout = _layout(landmarks._type_)
    copied = np.frombuffer(ctypes.string_at(landmarks, count * layout.itemsize), layout)
    return np.stack([copied["x"], copied["y"]], axis=1)


@cache
def _layout(structure: type[ctypes.Structure]) -> np.dtype[np.void]:
    """Where x and y lie in one of mediapipe's landmarks, as its own definition says."""
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
