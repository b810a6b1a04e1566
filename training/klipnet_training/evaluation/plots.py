"""Plots of confusion matrices and saliency maps."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import cv2
import matplotlib
import numpy as np
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from klipnet_live.assets import FONTS
from klipnet_live.atomic_file import replacing
from klipnet_live.types import FloatArray
from klipnet_training.data.stored import Crops
from klipnet_training.evaluation.confusion import Confusion

_BLUR_PX = 1.5
_COLUMNS = 6
_DPI = 130
_INCHES_PER_LABEL = 0.24
_MAX_LABEL = 2
"""Longest label, in characters, that fits horizontally; longer ones are turned horizontal."""


def draw_confusion(path: Path, matrices: Mapping[str, Confusion]) -> None:
    """Draw the matrices side by side; each row shows fractions of what was said."""
    _use_bundled_font()
    size = max(6.0, _INCHES_PER_LABEL * max(len(m.labels) for m in matrices.values()))
    figure = Figure(figsize=(size * len(matrices), size), dpi=_DPI, layout="constrained")
    axes = np.atleast_1d(figure.subplots(1, len(matrices)))
    for place, (title, matrix) in zip(axes, matrices.items(), strict=True):
        _draw_matrix(place, title, matrix)
    with replacing(path) as part:
        figure.savefig(part, format="png")


def draw_saliency(path: Path, crops: Crops, salient: FloatArray, title: str) -> None:
    """Draw single frames and the mean over the clip, with salient pixels in warm colours."""
    _use_bundled_font()
    chosen = np.linspace(0, len(crops) - 1, 2 * _COLUMNS - 1).round().astype(int)
    figure = Figure(figsize=(2.2 * _COLUMNS, 3.2), dpi=_DPI, layout="constrained")
    figure.suptitle(title)
    places = figure.subplots(2, _COLUMNS).flatten()
    # Gradients of single pixels are noisy, so they are blurred to areas.
    areas = np.stack([cv2.GaussianBlur(frame, (0, 0), _BLUR_PX) for frame in salient])
    areas /= max(float(areas.max()), 1e-12)
    mean = areas.mean(0)
    for place, frame in zip(places, chosen, strict=False):
        _draw_layers(place, crops[frame], areas[frame], f"frame {frame}")
    _draw_layers(places[-1], crops.mean(0), mean / max(float(mean.max()), 1e-12), "mean")
    with replacing(path) as part:
        figure.savefig(part, format="png")


def _draw_matrix(place: Axes, title: str, matrix: Confusion) -> None:
    totals = matrix.counts.sum(1, keepdims=True)
    place.imshow(matrix.counts / np.maximum(1, totals), cmap="Blues", vmin=0, vmax=1)
    place.set(title=f"{title}, fraction of what was said", xlabel="recognised", ylabel="said (count)")
    ticks = range(len(matrix.labels))
    horizontal = max(map(len, matrix.labels)) <= _MAX_LABEL
    place.set_xticks(ticks, matrix.labels, rotation="horizontal" if horizontal else "vertical")
    place.set_yticks(ticks, [f"{label} ({n})" for label, n in zip(matrix.labels, totals[:, 0], strict=True)])


def _draw_layers(place: Axes, crop: Crops | FloatArray, area: FloatArray, title: str) -> None:
    place.imshow(crop, cmap="gray")
    place.imshow(area, cmap="inferno", vmin=0, vmax=1, alpha=np.sqrt(area))
    place.set_title(title, fontsize=8)
    place.set_axis_off()


def _use_bundled_font() -> None:
    """Use the bundled font, which has Hangul; missing glyphs come from matplotlib's own."""
    font = str(FONTS / "Pretendard-Regular.otf")
    font_manager.fontManager.addfont(font)
    family = font_manager.FontProperties(fname=font).get_name()
    matplotlib.rcParams["font.family"] = [family, "DejaVu Sans"]
