"""The bar above the captions: source, state and buttons."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from klipnet_live.ui.look.appearance import Appearance
from klipnet_live.ui.look.icons import icon
from klipnet_live.ui.look.tokens import BODY_POINTS, GAP_M, GAP_S
from klipnet_live.ui.main_window.state_line import StateLine
from klipnet_live.ui.preview.thumbnail import Thumbnail
from klipnet_live.ui.widgets.elided_label import ElidedLabel
from klipnet_live.ui.widgets.plain import set_tool_tip
from klipnet_live.ui.widgets.spacing import padding

_NARROW_LINES = 26
"""Width, in line heights, below which the thumbnail is hidden."""


class SessionBar(QFrame):
    """Thumbnail, name and state of the source, and buttons."""

    home = Signal()
    """The user wants to return to the start page."""

    people = Signal()
    setup_toggled = Signal(bool)
    """Whether to show the preview and the controls."""

    def __init__(
        self, start_button: QPushButton, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sessionBar")
        self.start_button = start_button
        self.thumbnail = Thumbnail()
        # Shown once the bar is wide enough; until then it must not widen the window.
        self.thumbnail.hide()
        self.name = ElidedLabel()
        self.name.setObjectName("sourceName")
        self.state = StateLine(appearance)
        self.home_button, self.people_button, self.setup_button, self.undock_button = (
            QToolButton() for _ in range(4)
        )
        self.undock_button.hide()
        self.setup_button.setCheckable(True)
        self._icons = {
            self.home_button: "home", self.people_button: "people", self.setup_button: "settings",
            self.undock_button: "window",
        }  # fmt: skip
        self._lay_out()
        self.home_button.clicked.connect(self.home)
        self.people_button.clicked.connect(self.people)
        self.setup_button.toggled.connect(self.setup_toggled)
        self.thumbnail.clicked.connect(self.setup_button.toggle)
        self.set_appearance(appearance)
        self.set_running(False)
        self._retranslate()

    def show_source(self, name: str) -> None:
        self.name.setText(name)

    def set_running(self, running: bool) -> None:
        """Set whether captions are running or starting."""
        self.state.set_running(running)
        self.home_button.setVisible(not running)
        self.start_button.setProperty("role", "" if running else "primary")
        self.start_button.style().unpolish(self.start_button)
        self.start_button.style().polish(self.start_button)

    def add_state(self, key: str, text: str) -> None:
        """Add a text to the state while captions run; an empty text removes it."""
        self.state.add_state(key, text)

    def set_appearance(self, appearance: Appearance) -> None:
        points = BODY_POINTS * appearance.scale
        gap = padding(points, GAP_M)
        self._layout.setContentsMargins(2 * gap, gap, 2 * gap, gap)
        self._layout.setSpacing(round(points * GAP_S))
        self.state.set_appearance(appearance)
        self.thumbnail.set_appearance(appearance)
        size = round(self.fontMetrics().height() * 1.1)
        for button, name in self._icons.items():
            button.setIcon(icon(name, appearance.theme.text, size))
            button.setIconSize(QSize(size, size))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.thumbnail.setVisible(event.size().width() > _NARROW_LINES * self.fontMetrics().height())

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.name)
        words.addWidget(self.state)
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self.home_button)
        self._layout.addWidget(self.thumbnail)
        self._layout.addSpacing(4)
        self._layout.addLayout(words, stretch=1)
        for button in (self.people_button, self.setup_button, self.undock_button):
            self._layout.addWidget(button)
        self._layout.addWidget(self.start_button)
        for button in self._icons:
            button.setProperty("role", "quiet")
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _retranslate(self) -> None:
        names = (
            self.tr("Back to the start page"), self.tr("People"), self.tr("Preview and source"),
            self.tr("Restore the window"),
        )  # fmt: skip
        for button, name in zip(self._icons, names, strict=True):
            button.setAccessibleName(name)
            set_tool_tip(button, name)
