"""A bar above the captions that offers the likeliest phrases for the last line."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from klipnet_live.types import CaptionEvent
from klipnet_live.ui.widgets.announcer import announce
from klipnet_live.ui.widgets.flow_row import FlowRow
from klipnet_live.ui.widgets.plain import PlainLabel

MAX_CHOICES = 3


class ChoiceBar(QWidget):
    """Up to three choices. Alt+1 to Alt+3 choose one from anywhere in the window; Alt+0 dismisses the bar."""

    chosen = Signal(object, str)
    """The CaptionEvent and the phrase the user chose for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._event: CaptionEvent | None = None
        self.question = PlainLabel()
        self.buttons = [QPushButton(autoDefault=False) for _ in range(MAX_CHOICES)]
        self.none = QToolButton(autoRaise=True)
        row = FlowRow()
        self.setLayout(row)
        for widget in (self.question, *self.buttons, self.none):
            row.addWidget(widget)
        for number, button in enumerate(self.buttons):
            button.clicked.connect(lambda _=False, place=number: self._choose(place))
            key = QShortcut(QKeySequence(f"Alt+{number + 1}"), self)
            key.activated.connect(button.click)
        self.none.clicked.connect(self.dismiss)
        QShortcut(QKeySequence("Alt+0"), self).activated.connect(self.dismiss)
        self.hide()
        self._retranslate()

    def offer(self, event: CaptionEvent) -> None:
        """Offer the choices of a completed line.

        The phrase that was recognised, if any, is not offered again.
        """
        self._event = event
        for number, button in enumerate(self.buttons):
            text = event.choices[number] if number < len(event.choices) else ""
            button.setText(f"{number + 1}  {text}".replace("&", "&&"))
            button.setVisible(bool(text) and text != event.text)
        self._retranslate()
        self.show()
        if not event.readable:
            announce(self, f"{self.question.text()} {', '.join(event.choices)}")

    def dismiss(self) -> None:
        self._event = None
        self.hide()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _choose(self, place: int) -> None:
        event = self._event
        self.dismiss()
        if event is not None and place < len(event.choices):
            self.chosen.emit(event, event.choices[place])

    def _retranslate(self) -> None:
        if self._event is not None and self._event.readable:
            self.question.setText(self.tr("Not “{text}”? It was:").format(text=self._event.text))
            self.none.setText(self.tr("Correct"))
        else:
            self.question.setText(self.tr("Which phrase was it?"))
            self.none.setText(self.tr("None of them"))
        self.setAccessibleName(self.tr("Phrases to choose from"))
