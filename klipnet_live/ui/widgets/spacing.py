"""Margins and gaps that scale with the text size."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QFormLayout, QLayout

from klipnet_live.ui.look.tokens import GAP_L, GAP_M

_MIN_CHARACTERS = 8
"""Minimum width of a combo box in characters."""


_MAX_POINTS = 22.0
"""Text size above which padding no longer grows, to leave space for the captions."""


def padding(points: float, share: float) -> int:
    """Return the padding around large parts of a window in pixels. `share`: a gap of the design tokens."""
    return round(min(points, _MAX_POINTS) * share)


def let_shrink(box: QComboBox) -> None:
    """Let a combo box shrink, so that long names do not widen its column."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(_MIN_CHARACTERS)


def scale_margins(layout: QLayout, points: float) -> None:
    """Scale margins and gaps. `points`: size of body text. Nested layouts inherit the gaps."""
    margin = round(points * GAP_L)
    layout.setContentsMargins(margin, margin, margin, margin)
    scale_gaps(layout, points)


def scale_gaps(layout: QLayout, points: float) -> None:
    """Scale the gaps between items only."""
    gap = round(points * GAP_M)
    if isinstance(layout, QFormLayout):
        layout.setHorizontalSpacing(round(points * GAP_L))
        layout.setVerticalSpacing(gap)
    else:
        layout.setSpacing(gap)
