"""Buttons of the overlay, shown above it while it has the pointer or the focus."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from klipnet_live.ui.look.icons import icon
from klipnet_live.ui.look.tokens import DARK
from klipnet_live.ui.widgets.plain import set_tool_tip

_GAP = 6


class OverlayControls(QWidget):
    """Buttons for click-through, settings, menu and close."""

    lock_requested = Signal()
    settings_requested = Signal()
    close_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("overlayControls")
        self.lock_button, self.settings_button, self.more_button, self.close_button = (
            QToolButton(self) for _ in range(4)
        )
        self.menu = QMenu(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, _GAP)
        layout.setSpacing(_GAP)
        size = round(self.fontMetrics().height() * 1.1)
        for button, name in zip(self._buttons, ("lock", "text", "more", "close"), strict=True):
            button.setIcon(icon(name, DARK.text, size))
            button.setIconSize(QSize(size, size))
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            layout.addWidget(button)
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more_button.setMenu(self.menu)
        self.lock_button.clicked.connect(self.lock_requested)
        self.settings_button.clicked.connect(self.settings_requested)
        self.close_button.clicked.connect(self.close_requested)
        self._retranslate()

    def offer(self, actions: Sequence[QAction | None]) -> None:
        """Fill the menu; None is a separator."""
        for action in actions:
            if action is None:
                self.menu.addSeparator()
            else:
                self.menu.addAction(action)

    @property
    def is_in_use(self) -> bool:
        """Whether the menu is open."""
        return self.menu.isVisible()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    @property
    def _buttons(self) -> tuple[QToolButton, ...]:
        return self.lock_button, self.settings_button, self.more_button, self.close_button

    def _retranslate(self) -> None:
        names = (
            self.tr("Let clicks pass through (turn off in the View menu)"),
            self.tr("Overlay settings"),
            self.tr("More"),
            self.tr("Close the overlay"),
        )
        for button, name in zip(self._buttons, names, strict=True):
            button.setAccessibleName(name)
            set_tool_tip(button, name)
