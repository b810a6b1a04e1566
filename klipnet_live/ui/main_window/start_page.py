"""The start page: what the user can caption."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from klipnet_live.ui.look.appearance import Appearance
from klipnet_live.ui.look.tokens import BODY_POINTS, GAP_L, GAP_XL
from klipnet_live.ui.main_window.choice_card import ChoiceCard
from klipnet_live.ui.widgets.plain import PlainLabel
from klipnet_live.ui.widgets.scrolled import Scrolled
from klipnet_live.ui.widgets.spacing import padding

_NARROW_LINES = 29
"""Width, in line heights, below which the choices are in one column."""

_MAX_LINES = 46
"""Maximum width of the choices in line heights; longer lines are hard to read."""

_ORDER = ("meeting", "camera", "phrases", "video", "demo")

Text = Callable[[], str]


class StartPage(Scrolled):
    """Large buttons for the choices, a button for the last source, and a link to the demo."""

    meeting = Signal()
    camera = Signal()
    video = Signal()
    demo = Signal()
    again = Signal()
    """The user wants to continue with the last source."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        inside = QWidget()
        super().__init__(inside, parent)
        self._appearance = appearance
        self._cards: dict[str, ChoiceCard] = {}
        self._texts: dict[str, tuple[Text, Text]] = {}
        self._title = PlainLabel(wordWrap=True)
        self._title.setProperty("role", "title")
        self._last_source = ""
        self.again_button = QPushButton(autoDefault=True)
        self.again_button.setProperty("role", "primary")
        self.again_button.clicked.connect(self.again)
        self.again_button.hide()
        self._no_camera = PlainLabel()
        self._no_camera.setProperty("role", "muted")
        self.demo_button = QPushButton(autoDefault=True)
        self.demo_button.setProperty("role", "link")
        self.demo_button.clicked.connect(self.demo)
        self.extra = QHBoxLayout()
        self._lay_out(inside)
        self._add_choices()
        self.set_appearance(appearance)
        self._retranslate()

    def add_choice(self, key: str, icon: str, title: Text, body: Text, begin: Callable[[], object]) -> None:
        """Add a large button; `title` and `body` are called again when the interface language changes."""
        card = ChoiceCard(icon)
        card.clicked.connect(lambda: begin())
        card.set_texts(title(), body())
        card.set_appearance(self._appearance)
        self._cards[key], self._texts[key] = card, (title, body)
        self._arrange()

    def card(self, key: str) -> ChoiceCard:
        """The button of a choice: "meeting", "camera", "video", "demo", or an added one."""
        return self._cards[key]

    def offer_again(self, source: str) -> None:
        """Offer to continue with the last source, by its name; an empty name hides the button."""
        self._last_source = source
        self.again_button.setVisible(bool(source))
        self._retranslate()
        if self.focusWidget() is self._cards["meeting"]:
            self.focus_first()

    def show_dropping(self, dropping: bool) -> None:
        """Highlight the drop target while a video is dragged over the window."""
        card = self._cards["video"]
        card.setProperty("dropping", dropping)
        card.style().unpolish(card)
        card.style().polish(card)

    def focus_first(self) -> None:
        """Focus the button for the last source, or the first choice."""
        first = self.again_button if self._last_source else self._cards["meeting"]
        first.setFocus()

    def set_appearance(self, appearance: Appearance) -> None:
        self._appearance = appearance
        points = BODY_POINTS * appearance.scale
        for card in self._cards.values():
            card.set_appearance(appearance)
        margin = padding(points, GAP_XL)
        self._column.setContentsMargins(margin, margin, margin, margin)
        self._column.setSpacing(padding(points, GAP_L))
        self._grid.setSpacing(padding(points, GAP_L))
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _lay_out(self, inside: QWidget) -> None:
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        below = QHBoxLayout()
        below.addWidget(self._no_camera)
        below.addWidget(self.demo_button)
        below.addStretch()
        self._middle = QWidget()
        self._column = QVBoxLayout(self._middle)
        self._column.addStretch(1)
        self._column.addWidget(self._title)
        self._column.addLayout(self._grid)
        again = QHBoxLayout()
        again.addWidget(self.again_button)
        again.addStretch()
        self._column.addLayout(again)
        self._column.addLayout(below)
        self._column.addLayout(self.extra)
        self._column.addStretch(2)
        whole = QHBoxLayout(inside)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addStretch(1)
        whole.addWidget(self._middle, stretch=1000)
        whole.addStretch(1)

    def _add_choices(self) -> None:
        self.add_choice(
            "meeting",
            "meeting",
            lambda: self.tr("Caption a meeting"),
            lambda: self.tr("Choose the meeting's window, or select a region around the faces."),
            self.meeting.emit,
        )
        self.add_choice(
            "camera",
            "camera",
            lambda: self.tr("My camera"),
            lambda: self.tr("See captions of your own lips."),
            self.camera.emit,
        )
        self.add_choice(
            "video",
            "video",
            lambda: self.tr("Caption a video"),
            lambda: self.tr("Drop a video here to get subtitles or a video with captions."),
            self.video.emit,
        )
        self.add_choice(
            "demo", "demo",
            lambda: self.tr("Watch the demo"),
            lambda: self.tr("Two talking portraits, no camera needed."),
            self.demo.emit,
        )  # fmt: skip

    def _arrange(self) -> None:
        """Arrange the choices in one or two columns; the demo is hidden if it would sit alone in a row."""
        line = self.fontMetrics().height()
        self._middle.setMaximumWidth(_MAX_LINES * line)
        columns = 1 if self.width() < _NARROW_LINES * line else 2
        known = [key for key in _ORDER if key in self._cards]
        shown = [key for key in known if key != "demo" or len(known) % 2 == 0]
        for key, card in self._cards.items():
            self._grid.removeWidget(card)
            card.setVisible(key in shown)
        for place, key in enumerate(shown):
            self._grid.addWidget(self._cards[key], place // columns, place % columns)
            QWidget.setTabOrder(self._cards[shown[place - 1]] if place else self, self._cards[key])
        QWidget.setTabOrder(self._cards[shown[-1]], self.again_button)
        QWidget.setTabOrder(self.again_button, self.demo_button)
        self._grid.setColumnStretch(1, columns - 1)
        for widget in (self._no_camera, self.demo_button):
            widget.setVisible("demo" not in shown)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Start"))
        self._title.setText(self.tr("What would you like to caption?"))
        self.again_button.setText(self.tr("Continue with {source}").format(source=self._last_source))
        self._no_camera.setText(self.tr("No camera?"))
        self.demo_button.setText(self.tr("Watch the demo"))
        for key, (title, body) in self._texts.items():
            self._cards[key].set_texts(title(), body())
