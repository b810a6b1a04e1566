"""Draws the entries in lists of sources."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from klipnet_live.ui.sources.entry_icons import PIXEL_RATIO

WideIconRole = Qt.ItemDataRole.UserRole + 1
"""The icon of an entry in an open list: as wide as a thumbnail. A closed combo box shows the usual icon."""


class EntryDelegate(QStyledItemDelegate):
    """Draws headings in their own colour, and the wide icons."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        # Headings cannot be chosen, but are no less important: styles would draw them grey in any theme.
        option.state |= QStyle.StateFlag.State_Enabled
        # The background of the current entry shows the focus.
        option.state &= ~QStyle.StateFlag.State_HasFocus
        if (wide := index.data(WideIconRole)) is not None:
            option.icon = wide
            option.decorationSize = wide.availableSizes()[0] / PIXEL_RATIO
