"""Applies the user's confidence threshold to the running pipeline."""

from __future__ import annotations

from PySide6.QtCore import QObject

from klipnet_live.pipeline.base import Pipeline
from klipnet_live.settings import Settings
from klipnet_live.ui.core.controller import Request
from klipnet_live.ui.core.settings_store import SettingsStore


class ConfidenceThreshold(QObject):
    """Follows each pipeline; changes of the setting apply from the next caption on."""

    def __init__(self, settings_store: SettingsStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._threshold = settings_store.settings.confidence_threshold
        self._pipeline: Pipeline | None = None
        settings_store.changed.connect(self._settings_changed)

    def begin(self, pipeline: Pipeline, request: Request) -> None:
        self._pipeline = pipeline
        pipeline.least_confidence = self._threshold

    def end(self) -> None:
        self._pipeline = None

    def _settings_changed(self, settings: Settings) -> None:
        self._threshold = settings.confidence_threshold
        if self._pipeline is not None:
            self._pipeline.least_confidence = self._threshold
