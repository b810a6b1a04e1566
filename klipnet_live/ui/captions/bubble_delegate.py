"""How the caption list shows and edits its rows."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTextEdit, QWidget

from klipnet_live.types import CaptionEvent
from klipnet_live.ui.captions.bubble_painter import BubblePainter
from klipnet_live.ui.captions.model import EventRole, Index
from klipnet_live.ui.captions.speakers import SpeakerBook
from klipnet_live.ui.look.appearance import Appearance


class BubbleDelegate(QStyledItemDelegate):
    """Bubbles whose badge and name can be clicked, and whose text can be selected."""

    rename_requested = Signal(str)
    recolour_requested = Signal(str)

    def __init__(
        self,
        speakers: SpeakerBook,
        appearance: Appearance,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._speakers = speakers
        self._bubbles = BubblePainter(speakers, appearance)

    def set_appearance(self, appearance: Appearance) -> None:
        self._bubbles = BubblePainter(self._speakers, appearance)

    def height(self, index: Index, width: int) -> int:
        """Height of a row of that width; the view keeps it in the model, where Qt looks for it."""
        event = index.data(EventRole)
        if event is None:
            return round(self._bubbles.divider_height())
        return round(self._bubbles.height(event, width))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        event = index.data(EventRole)
        if event is None:
            self._bubbles.paint_divider(painter, option.rect, index.data())
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        self._bubbles.paint(painter, option.rect, event, selected)

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """A click on the badge asks for a colour, a click on the name for a name."""
        caption: CaptionEvent | None = index.data(EventRole)
        released = event.type() == QEvent.Type.MouseButtonRelease
        if caption is not None and released and isinstance(event, QMouseEvent):
            parts = self._bubbles.parts(caption, option.rect.width())
            place = event.position() - QPointF(option.rect.topLeft())
            if parts.badge.contains(place):
                self.recolour_requested.emit(caption.speaker)
                return True
            if parts.name.contains(place):
                self.rename_requested.emit(caption.speaker)
                return True
        return super().editorEvent(event, model, option, QModelIndex(index))  # type: ignore[arg-type]

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A read-only text over the bubble, from which any part can be selected and copied."""
        editor = QTextEdit(parent)
        editor.setReadOnly(True)
        editor.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        editor.setFont(self._bubbles.appearance.caption_font)
        editor.setAccessibleName(self.tr("Caption text"))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QTextEdit):
            editor.setPlainText(index.data(EventRole).text)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """The editor changes nothing."""

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        parts = self._bubbles.parts(index.data(EventRole), option.rect.width())
        editor.setGeometry(parts.text.translated(option.rect.topLeft()).adjusted(-6, -6, 6, 6).toRect())
