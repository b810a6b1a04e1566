"""The bundled font for Hangul and Latin: Pretendard (OFL)."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

from klipnet_live.assets import FONTS
from klipnet_live.ui.look.tokens import BODY_POINTS

_FILES = ("Pretendard-Regular.otf", "Pretendard-SemiBold.otf")
_FAMILY = "Pretendard"


def load_fonts() -> str:
    """Register the bundled font and return its family, or the system's family if it is missing."""
    loaded = [QFontDatabase.addApplicationFont(str(FONTS / name)) for name in _FILES]
    return _FAMILY if all(font >= 0 for font in loaded) else QFont().family()


def interface_font(family: str, scale: float) -> QFont:
    """The font of controls and labels."""
    font = QFont(family)
    font.setPointSizeF(BODY_POINTS * scale)
    return font
