"""A bar for errors and notices, with an optional action button."""

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
"""Width, in line heights, below which text and buttons are stacked."""


@dataclass(frozen=True, slots=True)
class MessageAction:
    """A button beside a message. `text` is called again when the language changes."""

    text: Callable[[], str]
    accept: Callable[[], object]


@dataclass(frozen=True, slots=True)
class _Message:
    content: str | UserError
    offer: MessageAction | None
    topic: str

    def replaces(self, older: _Message) -> bool:
        """Whether this message replaces an older one: same topic or same text."""
        return (self.topic != "" and self.topic == older.topic) or str(self.content) == str(older.content)


class MessageBar(QFrame):
    """Shows the newest message; closing it shows the previous one. Hidden without messages.

    A UserError is shown as a warning, plain text as information.
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
        """Show a message. It replaces an older message of the same topic."""
        new = _Message(message, offer, topic)
        self._messages = [*(older for older in self._messages if not new.replaces(older)), new]
        self._show_newest()

    def dismiss(self) -> None:
        """Close the newest message."""
        self._messages = self._messages[:-1]
        self._show_newest()

    def forget(self, topic: str) -> None:
        """Remove messages of a topic that no longer apply."""
        self._messages = [message for message in self._messages if message.topic != topic]
        self._show_newest()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stack the buttons below the text if the bar is narrow."""
        narrow = event.size().width() < _NARROW_LINES * self.fontMetrics().height()
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._layout.setDirection(direction)
        self._scale_spacing(narrow)
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _scale_spacing(self, narrow: bool) -> None:
        """Use smaller margins when the bar is narrow."""
        scale_margins(self._layout, self.font().pointSizeF() / (3 if narrow else 1))

    def _lay_out(self) -> None:
        message_row = QHBoxLayout()
        message_row.addWidget(self._mark)
        message_row.addWidget(self.text, stretch=1)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.more)
        buttons.addWidget(self.offer_button)
        buttons.addWidget(self.close_button)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.addLayout(message_row, stretch=1)
        self._layout.addLayout(buttons)

    def _show_newest(self) -> None:
        self.setVisible(bool(self._messages))
        if not self._messages:
            return
        calm = isinstance(self._messages[-1].content, str)
        self._mark.setText("ℹ" if calm else "⚠")
        self._mark.setAccessibleName(self.tr("Note") if calm else self.tr("Warning"))
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
