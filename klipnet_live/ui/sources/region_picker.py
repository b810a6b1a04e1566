"""Choosing a part of the desktop by dragging over it, on any screen."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QGuiApplication, QScreen

from klipnet_live.ui.sources.region import captured_pixels, region_spec
from klipnet_live.ui.sources.region_veil import RegionVeil


class RegionPicker(QObject):
    """Lays a veil over every screen until a region is taken or the choice is left."""

    picked = Signal(str)
    """The source that captures the region."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._veils: list[RegionVeil] = []

    @property
    def veils(self) -> tuple[RegionVeil, ...]:
        return tuple(self._veils)

    def pick(self) -> None:
        """Begins the choice; `picked` follows, or nothing when the user leaves."""
        self.close()
        for screen in QGuiApplication.screens():
            veil = RegionVeil(screen)
            veil.picked.connect(lambda area, screen=screen: self._take(area, screen))
            veil.cancelled.connect(self.close)
            self._veils.append(veil)
            veil.show()
        self._veils[0].activateWindow()

    def close(self) -> None:
        for veil in self._veils:
            veil.close()
            veil.deleteLater()
        self._veils.clear()

    def _take(self, area: QRect, screen: QScreen) -> None:
        self.close()
        self.picked.emit(region_spec(captured_pixels(area, screen.geometry(), screen.devicePixelRatio())))
