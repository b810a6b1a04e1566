"""The guide that opens at the first start, and again from the help menu."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from klipnet_live.ui.guide.page import GuidePage
from klipnet_live.ui.settings_keeper import SettingsKeeper


class GuideDialog(QDialog):
    """Leads through the pages; closing it at any page ends it for good."""

    def __init__(
        self, pages: tuple[GuidePage, ...], keeper: SettingsKeeper, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self.pages = QStackedWidget()
        for page in pages:
            area = QScrollArea(widgetResizable=True)
            area.setWidget(page)
            self.pages.addWidget(area)
        self.back_button = QPushButton()
        self.back_button.clicked.connect(lambda: self._go(-1))
        self.next_button = QPushButton()
        self.next_button.setProperty("role", "primary")
        self.next_button.setDefault(True)
        self.next_button.clicked.connect(lambda: self._go(1))
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.back_button)
        buttons.addWidget(self.next_button)
        layout = QVBoxLayout(self)
        layout.addWidget(self.pages)
        layout.addLayout(buttons)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(680, 760)
        self._retranslate()

    def done(self, result: int) -> None:
        self._keeper.change(guide_done=True)
        super().done(result)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _go(self, step: int) -> None:
        page = self.pages.currentIndex() + step
        if page == self.pages.count():
            self.accept()
            return
        self.pages.setCurrentIndex(page)
        self._retranslate()

    def _retranslate(self) -> None:
        at_end = self.pages.currentIndex() == self.pages.count() - 1
        self.setWindowTitle(self.tr("First steps"))
        self.back_button.setText(self.tr("&Back"))
        self.back_button.setEnabled(self.pages.currentIndex() > 0)
        self.next_button.setText(self.tr("&Done") if at_end else self.tr("&Next"))
