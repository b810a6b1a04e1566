"""Connects the overlay with settings, captions and menu."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, Signal

from klipnet_live.settings import Settings
from klipnet_live.types import UserError
from klipnet_live.ui.captions.speakers import SpeakerBook
from klipnet_live.ui.core.actions import Actions
from klipnet_live.ui.core.controller import Controller
from klipnet_live.ui.core.settings_store import SettingsStore
from klipnet_live.ui.look.appearance import Appearance
from klipnet_live.ui.overlay.window import OverlayWindow
from klipnet_live.ui.sources.overlap_guard import covers_source


class OverlayPresenter(QObject):
    """Shows and hides the overlay, and warns if it covers the captured part of the screen."""

    problem = Signal(object)
    """A UserError: the overlay covers the captured part of the screen."""

    def __init__(
        self,
        settings_store: SettingsStore,
        controller: Controller,
        speakers: SpeakerBook,
        actions: Actions,
        appearance: Appearance,
    ) -> None:
        super().__init__()
        self._settings_store = settings_store
        self._controller = controller
        self._actions = actions
        self._lost = False
        self.window = OverlayWindow(speakers, settings_store.settings.overlay, appearance)
        self._connect()
        self._show_settings(settings_store.settings)

    def _connect(self) -> None:
        settings_store, actions = self._settings_store, self._actions
        settings_store.changed.connect(self._show_settings)
        self._controller.caption.connect(self.window.apply)
        self._controller.session_started.connect(self.window.begin_session)
        self._controller.session_started.connect(self._check_overlap)
        self._controller.problem.connect(self._source_lost)
        self._controller.running_changed.connect(self._running_changed)
        self.window.geometry_changed.connect(self._store_place)
        self.window.addActions(actions.shortcuts)
        self.window.controls.offer(actions.of_overlay)
        self.window.controls.lock_requested.connect(actions.click_through.trigger)
        self.window.closed.connect(lambda: settings_store.change_part("overlay", visible=False))
        actions.overlay.toggled.connect(lambda on: settings_store.change_part("overlay", visible=on))
        actions.click_through.toggled.connect(
            lambda on: settings_store.change_part("overlay", click_through=on)
        )
        actions.reading_mode.toggled.connect(
            lambda on: settings_store.change_part("overlay", mode="reading" if on else "fast")
        )

    def _show_settings(self, settings: Settings) -> None:
        overlay = settings.overlay
        self._actions.overlay.setChecked(overlay.visible)
        self._actions.click_through.setChecked(overlay.click_through)
        self._actions.reading_mode.setChecked(overlay.mode == "reading")
        self.window.set_settings(overlay)
        if overlay.visible != self.window.isVisible():
            self.window.setVisible(overlay.visible)
            self._check_overlap()

    def _source_lost(self) -> None:
        self._lost = True

    def _running_changed(self, running: bool) -> None:
        if not running:
            self.window.end_session(lost=self._lost)
        self._lost = False

    def _store_place(self, place: QRect) -> None:
        self._settings_store.change_part(
            "overlay", geometry=(place.x(), place.y(), place.width(), place.height())
        )
        self._check_overlap()

    def _check_overlap(self) -> None:
        source = self._settings_store.settings.source
        if not (self.window.isVisible() and self._controller.running and source):
            return
        if not self.window.excluded_from_capture and covers_source(self.window.plate_place, source):
            self.problem.emit(
                UserError("The caption overlay covers the captured part of the screen: move it aside.")
            )
