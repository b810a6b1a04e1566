"""Design tokens: spacing, type scale, corner radii and colours of all windows."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor

GAP_S, GAP_M, GAP_L, GAP_XL = 0.4, 0.75, 1.3, 2.2
"""Spacing, relative to the size of body text, so that it scales with the text."""

SMALL, HEADING, TITLE, PROMPT = 0.88, 1.2, 1.6, 2.2
"""Type scale, relative to body text."""

BODY_POINTS = 11.0
"""Size of body text at 100 %, in points."""

CORNER_S, CORNER_M, CORNER_L = 6, 9, 14
"""Corner radii in pixels: of marks, controls, and cards and plates."""

LINE, STROKE = 1.3, 2
"""Line spacing of captions relative to the font height; width of focus frames and underlines in pixels."""


@dataclass(frozen=True, slots=True)
class Theme:
    """All colours of the windows. The contrast of texts is at least 4.5:1, of captions, including tentative
    ones, 7:1."""

    name: str
    window: QColor
    surface: QColor
    text: QColor
    muted: QColor
    tentative: QColor
    unsure: QColor
    gap: QColor
    accent: QColor
    on_accent: QColor
    accent_hover: QColor
    border: QColor
    control_border: QColor
    active: QColor
    note: QColor
    note_border: QColor
    warning: QColor
    on_warning: QColor
    speakers: tuple[QColor, ...]


def _colours(*names: str) -> tuple[QColor, ...]:
    return tuple(map(QColor, names))


LIGHT = Theme(
    name="light",
    window=QColor("#fbfcfe"),
    surface=QColor("#ffffff"),
    text=QColor("#15181d"),
    muted=QColor("#4f5764"),
    tentative=QColor("#464e5b"),
    unsure=QColor("#a35b00"),
    gap=QColor("#eef1f6"),
    accent=QColor("#1d55c6"),
    on_accent=QColor("#ffffff"),
    accent_hover=QColor("#16439e"),
    border=QColor("#dde2ea"),
    control_border=QColor("#848d9b"),
    active=QColor("#14804a"),
    note=QColor("#fff6e6"),
    note_border=QColor("#ecd49f"),
    warning=QColor("#fdeed2"),
    on_warning=QColor("#4a3200"),
    speakers=_colours(
        "#1d55c6", "#9a3b0f", "#136b45", "#7a2fa8", "#a31f50", "#0b6572", "#665500", "#4a4fb5"
    ),
)  # fmt: skip

DARK = Theme(
    name="dark",
    window=QColor("#14171b"),
    surface=QColor("#1c2026"),
    text=QColor("#f1f3f6"),
    muted=QColor("#b0b8c4"),
    tentative=QColor("#bcc4cf"),
    unsure=QColor("#ffb84d"),
    gap=QColor("#2a3038"),
    accent=QColor("#8db4ff"),
    on_accent=QColor("#0b1c3d"),
    accent_hover=QColor("#b0cbff"),
    border=QColor("#313843"),
    control_border=QColor("#788292"),
    active=QColor("#58cf8b"),
    note=QColor("#2e2616"),
    note_border=QColor("#5a4a20"),
    warning=QColor("#3a2c0c"),
    on_warning=QColor("#ffe2a3"),
    speakers=_colours(
        "#8db4ff", "#ffb088", "#7fdca6", "#d6a4ff", "#ff9fc0", "#7fd8e6", "#e6cf6b", "#b3b8ff"
    ),
)  # fmt: skip

CONTRAST = Theme(
    name="contrast",
    window=QColor("#000000"),
    surface=QColor("#000000"),
    text=QColor("#ffffff"),
    muted=QColor("#ffffff"),
    tentative=QColor("#ffffff"),
    unsure=QColor("#ffe600"),
    gap=QColor("#000000"),
    accent=QColor("#ffe600"),
    on_accent=QColor("#000000"),
    accent_hover=QColor("#fff48a"),
    border=QColor("#ffffff"),
    control_border=QColor("#ffffff"),
    active=QColor("#66ff99"),
    note=QColor("#000000"),
    note_border=QColor("#ffffff"),
    warning=QColor("#000000"),
    on_warning=QColor("#ffe600"),
    speakers=_colours(
        "#7ab8ff", "#ffb066", "#66ff99", "#e0a8ff", "#ff99bb", "#66f0ff", "#ffe600", "#c0c6ff"
    ),
)  # fmt: skip

PLATE = QColor(16, 20, 24)
"""Background of captions and names over images of any brightness."""

FRAME_ON_PICTURE = QColor("#ffe600")
"""Frame of a region that is selected on the screen."""
