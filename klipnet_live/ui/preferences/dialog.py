"""The settings dialog."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialogButtonBox, QTabWidget, QVBoxLayout, QWidget

from klipnet_live.ui.core.settings_store import SettingsStore
from klipnet_live.ui.preferences.camera_page import CameraPage
from klipnet_live.ui.preferences.captions_page import CaptionsPage
from klipnet_live.ui.preferences.hotkeys_page import HotkeysPage
from klipnet_live.ui.preferences.outputs_page import OutputsPage
from klipnet_live.ui.preferences.overlay_page import OverlayPage
from klipnet_live.ui.preferences.transcript_page import TranscriptPage
from klipnet_live.ui.preferences.window_page import WindowPage
from klipnet_live.ui.widgets.dialog import Dialog


class SettingsDialog(Dialog):
    """Not modal, so that the effect of each change is visible."""

    size_at_full = QSize(780, 620)

    def __init__(self, settings_store: SettingsStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs = QTabWidget()
        for page in (
            CaptionsPage,
            WindowPage,
            OverlayPage,
            CameraPage,
            OutputsPage,
            HotkeysPage,
            TranscriptPage,
        ):
            self.tabs.addTab(page(settings_store), "")
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._buttons.rejected.connect(self.close)
        close = self._buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setIcon(QIcon())
        # Enter confirms a number or a path and leaves the dialog open.
        close.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.addWidget(self.tabs)
        layout.addWidget(self._buttons)
        self.tabs.tabBar().setFocus()
        self.retranslate()

    def show_page(self, kind: type[QWidget]) -> None:
        """Show the dialog with the page of this class."""
        pages = [self.tabs.widget(tab) for tab in range(self.tabs.count())]
        self.tabs.setCurrentIndex([isinstance(page, kind) for page in pages].index(True))
        self.show()
        self.raise_()
        self.activateWindow()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Settings"))
        self._buttons.button(QDialogButtonBox.StandardButton.Close).setText(self.tr("Close"))
        titles = (
            self.tr("Captions"),
            self.tr("Window"),
            self.tr("Overlay"),
            self.tr("Virtual camera"),
            self.tr("Other programs"),
            self.tr("Hotkeys"),
            self.tr("Transcript"),
        )
        for tab, title in enumerate(titles):
            self.tabs.setTabText(tab, title)
