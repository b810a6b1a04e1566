"""Takes pictures of windows and screens in the background, for lists of sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from threading import Event

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QImage

from klipnet_live.capture import Device
from klipnet_live.types import Image
from klipnet_live.ui.core.background import Background
from klipnet_live.ui.widgets.picture import as_qimage

TakeThumbnails = Callable[[Sequence[Device], Sequence[Device]], Iterator[tuple[str, Image]]]
"""Yields the spec and the picture of each screen and window that has one; see `capture.thumbnails`."""


def no_thumbnails(_screens: Sequence[Device], _windows: Sequence[Device]) -> Iterator[tuple[str, Image]]:
    return iter(())


class ThumbnailReader(QObject):
    """Keeps the newest picture of each source, in memory only."""

    arrived = Signal(str)
    """There is a new picture of the source with this spec."""

    _taken = Signal(str, QImage)
    """Emitted from the background thread."""

    def __init__(self, take: TakeThumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._take = take
        self._pictures: dict[str, QImage] = {}
        self._screens: Sequence[Device] = ()
        self._windows: Sequence[Device] = ()
        self._closing = Event()
        self._background = Background(self._read, self)
        self._taken.connect(self._keep)
        if (application := QCoreApplication.instance()) is not None:
            application.aboutToQuit.connect(self._closing.set)

    def refresh(self, screens: Sequence[Device], windows: Sequence[Device]) -> None:
        """Take new pictures of these sources and forget all others."""
        self._screens, self._windows = screens, windows
        listed = {"screen", *(device.spec for device in (*screens, *windows))}
        self._pictures = {spec: self._pictures[spec] for spec in listed & self._pictures.keys()}
        self._background.ask()

    def picture(self, spec: str) -> QImage | None:
        return self._pictures.get(spec)

    def _read(self) -> None:
        for spec, image in self._take(self._screens, self._windows):
            if self._closing.is_set():
                return
            # The copy owns its memory.
            self._taken.emit(spec, as_qimage(image).copy())

    def _keep(self, spec: str, picture: QImage) -> None:
        self._pictures[spec] = picture
        self.arrived.emit(spec)
