"""Item delegate of the caption list."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTextEdit, QWidget

from klipnet_live.captions.runs import TextRun, text_of
from klipnet_live.types import CaptionEvent
from klipnet_live.ui.captions.line_painter import LinePainter, ShownLine
from klipnet_live.ui.captions.model import CaptionModel, Index
from klipnet_live.ui.captions.speakers import SpeakerBook
from klipnet_live.ui.look.appearance import Appearance


class LineDelegate(QStyledItemDelegate):
    """Paints lines; badge and name can be clicked, text can be selected."""

    person_clicked = Signal(str)
    """Id of the speaker whose badge or name was clicked."""

    def __init__(
        self,
        speakers: SpeakerBook,
        appearance: Appearance,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._speakers = speakers
        self._lines = LinePainter(speakers, appearance)

    def set_appearance(self, appearance: Appearance) -> None:
        self._lines = LinePainter(self._speakers, appearance)

    def runs(self, event: CaptionEvent) -> tuple[TextRun, ...]:
        """The words of an event as shown."""
        return self._lines.runs(event)

    def height(self, index: Index, width: int) -> int:
        """Height of a row of that width; the view stores it in the model as the size hint."""
        line = _line(index)
        if line is None:
            return round(self._lines.divider_height())
        return round(self._lines.height(line, width))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = _line(index)
        if line is None:
            self._lines.paint_divider(painter, option.rect, index.data())
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        self._lines.paint(painter, option.rect, line, selected)

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Emit `person_clicked` for clicks on badge or name."""
        line = _line(index)
        released = event.type() == QEvent.Type.MouseButtonRelease
        if line is not None and released and isinstance(event, QMouseEvent):
            parts = self._lines.parts(line, option.rect.width())
            place = event.position() - QPointF(option.rect.topLeft())
            if parts.badge.contains(place) or parts.name.contains(place):
                self.person_clicked.emit(line.event.speaker)
                return True
        return super().editorEvent(event, model, option, QModelIndex(index))  # type: ignore[arg-type]

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A read-only text field over the line, to select and copy parts of its text."""
        editor = QTextEdit(parent)
        editor.setReadOnly(True)
        editor.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        editor.setFrameShape(QTextEdit.Shape.NoFrame)
        editor.document().setDocumentMargin(0)
        editor.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        editor.setFont(self._lines.appearance.caption_font)
        editor.setAccessibleName(self.tr("Caption text"))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QTextEdit):
            line = _line(index)
            editor.setPlainText("" if line is None else text_of(self._lines.runs(line.event)))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Do nothing: the editor is read-only."""

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        if (line := _line(index)) is not None:
            parts = self._lines.parts(line, option.rect.width())
            editor.setGeometry(parts.text.translated(option.rect.topLeft()).toAlignedRect())


def _line(index: Index) -> ShownLine | None:
    """The line shown in the row; None for a divider."""
    model = index.model()
    assert isinstance(model, CaptionModel)
    return model.line_at(index.row())
