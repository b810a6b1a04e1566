"""The box in which a source is chosen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from klipnet_live.capture import Device
from klipnet_live.ui.sources.catalogue import Catalogue, CatalogueReader, demo_videos
from klipnet_live.ui.sources.region_picker import RegionPicker
from klipnet_live.ui.text.language import LANGUAGES
from klipnet_live.ui.widgets.spacing import let_shrink
from klipnet_live.ui.widgets.video_dialog import ask_for_video

_REGION = "pick:region"
_VIDEO = "pick:video"
_MOST_VISIBLE = 24
"""Entries without scrolling: a list with its lines between groups shall be seen as a whole."""

_NUMBERED = re.compile(r"Monitor (\d+), (\d+x\d+)")


class SourcePicker(QComboBox):
    """Cameras, screens, windows, a region, a video file and the demo.

    An entry's data is the source; the entries that ask first become the source that was found.
    """

    source_chosen = Signal(str)
    """The user chose this source."""

    opened = Signal(str)
    """The user opened this file, or drew this region, to have it read now."""

    def __init__(self, reader: CatalogueReader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._catalogue = reader.latest
        self._source: str | None = None
        self.regions = RegionPicker(self)
        self.regions.picked.connect(self._open)
        reader.read.connect(self._show_catalogue)
        self.activated.connect(self._activated)
        let_shrink(self)
        self.setMaxVisibleItems(_MOST_VISIBLE)
        self._rebuild()

    @property
    def source(self) -> str | None:
        """The chosen source, or None where there is nothing to choose yet."""
        return self._source

    def set_source(self, source: str | None) -> None:
        self._source = source
        self._rebuild()

    def ask_for_video(self) -> None:
        """Lets the user choose a file."""
        if path := ask_for_video(self):
            self._open(path)

    def ask_for_region(self) -> None:
        """Lets the user drag over the screen."""
        self.regions.pick()

    def showPopup(self) -> None:
        self._reader.refresh()
        super().showPopup()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._rebuild()
        super().changeEvent(event)

    def _activated(self, row: int) -> None:
        data = self.itemData(row)
        if data in (_REGION, _VIDEO):
            self._select_source()
        if data == _REGION:
            self.ask_for_region()
        elif data == _VIDEO:
            self.ask_for_video()
        elif data:
            self._choose(data)

    def _open(self, source: str) -> None:
        self.set_source(source)
        self.opened.emit(source)

    def _choose(self, source: str) -> None:
        self.set_source(source)
        self.source_chosen.emit(source)

    def _show_catalogue(self, catalogue: Catalogue) -> None:
        if catalogue != self._catalogue:
            self._catalogue = catalogue
            self._rebuild()
            if self.view().isVisible():
                # Open already, it would keep the size that it needed before.
                super().showPopup()

    def _rebuild(self) -> None:
        for part in (self, self.view()):
            part.setAccessibleName(self.tr("Source"))
        self.setPlaceholderText(self.tr("Choose a source"))
        self.clear()
        self._add_group(self._catalogue.cameras)
        self._add_group((Device("screen", self.tr("Whole screen")), *self._catalogue.screens))
        self.addItem(self.tr("A region of the screen…"), _REGION)
        self._add_group(self._catalogue.windows)
        self.insertSeparator(self.count())
        self.addItem(self.tr("Open video…"), _VIDEO)
        for demo, language in demo_videos().items():
            self.addItem(self.tr("Demo video ({language})").format(language=LANGUAGES[language]), demo)
        self._select_source()

    def _add_group(self, devices: Sequence[Device]) -> None:
        if devices and self.count():
            self.insertSeparator(self.count())
        for device in devices:
            self.addItem(self._shown_name(device), device.spec)

    def _shown_name(self, device: Device) -> str:
        """A monitor without a name of its own has a number, which is said in the window's language."""
        if (match := _NUMBERED.fullmatch(device.name)) is None:
            return device.name
        return self.tr("Monitor {number}, {size}").format(number=match[1], size=match[2])

    def _select_source(self) -> None:
        if self._source is not None and self.findData(self._source) < 0:
            self.insertItem(0, self._spoken(self._source), self._source)
        self.setCurrentIndex(self.findData(self._source) if self._source is not None else -1)

    def _spoken(self, source: str) -> str:
        kind, _, rest = source.partition(":")
        if kind == "screen":
            return self.tr("Region {region}").format(region=rest)
        if kind == "camera" and rest.isdecimal():
            return self.tr("Camera {number}").format(number=rest)
        return rest if kind in ("camera", "window") else Path(source).name
