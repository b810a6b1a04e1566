"""The guide dialog, opened at the first start and from the help menu."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from klipnet_live.ui.core.settings_store import SettingsStore
from klipnet_live.ui.onboarding.pages import GuidePage
from klipnet_live.ui.widgets.announcer import announce
from klipnet_live.ui.widgets.dialog import Dialog
from klipnet_live.ui.widgets.plain import PlainLabel
from klipnet_live.ui.widgets.scrolled import Scrolled


class GuideDialog(Dialog):
    """Shows the pages in order; closing it on any page marks the guide as done."""

    size_at_full = QSize(680, 760)

    def __init__(
        self, pages: tuple[GuidePage, ...], settings_store: SettingsStore, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._settings_store = settings_store
        self._pages = pages
        self.pages = QStackedWidget()
        for page in pages:
            self.pages.addWidget(Scrolled(page))
        self.back_button = QPushButton()
        self.back_button.clicked.connect(lambda: self._go(-1))
        self.next_button = QPushButton()
        self.next_button.setProperty("role", "primary")
        self.next_button.setDefault(True)
        self.next_button.clicked.connect(lambda: self._go(1))
        self._step = PlainLabel()
        self._step.setProperty("role", "muted")
        buttons = QHBoxLayout()
        buttons.addWidget(self._step)
        buttons.addStretch()
        buttons.addWidget(self.back_button)
        buttons.addWidget(self.next_button)
        layout = QVBoxLayout(self)
        layout.addWidget(self.pages)
        layout.addLayout(buttons)
        self.next_button.setFocus()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.retranslate()

    def done(self, result: int) -> None:
        self._settings_store.change(guide_done=True)
        super().done(result)

    def _go(self, step: int) -> None:
        page = self.pages.currentIndex() + step
        if page == self.pages.count():
            self.accept()
            return
        self.pages.setCurrentIndex(page)
        self.retranslate()
        shown = self._pages[page]
        announce(self, f"{self._step.text()}. {shown.title()}. {shown.body()}")

    def retranslate(self) -> None:
        step, steps = self.pages.currentIndex() + 1, self.pages.count()
        self._step.setText(self.tr("Step {step} of {steps}").format(step=step, steps=steps))
        at_end = self.pages.currentIndex() == self.pages.count() - 1
        self.setWindowTitle(self.tr("Getting started"))
        self.back_button.setText(self.tr("&Back"))
        self.back_button.setEnabled(self.pages.currentIndex() > 0)
        self.next_button.setText(self.tr("&Done") if at_end else self.tr("&Next"))
