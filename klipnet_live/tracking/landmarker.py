"""MediaPipe's Face Landmarker. The only file that imports mediapipe.

Source: https://ai.google.dev/edge/mediapipe/solutions/vision/face_landmarker (model card: FaceMesh V2).
"""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType

import cv2
import numpy as np

from klipnet_live.types import Box, Face, Image, UserError

# mediapipe and TensorFlow Lite write their start-up chatter to stderr unless told not to.
os.environ.setdefault("GLOG_minloglevel", "2")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

BUNDLE = Path(__file__).parents[2] / "assets" / "face_landmarker.task"


class Landmarker:
    """Finds up to `max_faces` faces, each 478 points, in one picture at a time."""

    def __init__(self, max_faces: int = 1, min_confidence: float = 0.5) -> None:
        if not BUNDLE.is_file():
            raise UserError("The face model {path} is missing: install KLipNet Live again.", path=BUNDLE)
        try:
            import mediapipe
            from mediapipe.tasks.python import BaseOptions, vision
        except (ImportError, OSError) as error:
            raise UserError(
                "MediaPipe cannot start ({reason}): see `klipnet-live doctor`.", reason=error
            ) from error
        self._mediapipe = mediapipe
        options = vision.FaceLandmarkerOptions(
            base_options=BaseOptions(model_asset_buffer=BUNDLE.read_bytes()),
            num_faces=max_faces,
            min_face_detection_confidence=min_confidence,
        )
        self._landmarker = vision.FaceLandmarker.create_from_options(options)

    def __call__(self, image: Image) -> list[Face]:
        """Faces in an RGB picture, in pixels of that picture."""
        # mediapipe finds nothing, silently, in pictures whose rows are not contiguous.
        picture = self._mediapipe.Image(
            image_format=self._mediapipe.ImageFormat.SRGB, data=np.ascontiguousarray(image)
        )
        height, width = image.shape[:2]
        found = self._landmarker.detect(picture).face_landmarks
        return [_face(points, width, height) for points in found]

    def in_box(self, image: Image, box: Box, side_px: int = 192) -> Face | None:
        """The face in a square part of the picture, or None. Works at any size of face."""
        centre_x, centre_y = box.centre
        scale = side_px / max(box.width, box.height, 1.0)
        offset = np.array([side_px / 2 - centre_x * scale, side_px / 2 - centre_y * scale])
        matrix = np.array([[scale, 0.0, offset[0]], [0.0, scale, offset[1]]])
        shrink = scale < 0.5
        part = cv2.warpAffine(image, matrix, (side_px, side_px), flags=cv2.INTER_AREA if shrink else cv2.INTER_LINEAR)
        faces = self(np.asarray(part, dtype=np.uint8))
        if not faces:
            return None
        landmarks = ((faces[0].landmarks - offset) / scale).astype(np.float32)
        return Face(landmarks, bounding_box(landmarks))

    def close(self) -> None:
        self._landmarker.close()

    def __enter__(self) -> Landmarker:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def bounding_box(points: np.ndarray[tuple[int, int], np.dtype[np.float32]]) -> Box:
    left, top = points.min(axis=0)
    right, bottom = points.max(axis=0)
    return Box(float(left), float(top), float(right), float(bottom))


def _face(points: list[object], width: int, height: int) -> Face:
    landmarks = np.array([(p.x * width, p.y * height) for p in points], dtype=np.float32)  # type: ignore[attr-defined]
    return Face(landmarks, bounding_box(landmarks))
