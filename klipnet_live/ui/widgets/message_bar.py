"""Says what went wrong, or what there is to know, and offers a way on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QWidget

from klipnet_live.types import UserError
from klipnet_live.ui.text.error_texts import message_text
from klipnet_live.ui.widgets.announcer import announce
from klipnet_live.ui.widgets.plain import PlainLabel
from klipnet_live.ui.widgets.spacing import scale_margins

_NARROW_LINES = 32
"""Width, in heights of a line, below which text and buttons do not fit side by side."""


@dataclass(frozen=True, slots=True)
class MessageAction:
    """A button beside a message. `text` is asked for again when the language changes."""

    text: Callable[[], str]
    accept: Callable[[], object]


@dataclass(frozen=True, slots=True)
class _Message:
    content: str | UserError
    offer: MessageAction | None
    topic: str

    def replaces(self, older: _Message) -> bool:
        """A message that comes twice is one message."""
        return (self.topic != "" and self.topic == older.topic) or str(self.content) == str(older.content)


class MessageBar(QFrame):
    """Shows the newest message; closing it shows the one before. Hidden while there is none.

    A UserError is a warning; a plain text is information, and shown calmly.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self._messages: list[_Message] = []
        self._mark = PlainLabel()
        self.text = PlainLabel()
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.more = PlainLabel()
        self.offer_button = QPushButton(autoDefault=False)
        self.offer_button.clicked.connect(self._accept)
        self.close_button = QPushButton(autoDefault=False)
        self.close_button.clicked.connect(self.dismiss)
        self._lay_out()
        self._retranslate()
        for widget in (self.more, self.offer_button, self):
            widget.hide()

    def show_message(
        self, message: str | UserError, offer: MessageAction | None = None, topic: str = ""
    ) -> None:
        """Shows it above what is already told; the older message of the same topic is over."""
        new = _Message(message, offer, topic)
        self._messages = [*(older for older in self._messages if not new.replaces(older)), new]
        self._show_newest()

    def dismiss(self) -> None:
        """The user has read the newest message."""
        self._messages = self._messages[:-1]
        self._show_newest()

    def forget(self, topic: str) -> None:
        """What was told of this topic is no longer true."""
        self._messages = [message for message in self._messages if message.topic != topic]
        self._show_newest()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the bar is narrow for its text, the buttons go below it."""
        narrow = event.size().width() < _NARROW_LINES * self.fontMetrics().height()
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._layout.setDirection(direction)
        self._give_room(narrow)
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _give_room(self, narrow: bool) -> None:
        """Large text leaves no room for margins as large."""
        scale_margins(self._layout, self.font().pointSizeF() / (3 if narrow else 1))

    def _lay_out(self) -> None:
        words = QHBoxLayout()
        words.addWidget(self._mark)
        words.addWidget(self.text, stretch=1)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.more)
        buttons.addWidget(self.offer_button)
        buttons.addWidget(self.close_button)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.addLayout(words, stretch=1)
        self._layout.addLayout(buttons)

    def _show_newest(self) -> None:
        self.setVisible(bool(self._messages))
        if not self._messages:
            return
        calm = isinstance(self._messages[-1].content, str)
        self._mark.setText("ℹ" if calm else "⚠")
        self.setProperty("role", "calm" if calm else "warning")
        for widget in (self, self._mark, self.text, self.more):
            self.style().polish(widget)
        self._retranslate()
        announce(self, self.text.text())

    def _accept(self) -> None:
        offer = self._messages[-1].offer
        self.dismiss()
        if offer is not None:
            offer.accept()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Message"))
        self.close_button.setText(self.tr("Close"))
        if self._messages:
            newest = self._messages[-1]
            self.text.setText(message_text(newest.content))
            self.offer_button.setText(newest.offer.text() if newest.offer is not None else "")
            self.offer_button.setVisible(newest.offer is not None)
            self.more.setText(self.tr("{count} more").format(count=len(self._messages) - 1))
            self.more.setVisible(len(self._messages) > 1)
