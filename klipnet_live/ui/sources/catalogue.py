"""What can be chosen as a source, listed without making the window wait."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from klipnet_live.assets import DEMOS
from klipnet_live.capture import Device, list_cameras, list_screens, list_windows
from klipnet_live.types import UserError
from klipnet_live.ui.core.background import Background

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The devices of this computer at one moment."""

    cameras: tuple[Device, ...] = ()
    screens: tuple[Device, ...] = ()
    windows: tuple[Device, ...] = ()


def demo_videos() -> dict[str, str]:
    """The videos that ship with the app, for computers without a camera, with the language of each."""
    return {str(path): path.stem.removeprefix("demo-") for path in sorted(DEMOS.glob("demo-*.mp4"))}


def demo_in(language: str) -> str | None:
    """The demo in which this language is spoken."""
    return next((path for path, spoken in demo_videos().items() if spoken == language), None)


def demo_language(source: str | None) -> str | None:
    """The language that is spoken in a source, by whichever path it is named; None: it is no demo."""
    if source is None or not os.path.isfile(source):
        return None
    return next((spoken for demo, spoken in demo_videos().items() if Path(source).samefile(demo)), None)


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
        self.latest = Catalogue()
        self.looking = False
        """Whether the system is being asked."""
        self._background = Background(reader, self)
        self._background.answered.connect(self._keep)
        self._background.failed.connect(lambda: self._tell(self.latest))

    def refresh(self) -> None:
        """Asks the system once more; `read` follows."""
        self.looking = True
        self._background.ask()

    def _keep(self, catalogue: Catalogue) -> None:
        others = tuple(window for window in catalogue.windows if not _is_ours(window.name))
        self._tell(replace(catalogue, windows=others))

    def _tell(self, catalogue: Catalogue) -> None:
        self.looking = False
        self.latest = catalogue
        self.read.emit(catalogue)


def _is_ours(title: str) -> bool:
    """Whether it is a window of this app, in which nobody's lips are; some systems add the app's name."""
    shown = (window.windowTitle() for window in QApplication.topLevelWidgets() if window.isVisible())
    app = QApplication.applicationDisplayName()
    return any(title == own or (title.startswith(own) and title.endswith(app)) for own in shown if own)


def _safely(list_devices: Callable[[], Sequence[Device]]) -> tuple[Device, ...]:
    """An empty list where a kind cannot be listed: the others are still offered."""
    try:
        return tuple(list_devices())
    except UserError as error:
        _log.info("%s", error)
        return ()
