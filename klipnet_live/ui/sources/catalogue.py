"""What can be chosen as a source, listed without making the window wait."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from klipnet_live.assets import DEMOS
from klipnet_live.capture import Device, list_cameras, list_screens, list_windows
from klipnet_live.types import UserError
from klipnet_live.ui.background import Background

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The devices of this computer at one moment."""

    cameras: tuple[Device, ...] = ()
    screens: tuple[Device, ...] = ()
    windows: tuple[Device, ...] = ()


def demo_videos() -> list[Path]:
    """The videos that ship with the app, for computers without a camera."""
    return sorted(DEMOS.glob("*.mp4"))


def read_catalogue() -> Catalogue:
    """Asks the system; takes up to seconds, because cameras are opened."""
    return Catalogue(_safely(list_cameras), _safely(list_screens), _safely(list_windows))


class CatalogueReader(QObject):
    """Reads the catalogue in the background, one reading at a time."""

    read = Signal(object)
    """A Catalogue."""

    def __init__(
        self, reader: Callable[[], Catalogue] = read_catalogue, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._background = Background(reader, self)
        self._background.answered.connect(self._keep)
        self.latest = Catalogue()
        self.refresh = self._background.ask

    def _keep(self, catalogue: Catalogue) -> None:
        self.latest = catalogue
        self.read.emit(catalogue)


def _safely(list_devices: Callable[[], Sequence[Device]]) -> tuple[Device, ...]:
    """An empty list where a kind cannot be listed: the others are still offered."""
    try:
        return tuple(list_devices())
    except UserError as error:
        _log.info("%s", error)
        return ()
