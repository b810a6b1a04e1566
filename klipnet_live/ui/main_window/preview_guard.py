"""Keeps the preview out of the picture: its faces would be found and read again."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRect

from klipnet_live.pipeline.preview import Preview
from klipnet_live.ui.app.settings_store import SettingsKeeper
from klipnet_live.ui.main_window.preview import PreviewView
from klipnet_live.ui.sources.overlap import covers_source


class PreviewGuard(QObject):
    """Hands pictures to the view, unless the view lies over the part of the screen that is read."""

    def __init__(self, view: PreviewView, keeper: SettingsKeeper, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._keeper = keeper

    def show_preview(self, preview: Preview | None) -> None:
        source = self._keeper.settings.source
        place = QRect(self._view.mapToGlobal(QPoint(0, 0)), self._view.size())
        covers = preview is not None and source is not None and covers_source(place, source)
        self._view.set_covers_source(covers)
        self._view.show_preview(preview)
