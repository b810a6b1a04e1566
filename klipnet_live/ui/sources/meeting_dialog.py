"""The “Caption a meeting” dialog: choose a window, a screen or a region."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QShowEvent
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from klipnet_live.ui.sources.catalogue import CatalogueReader
from klipnet_live.ui.sources.entries import REGION, Entry, Group, screen_group, window_group
from klipnet_live.ui.sources.entry_delegate import EntryDelegate
from klipnet_live.ui.sources.entry_icons import thumbnail_size, wide_icon
from klipnet_live.ui.widgets.dialog import Dialog
from klipnet_live.ui.widgets.plain import PlainLabel

_SourceRole = Qt.ItemDataRole.UserRole

_THUMBNAIL_LINES = 2.5
"""Height of a thumbnail in lines of text."""


class MeetingDialog(Dialog):
    """Lists windows and screens. The list is refreshed each time the dialog opens."""

    size_at_full = QSize(560, 560)

    chosen = Signal(str)
    """The chosen source; captions should start."""

    region_requested = Signal()

    def __init__(self, reader: CatalogueReader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._intro = PlainLabel(wordWrap=True)
        self.list = QListWidget()
        self.list.setItemDelegate(EntryDelegate(self.list))
        self.list.itemActivated.connect(self._choose)
        self.list.currentItemChanged.connect(self._current_changed)
        self._selected: str | None = None
        self.extra = QVBoxLayout()
        """Space for more options of a meeting, such as its sound."""
        self._buttons = QDialogButtonBox()
        self.start_button = self._buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self.start_button.setProperty("role", "primary")
        self.start_button.clicked.connect(lambda: self._choose(self.list.currentItem()))
        self._cancel = self._buttons.addButton("", QDialogButtonBox.ButtonRole.RejectRole)
        self._buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self._intro)
        layout.addWidget(self.list, stretch=1)
        layout.addLayout(self.extra)
        layout.addWidget(self._buttons)
        reader.read.connect(lambda: self._fill())
        reader.thumbnails.arrived.connect(self._show_thumbnail)
        self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        if not event.spontaneous():
            self._selected = None
            self._reader.refresh(with_thumbnails=True)
            self._fill()
            self.list.setFocus()
        super().showEvent(event)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Caption a meeting"))
        self._intro.setText(
            self.tr(
                "Choose the window of the call. Use its gallery view; faces should be large and well lit."
            )
        )
        self.list.setAccessibleName(self.tr("Windows and screens"))
        self.start_button.setText(self.tr("&Start captions"))
        self._cancel.setText(self.tr("&Cancel"))
        self._fill()

    def _fill(self) -> None:
        """Fill the list. The selection is kept if it still exists, otherwise the first entry is selected."""
        selected = self._selected
        self.list.clear()
        self.list.setIconSize(thumbnail_size(self, _THUMBNAIL_LINES))
        for group in (window_group(self._reader.latest), screen_group(self._reader.latest)):
            self._add(group, searching=self._reader.searching and group.entries[:1] == ())
        rows = [row for row in range(self.list.count()) if self.list.item(row).data(_SourceRole)]
        same = [row for row in rows if self.list.item(row).data(_SourceRole) == selected]
        self.list.setCurrentRow((same or rows)[0])
        self._selected = selected
        self._show_usable()

    def _add(self, group: Group, *, searching: bool) -> None:
        if not group.entries and not searching:
            return
        self._add_heading(group.title, bold=True)
        for entry in group.entries:
            item = QListWidgetItem(self._icon(entry), entry.name, self.list)
            item.setData(_SourceRole, entry.source)
        if searching:
            self._add_heading(self.tr("Searching…"), bold=False)

    def _icon(self, entry: Entry) -> QIcon:
        return wide_icon(entry, self._reader.thumbnails.picture(entry.source), self, _THUMBNAIL_LINES)

    def _show_thumbnail(self, source: str) -> None:
        groups = window_group(self._reader.latest), screen_group(self._reader.latest)
        shown = {entry.source: entry for group in groups for entry in group.entries}
        for row in range(self.list.count()):
            item = self.list.item(row)
            if source in shown and item.data(_SourceRole) == source:
                item.setIcon(self._icon(shown[source]))

    def _add_heading(self, text: str, *, bold: bool) -> None:
        item = QListWidgetItem(text, self.list)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        font = self.font()
        font.setBold(bold)
        item.setFont(font)

    def _current_changed(self, item: QListWidgetItem | None) -> None:
        self._selected = None if item is None else item.data(_SourceRole)
        self._show_usable()

    def _show_usable(self) -> None:
        item = self.list.currentItem()
        self.start_button.setEnabled(item is not None and bool(item.data(_SourceRole)))

    def _choose(self, item: QListWidgetItem | None) -> None:
        source = None if item is None else item.data(_SourceRole)
        if not source:
            return
        self.accept()
        if source == REGION:
            self.region_requested.emit()
        else:
            self.chosen.emit(source)
