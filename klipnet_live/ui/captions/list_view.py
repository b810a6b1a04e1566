"""The scrolling list of caption lines."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView, QWidget

from klipnet_live.ui.captions.line_delegate import LineDelegate
from klipnet_live.ui.captions.model import CaptionModel, Index


class CaptionListView(QListView):
    """Follows the newest line, except while the user has scrolled up."""

    following_changed = Signal(bool)

    def __init__(self, model: CaptionModel, delegate: LineDelegate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._captions = model
        self._lines = delegate
        self._following = True
        self.setObjectName("captionList")
        self.setModel(model)
        model.line_changed.connect(self._measure)
        self.setItemDelegate(delegate)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        bar = self.verticalScrollBar()
        bar.setSingleStep(24)
        bar.rangeChanged.connect(self._range_changed)
        # Handle the user's scrolling before it is applied; a layout in between would undo it.
        bar.actionTriggered.connect(lambda: self._moved_to(bar.sliderPosition()))
        bar.valueChanged.connect(lambda: self._moved_to(bar.value()))

    @property
    def following(self) -> bool:
        return self._following

    def jump_to_newest(self) -> None:
        self._set_following(True)
        self.scrollToBottom()

    def measure_all(self) -> None:
        """Update the height of all rows after the width or the fonts have changed.

        The first visible row stays in place if the user has scrolled up.
        """
        first = QModelIndex() if self._following else self.indexAt(self.viewport().rect().topLeft())
        before = self.visualRect(first)
        for row in range(self._captions.rowCount()):
            self._measure(row)
        if first.isValid():
            self.executeDelayedItemsLayout()
            after, bar = self.visualRect(first), self.verticalScrollBar()
            hidden = -before.top() / before.height()
            bar.setValue(bar.value() + after.top() + round(hidden * after.height()))

    def copy_selected(self) -> None:
        """Copy the selected lines to the clipboard, in order."""
        rows = sorted(self.selectedIndexes(), key=QModelIndex.row)
        QApplication.clipboard().setText("\n".join(str(index.data()) for index in rows))

    def dataChanged(self, top_left: Index, bottom_right: Index, roles: Sequence[int] = ()) -> None:
        """Only repaint if just the text changed; Qt would lay out all rows again for each word."""
        if Qt.ItemDataRole.SizeHintRole in roles:
            super().dataChanged(top_left, bottom_right, list(roles))
        else:
            self.viewport().update(self.visualRect(top_left))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selected()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._can_edit():
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _can_edit(self) -> bool:
        """Whether there is a current line, and it is complete."""
        return bool(self.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.measure_all()

    def _measure(self, row: int) -> None:
        width = self.viewport().width()
        item = self._captions.item(row)
        item.setSizeHint(QSize(width, self._lines.height(item.index(), width)))

    def _range_changed(self, _minimum: int, maximum: int) -> None:
        if self._following:
            self.verticalScrollBar().setValue(maximum)

    def _moved_to(self, place: int) -> None:
        self._set_following(place >= self.verticalScrollBar().maximum() - 2)

    def _set_following(self, following: bool) -> None:
        if following != self._following:
            self._following = following
            self.following_changed.emit(following)
