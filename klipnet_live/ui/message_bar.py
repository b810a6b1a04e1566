"""Says what went wrong, or what there is to know, and offers a way on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from klipnet_live.types import UserError
from klipnet_live.ui.captions.announcer import announce
from klipnet_live.ui.error_texts import message_text

_NARROW_LINES = 32
"""Width, in heights of a line, below which text and buttons do not fit side by side."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A button beside a message. `text` is asked for again when the language changes."""

    text: Callable[[], str]
    accept: Callable[[], object]


class MessageBar(QFrame):
    """One message at a time; hidden while there is none.

    A UserError is a warning; a plain text is information, and shown calmly.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self._message: str | UserError | None = None
        self._offer: Offer | None = None
        self._mark = QLabel()
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.offer_button = QPushButton()
        self.offer_button.clicked.connect(self._accept)
        self.close_button = QPushButton()
        self.close_button.clicked.connect(self.dismiss)
        words = QHBoxLayout()
        words.addWidget(self._mark)
        words.addWidget(self.text, stretch=1)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.offer_button)
        buttons.addWidget(self.close_button)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.addLayout(words, stretch=1)
        self._layout.addLayout(buttons)
        self._retranslate()
        self.hide()

    def show_message(self, message: str | UserError, offer: Offer | None = None) -> None:
        self._message = message
        self._offer = offer
        calm = isinstance(message, str)
        self._mark.setText("ℹ" if calm else "⚠")
        self.setProperty("role", "calm" if calm else "warning")
        self.style().polish(self)
        for label in (self._mark, self.text):
            self.style().polish(label)
        self._retranslate()
        self.show()
        announce(self, self.text.text())

    def dismiss(self) -> None:
        self._message = self._offer = None
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Where the bar is narrow for its text, the buttons go below it."""
        narrow = event.size().width() < _NARROW_LINES * self.fontMetrics().height()
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._layout.setDirection(direction)
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _accept(self) -> None:
        offer = self._offer
        self.dismiss()
        if offer is not None:
            offer.accept()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Message"))
        self.offer_button.setVisible(self._offer is not None)
        self.offer_button.setText(self._offer.text() if self._offer is not None else "")
        self.close_button.setText(self.tr("Close"))
        self.text.setText(message_text(self._message) if self._message is not None else "")
