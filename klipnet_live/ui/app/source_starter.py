"""Offers the last source on the start page, and starts the camera."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt

from klipnet_live.ui.core.settings_store import SettingsStore
from klipnet_live.ui.main_window.window import RUN, MainWindow
from klipnet_live.ui.sources.catalogue import CatalogueReader, demo_in
from klipnet_live.ui.text.error_texts import NO_CAMERA
from klipnet_live.ui.widgets.message_bar import MessageAction


class SourceStarter(QObject):
    """Chooses among the sources that are available now."""

    def __init__(
        self,
        window: MainWindow,
        catalogue: CatalogueReader,
        settings_store: SettingsStore,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window, self._catalogue, self._settings_store = window, catalogue, settings_store
        window.camera_requested.connect(self.start_camera)

    def offer_last_source(self) -> None:
        """Offer to continue with the last source, if it is still available. Follows the catalogue."""
        self._offer()
        self._catalogue.read.connect(self._offer)

    def start_camera(self) -> None:
        """Start the last used camera, or the first one; if there is none, offer the demo."""
        if self._catalogue.searching:
            self._catalogue.read.connect(self.start_camera, Qt.ConnectionType.SingleShotConnection)
            return
        specs = [camera.spec for camera in self._catalogue.latest.cameras]
        chosen = self._settings_store.settings.source
        if specs:
            self._window.start_source(chosen if chosen in specs else specs[0])
            return
        # Look again, so that a camera that is plugged in now is found the next time.
        self._catalogue.refresh()
        if demo := demo_in(self._settings_store.settings.language):
            watch = MessageAction(lambda: self.tr("Watch the demo"), lambda: self._window.start_source(demo))
            self._window.show_message(NO_CAMERA, watch, topic=RUN)

    def _offer(self) -> None:
        source, found = self._settings_store.settings.source, self._catalogue.latest
        listed = [device.spec for device in (*found.cameras, *found.windows, *found.screens)]
        kind = (source or "").partition(":")[0]
        usable = bool(source) and (kind not in ("camera", "window") or source in listed)
        self._window.start_page.offer_again(self._window.controls.sources.currentText() if usable else "")
