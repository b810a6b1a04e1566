"""Lists the available video sources in the background."""

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
from klipnet_live.ui.sources.thumbnails import TakeThumbnails, ThumbnailReader, no_thumbnails

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The capture devices of this computer at one point in time."""

    cameras: tuple[Device, ...] = ()
    screens: tuple[Device, ...] = ()
    windows: tuple[Device, ...] = ()


def demo_videos() -> dict[str, str]:
    """Return the bundled demo videos: a mapping from path to spoken language."""
    return {str(path): path.stem.removeprefix("demo-") for path in sorted(DEMOS.glob("demo-*.mp4"))}


def demo_in(language: str) -> str | None:
    """Return the path of the demo in this language."""
    return next((path for path, spoken in demo_videos().items() if spoken == language), None)


def demo_language(source: str | None) -> str | None:
    """Return the language of a demo video, or None if the source is not a demo.

    Symbolic links are followed.
    """
    if source is None or not os.path.isfile(source):
        return None
    return next((spoken for demo, spoken in demo_videos().items() if Path(source).samefile(demo)), None)


def read_catalogue() -> Catalogue:
    """List all devices. This can take seconds, because cameras are opened."""
    return Catalogue(_safely(list_cameras), _safely(list_screens), _safely(list_windows))


class CatalogueReader(QObject):
    """Reads the catalogue in the background, one reading at a time."""

    read = Signal(object)
    """A Catalogue."""

    def __init__(
        self,
        reader: Callable[[], Catalogue] = read_catalogue,
        take_thumbnails: TakeThumbnails = no_thumbnails,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.latest = Catalogue()
        self.searching = False
        """Whether a listing is in progress."""
        self.thumbnails = ThumbnailReader(take_thumbnails, self)
        self._with_thumbnails = False
        self._background = Background(reader, self)
        self._background.answered.connect(self._catalogue_read)
        self._background.failed.connect(lambda: self._publish(self.latest))

    def refresh(self, *, with_thumbnails: bool = False) -> None:
        """Start a new listing; `read` is emitted when it is done, and the thumbnails follow."""
        self.searching = True
        self._with_thumbnails |= with_thumbnails
        self._background.ask()

    def _catalogue_read(self, catalogue: Catalogue) -> None:
        others = tuple(window for window in catalogue.windows if not _is_ours(window.name))
        self._publish(replace(catalogue, windows=others))

    def _publish(self, catalogue: Catalogue) -> None:
        self.searching = False
        self.latest = catalogue
        self.read.emit(catalogue)
        if self._with_thumbnails:
            self._with_thumbnails = False
            self.thumbnails.refresh(catalogue.screens, catalogue.windows)


def _is_ours(title: str) -> bool:
    """Whether a window title belongs to this app. Some systems append the app's name to titles."""
    shown = (window.windowTitle() for window in QApplication.topLevelWidgets() if window.isVisible())
    app = QApplication.applicationDisplayName()
    return any(title == own or (title.startswith(own) and title.endswith(app)) for own in shown if own)


def _safely(list_devices: Callable[[], Sequence[Device]]) -> tuple[Device, ...]:
    """List devices of one kind; empty on errors, so that the other kinds are still offered."""
    try:
        return tuple(list_devices())
    except UserError as error:
        _log.info("%s", error)
        return ()
