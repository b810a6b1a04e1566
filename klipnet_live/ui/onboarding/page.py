"""What the pages of the guide have in common: a title and a text above what is asked."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from klipnet_live.ui.widgets.spacing import give_room


class GuidePage(QWidget):
    """`title` and `body` are asked for again when the language changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel()
        self._title.setProperty("role", "title")
        self._body = QLabel()
        for label in (self._title, self._body):
            label.setWordWrap(True)
        self.rows = QVBoxLayout(self)
        give_room(self.rows, self.font().pointSizeF())
        self.rows.addWidget(self._title)
        self.rows.addWidget(self._body)

    def title(self) -> str:
        raise NotImplementedError

    def body(self) -> str:
        raise NotImplementedError

    def retranslate(self) -> None:
        self._title.setText(self.title())
        self._body.setText(self.body())
        self.setAccessibleName(self.title())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.FontChange:
            give_room(self.rows, self.font().pointSizeF())
        super().changeEvent(event)
