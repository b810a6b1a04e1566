"""Says what went wrong and offers the way out."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from klipnet_live.types import UserError
from klipnet_live.ui.captions.announcer import announce
from klipnet_live.ui.error_texts import message_text

_NARROW_LINES = 32
"""Width, in heights of a line, below which text and buttons do not fit side by side."""


class MessageBar(QFrame):
    """One message at a time; hidden while there is none."""

    retry_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self._message: str | UserError | None = None
        self._mark = QLabel("⚠")
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.retry_button = QPushButton()
        self.retry_button.clicked.connect(self._retry)
        self.close_button = QPushButton()
        self.close_button.clicked.connect(self.dismiss)
        words = QHBoxLayout()
        words.addWidget(self._mark)
        words.addWidget(self.text, stretch=1)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.retry_button)
        buttons.addWidget(self.close_button)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.addLayout(words, stretch=1)
        self._layout.addLayout(buttons)
        self._retranslate()
        self.hide()

    def show_message(self, message: str | UserError, *, can_retry: bool = True) -> None:
        self._message = message
        self.retry_button.setVisible(can_retry)
        self._retranslate()
        self.show()
        announce(self, self.text.text())

    def dismiss(self) -> None:
        self._message = None
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

    def _retry(self) -> None:
        self.dismiss()
        self.retry_requested.emit()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Message"))
        self.retry_button.setText(self.tr("Try again"))
        self.close_button.setText(self.tr("Close"))
        self.text.setText(message_text(self._message) if self._message is not None else "")
