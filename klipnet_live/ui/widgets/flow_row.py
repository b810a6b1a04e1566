"""A layout that wraps its items into further rows, and labels that stay with their fields."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLayoutItem, QWidget

from klipnet_live.ui.widgets.plain import PlainLabel


class FlowRow(QLayout):
    """Places items at their natural width and wraps them like words.

    `at_end`: right-align the rows, like the buttons of a dialog. Items that can expand share the spare width.
    """

    def __init__(self, *, at_end: bool = False) -> None:
        super().__init__()
        self._at_end = at_end
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = self._rows(width)
        return sum(_height(row) for row in rows) + self.spacing() * max(len(rows) - 1, 0)

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def sizeHint(self) -> QSize:
        widths = [item.sizeHint().width() for item in self._shown]
        return QSize(sum(widths) + self.spacing() * max(len(widths) - 1, 0), _height(self._shown))

    def minimumSize(self) -> QSize:
        return QSize(max((item.sizeHint().width() for item in self._shown), default=0), _height(self._shown))

    def setGeometry(self, place: QRect) -> None:
        super().setGeometry(place)
        top = place.top()
        for row in self._rows(place.width()):
            self._place(row, QRect(place.left(), top, place.width(), _height(row)))
            top += _height(row) + self.spacing()

    @property
    def _shown(self) -> list[QLayoutItem]:
        """The visible items; hidden widgets take no space."""
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, row: list[QLayoutItem], place: QRect) -> None:
        """Place the items of a row, vertically centred."""
        needed = sum(item.sizeHint().width() for item in row) + self.spacing() * (len(row) - 1)
        extra = max(place.width() - needed, 0)
        growing = [item for item in row if item.expandingDirections() & Qt.Orientation.Horizontal]
        left = place.left() + (extra if self._at_end and not growing else 0)
        for item in row:
            size = QSize(item.sizeHint())
            if item in growing:
                size.setWidth(size.width() + extra // len(growing))
            size.setWidth(min(size.width(), place.width()))
            top = place.top() + (place.height() - size.height()) // 2
            item.setGeometry(QRect(QPoint(left, top), size))
            left += size.width() + self.spacing()

    def _rows(self, width: int) -> list[list[QLayoutItem]]:
        rows: list[list[QLayoutItem]] = []
        used = 0
        for item in self._shown:
            needed = item.sizeHint().width()
            if rows and used + self.spacing() + needed <= width:
                rows[-1].append(item)
                used += self.spacing() + needed
            else:
                rows.append([item])
                used = needed
        return rows


def _height(items: list[QLayoutItem]) -> int:
    return max((item.sizeHint().height() for item in items), default=0)


def labelled(label: PlainLabel, field: QWidget) -> QWidget:
    """A field with its label before it, which no row parts."""
    label.setBuddy(field)
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(label)
    row.addWidget(field)
    return pair
