"""Room around and between things, which grows with the text."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QFormLayout, QLayout

from klipnet_live.ui.look.tokens import GAP_L, GAP_M

_LEAST_LETTERS = 8
"""Width below which a box of devices, languages or models does not shrink."""


_MOST_POINTS = 22.0
"""Size of text above which room no longer grows: the captions need it."""


def room(points: float, share: float) -> int:
    """Pixels around large parts of a window, `share` being one of the gaps of the tokens."""
    return round(min(points, _MOST_POINTS) * share)


def let_shrink(box: QComboBox) -> None:
    """As wide as there is room: a long name does not make the column wider."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(_LEAST_LETTERS)


def scale_margins(layout: QLayout, points: float) -> None:
    """`points`: size of ordinary text. Layouts within this one take over its gaps."""
    margin = round(points * GAP_L)
    layout.setContentsMargins(margin, margin, margin, margin)
    scale_gaps(layout, points)


def scale_gaps(layout: QLayout, points: float) -> None:
    """Room between things only."""
    gap = round(points * GAP_M)
    if isinstance(layout, QFormLayout):
        layout.setHorizontalSpacing(round(points * GAP_L))
        layout.setVerticalSpacing(gap)
    else:
        layout.setSpacing(gap)
