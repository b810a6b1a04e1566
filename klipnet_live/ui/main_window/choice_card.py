"""A large button with icon, title and description."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from klipnet_live.ui.look.appearance import Appearance
from klipnet_live.ui.look.icons import icon_pixmap
from klipnet_live.ui.look.tokens import BODY_POINTS, GAP_L, GAP_S
from klipnet_live.ui.widgets.plain import PlainLabel

_ICON = 2.2
"""Size of the icon, relative to the font."""


class ChoiceCard(QPushButton):
    """One of the choices on the start page."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("choiceCard")
        self.setAutoDefault(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._icon = icon
        self._picture = PlainLabel()
        self._title, self._body = PlainLabel(wordWrap=True), PlainLabel(wordWrap=True)
        self._title.setObjectName("choiceTitle")
        self._body.setProperty("role", "muted")
        self._layout = QVBoxLayout(self)
        for label in (self._picture, self._title, self._body):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._layout.addWidget(label)
        self._layout.addStretch()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_texts(self, title: str, body: str) -> None:
        self._title.setText(title)
        self._body.setText(body)
        self.setAccessibleName(title)
        self.setAccessibleDescription(body)

    def set_appearance(self, appearance: Appearance) -> None:
        points = BODY_POINTS * appearance.scale
        margin = round(points * GAP_L * 1.3)
        self._layout.setContentsMargins(margin, margin, margin, margin)
        self._layout.setSpacing(round(points * GAP_S))
        size = round(self.fontMetrics().height() * _ICON / 1.2)
        self._picture.setPixmap(icon_pixmap(self._icon, appearance.theme.accent, size))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._layout.totalHeightForWidth(width)

    def sizeHint(self) -> QSize:
        width = 17 * self.fontMetrics().height()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._layout.totalMinimumSize().width(), self.heightForWidth(self.width()))
