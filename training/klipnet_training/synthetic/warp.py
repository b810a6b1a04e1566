"""Warps the face smoothly so that the portrait's lips match given contours.

Upper and lower face are warped by separate thin-plate splines (Bookstein 1989) that meet at the seam of the
lips, so that lips can open and close without smearing teeth over them.
"""

from __future__ import annotations

import cv2
import numpy as np

from klipnet_live.types import FloatArray, Image
from klipnet_training.synthetic.contours import Contours
from klipnet_training.synthetic.portrait import FaceRegion, WorkPicture

REACH = FaceRegion(-1.6, -1.0, 1.6, 1.6)
"""The part of the face that may be warped."""

_FADE = 0.3
"""Width of the band inside `REACH` over which the warp fades out."""

_GRID_UNITS = 0.09
"""Step of the grid on which the splines are evaluated; it can be coarse because they are smooth."""

_STILL = np.array([2, 98, 327, 94, 129, 358, 50, 280, 205, 425, 187, 411, 123, 352])
"""Nose base and cheeks, which do not move."""

_CREASE = np.array([206, 426, 216, 436])
"""Nasolabial folds, which follow the corners of the mouth slightly."""

_CHIN = np.array([152, 148, 377, 176, 400, 199, 200, 208, 428])
_JAW = np.array([150, 379, 136, 365, 172, 397])

_CREASE_FOLLOW = 0.35
_CHIN_FOLLOW = 0.75
_JAW_FOLLOW = 0.45
_UPPER_EDGE = 0.015
_LOWER_EDGE = 0.03
_STIFFNESS = 1e-4
_NECK = ((-0.9, 1.35), (-0.45, 1.35), (0.0, 1.35), (0.45, 1.35), (0.9, 1.35), (-1.4, 0.6), (1.4, 0.6))
_FRAME = ((-1.6, -0.9), (-0.5, -0.9), (0.5, -0.9), (1.6, -0.9), (-1.6, 0.0), (1.6, 0.0))


class FaceWarp:
    """Warps a work picture to other lip contours."""

    def __init__(self, picture: WorkPicture, source: Contours) -> None:
        self._picture = picture
        self._source = source
        self._columns = picture.column_units()
        self._rows = picture.row_units()
        height, width = picture.image.shape[:2]
        step_px = _GRID_UNITS * picture.unit_px
        self._cells = (max(2, round(width / step_px)), max(2, round(height / step_px)))
        self._grid = self._grid_points(width, height)
        self._fading = _fading(self._grid)[:, None]

    def __call__(self, target: Contours) -> Image:
        """The image with its lips at `target`; the area between open lips is undefined."""
        source, landmarks = self._source, self._picture.landmarks
        upper = self._half(*_upper_points(source, target, landmarks))
        lower = self._half(*_lower_points(source, target, landmarks))
        # Neither half may extend past its own lip into the portrait's teeth.
        upper[1] = np.minimum(upper[1], _edge(source.inner_upper, upper[0]) - _UPPER_EDGE)
        lower[1] = np.maximum(lower[1], _edge(source.inner_lower, lower[0]) + _LOWER_EDGE)
        below = self._seam_weight(target)
        blended = cv2.blendLinear(self._sample(upper), self._sample(lower), 1 - below, below)
        return np.asarray(blended, dtype=np.uint8)

    def _grid_points(self, width: int, height: int) -> FloatArray:
        """Centres of the coarse grid's cells in units, as assumed by cv2.resize; shape (cells, 2)."""
        across, down = self._cells
        x = (np.arange(across) + 0.5) * width / across - 0.5
        y = (np.arange(down) + 0.5) * height / down - 0.5
        points = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
        return np.asarray((points - self._picture.origin_px) / self._picture.unit_px, dtype=np.float32)

    def _half(self, from_points: FloatArray, to_points: FloatArray) -> FloatArray:
        """Source position of each target pixel in units, shape (2, height, width)."""
        moved = _thin_plate(to_points, from_points - to_points, self._grid) * self._fading
        height, width = self._picture.image.shape[:2]
        coarse = moved.reshape(self._cells[1], self._cells[0], 2)
        field = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR)
        return np.stack([field[..., 0] + self._columns, field[..., 1] + self._rows])

    def _sample(self, units: FloatArray) -> Image:
        x, y = self._picture.to_maps(units[0], units[1])
        picture = cv2.remap(self._picture.image, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(picture, dtype=np.uint8)

    def _seam_weight(self, target: Contours) -> FloatArray:
        """1 below the seam of the lips, 0 above, softer beside the mouth; shape (height, width)."""
        middle = ((target.inner_upper + target.inner_lower) / 2).astype(np.float32)
        beside = np.maximum(0.0, np.abs(self._columns) - target.half_width * 0.97)
        softness = 0.8 / self._picture.unit_px + 0.6 * beside
        weight = (self._rows - _edge(middle, self._columns)) / softness + 0.5
        return np.asarray(np.clip(weight, 0.0, 1.0), dtype=np.float32)


def _upper_points(source: Contours, target: Contours, landmarks: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Control points of the upper half in source and target, each (points, 2) in units."""
    still, creases = landmarks[_STILL], landmarks[_CREASE]
    corners = target.outer_upper[[0, -1]] - source.outer_upper[[0, -1]]
    moved = creases + _CREASE_FOLLOW * np.tile(corners, (2, 1))
    frame = np.array(_FRAME, dtype=np.float32)
    before = [source.outer_upper, source.inner_upper[1:-1], still, creases, frame]
    after = [target.outer_upper, target.inner_upper[1:-1], still, moved, frame]
    return np.concatenate(before), np.concatenate(after)


def _lower_points(source: Contours, target: Contours, landmarks: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Control points of the lower half: the chin follows the jaw, neck and cheeks do not move."""
    still, chin, jaw = landmarks[_STILL], landmarks[_CHIN], landmarks[_JAW]
    drop = np.array([0.0, target.jaw_drop], dtype=np.float32)
    frame = np.array(_FRAME + _NECK, dtype=np.float32)
    before = [source.outer_lower, source.inner_lower[1:-1], still, chin, jaw, frame]
    after = [
        target.outer_lower,
        target.inner_lower[1:-1],
        still,
        chin + _CHIN_FOLLOW * drop,
        jaw + _JAW_FOLLOW * drop,
        frame,
    ]
    return np.concatenate(before), np.concatenate(after)


def _fading(points: FloatArray) -> FloatArray:
    """1 inside `REACH`, fading to 0 at its border, shape (points,)."""
    x, y = points[:, 0], points[:, 1]
    margin = np.minimum.reduce([x - REACH.left, REACH.right - x, y - REACH.top, REACH.bottom - y])
    return np.asarray(np.clip(margin / _FADE, 0.0, 1.0), dtype=np.float32)


def _thin_plate(centres: FloatArray, values: FloatArray, at: FloatArray) -> FloatArray:
    """Thin-plate interpolation of values (n, 2) at centres (n, 2), evaluated at points (m, 2): (m, 2)."""
    count = len(centres)
    system = np.zeros((count + 3, count + 3))
    system[:count, :count] = _kernel(centres, centres) + _STIFFNESS * np.eye(count)
    system[:count, count:] = np.column_stack([np.ones(count), centres])
    system[count:, :count] = system[:count, count:].T
    weights = np.linalg.solve(system, np.vstack([values, np.zeros((3, 2))])).astype(np.float32)
    affine = np.column_stack([np.ones(len(at)), at]).astype(np.float32)
    return _kernel(at, centres) @ weights[:count] + affine @ weights[count:]


def _kernel(a: FloatArray, b: FloatArray) -> FloatArray:
    x, y = (a[:, None, axis] - b[None, :, axis] for axis in (0, 1))
    squared = x * x + y * y + np.float32(1e-9)
    return np.asarray(squared * cv2.log(squared), dtype=np.float32)


def _edge(contour: FloatArray, x: FloatArray) -> FloatArray:
    """y of a contour at each x."""
    return np.interp(x, contour[:, 0], contour[:, 1]).astype(np.float32)
