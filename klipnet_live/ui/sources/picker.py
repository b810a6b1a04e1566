"""The combo box for choosing a source."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QIcon, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QWidget

from klipnet_live.ui.sources.catalogue import Catalogue, CatalogueReader
from klipnet_live.ui.sources.entries import (
    REGION,
    VIDEO,
    Entry,
    Group,
    camera_group,
    screen_group,
    video_group,
    window_group,
)
from klipnet_live.ui.sources.entry_delegate import EntryDelegate, WideIconRole
from klipnet_live.ui.sources.entry_icons import icon_size, plain_icon, thumbnail_size, wide_icon
from klipnet_live.ui.sources.region_picker import RegionPicker
from klipnet_live.ui.widgets.spacing import let_shrink
from klipnet_live.ui.widgets.video_dialog import ask_for_video

_MAX_VISIBLE_ITEMS = 24
"""Number of entries shown without scrolling."""

_THUMBNAIL_LINES = 2.0
"""Height of a thumbnail in lines of text."""


class SourcePicker(QComboBox):
    """Cameras, windows, screens, a region, a video file and the demo, under headings.

    An entry's data is the source. The region and video entries open a dialog and become its result.
    """

    source_chosen = Signal(str)
    """The user chose this source."""

    opened = Signal(str)
    """The user opened this file or drew this region; captions should start."""

    def __init__(self, reader: CatalogueReader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._catalogue = reader.latest
        self._source: str | None = None
        self.regions = RegionPicker(self)
        self.regions.picked.connect(self._open)
        reader.read.connect(self._show_catalogue)
        reader.thumbnails.arrived.connect(self._show_thumbnail)
        self.setItemDelegate(EntryDelegate(self))
        self.activated.connect(self._activated)
        let_shrink(self)
        self.setMaxVisibleItems(_MAX_VISIBLE_ITEMS)
        self._rebuild()

    @property
    def source(self) -> str | None:
        """The chosen source, or None if there is none yet."""
        return self._source

    def set_source(self, source: str | None) -> None:
        self._source = source
        self._rebuild()

    def camera_like(self, source: str | None) -> str | None:
        """Return the source if it is a camera, else the first camera, or None without cameras."""
        if source is not None and source.startswith("camera:"):
            return source
        cameras = [camera.spec for camera in self._catalogue.cameras]
        return cameras[0] if cameras else None

    def ask_for_video(self) -> None:
        """Let the user choose a video file."""
        if path := ask_for_video(self):
            self._open(path)

    def ask_for_region(self) -> None:
        """Let the user draw a region on the screen."""
        self.regions.pick()

    def showPopup(self) -> None:
        self._reader.refresh(with_thumbnails=True)
        self._rebuild()
        self._open_list()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._rebuild()
        super().changeEvent(event)

    def _activated(self, row: int) -> None:
        data = self.itemData(row)
        if data in (REGION, VIDEO):
            self._select_source()
        if data == REGION:
            self.ask_for_region()
        elif data == VIDEO:
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
        is_open = self.view().isVisible()
        if catalogue != self._catalogue or is_open:
            self._catalogue = catalogue
            self._rebuild()
            if is_open:
                # An open list does not resize by itself.
                self._open_list()

    def _open_list(self) -> None:
        """Open the list at the width of its longest name."""
        view = self.view()
        view.setMinimumWidth(view.sizeHintForColumn(0) + view.verticalScrollBar().sizeHint().width() + 8)
        super().showPopup()

    def _rebuild(self) -> None:
        self.setIconSize(icon_size(self))
        self.view().setIconSize(thumbnail_size(self, _THUMBNAIL_LINES))
        for part in (self, self.view()):
            part.setAccessibleName(self.tr("Source"))
            # On Linux the name of a combo box without a label is its value.
            part.setAccessibleDescription(self.tr("Source"))
        self.setPlaceholderText(self.tr("Choose a source"))
        self.clear()
        for group, is_listed in (
            (camera_group(self._catalogue), True),
            (window_group(self._catalogue), True),
            (screen_group(self._catalogue), False),
            (video_group(), False),
        ):
            self._add_group(group, searching=is_listed and self._reader.searching)
        self._select_source()

    def _add_group(self, group: Group, *, searching: bool) -> None:
        """Add a heading and its entries, or a note while they are being listed."""
        if not group.entries and not searching:
            return
        self._add_heading(group.title)
        for entry in group.entries:
            self.addItem(plain_icon(entry.icon, self.palette()), entry.name, entry.source)
            self.setItemData(self.count() - 1, self._wide_icon(entry), WideIconRole)
        if searching and not group.entries:
            self._add_heading(self.tr("Searching…"), is_title=False)

    def _wide_icon(self, entry: Entry) -> QIcon:
        return wide_icon(entry, self._reader.thumbnails.picture(entry.source), self, _THUMBNAIL_LINES)

    def _show_thumbnail(self, source: str) -> None:
        row = self.findData(source)
        for group in (window_group(self._catalogue), screen_group(self._catalogue)):
            for entry in group.entries:
                if row >= 0 and entry.source == source:
                    self.setItemData(row, self._wide_icon(entry), WideIconRole)

    def _add_heading(self, text: str, *, is_title: bool = True) -> None:
        item = QStandardItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        font = self.font()
        font.setBold(is_title)
        item.setFont(font)
        model = self.model()
        assert isinstance(model, QStandardItemModel)
        model.appendRow(item)

    def _select_source(self) -> None:
        if self._source is not None and self.findData(self._source) < 0:
            self.insertItem(0, self._display_name(self._source), self._source)
        self.setCurrentIndex(self.findData(self._source) if self._source is not None else -1)

    def _display_name(self, source: str) -> str:
        kind, _, rest = source.partition(":")
        if kind == "screen" and (size := rest.split(",")[2:]):
            return self.tr("Region of the screen ({width} × {height})").format(width=size[0], height=size[1])
        if kind == "screen":
            return self.tr("Screen {number}").format(number=rest)
        if kind == "camera" and rest.isdecimal():
            return self.tr("Camera {number}").format(number=rest)
        return rest if kind in ("camera", "window") else Path(source).name
