"""The combo box for sound sources."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from klipnet_live.sound.source import (
    APPLICATION,
    AUTO,
    MICROPHONE,
    OFF,
    SYSTEM,
    SoundDevice,
    list_applications,
    list_microphones,
    list_outputs,
)
from klipnet_live.types import UserError
from klipnet_live.ui.core.background import Background
from klipnet_live.ui.widgets.choice_box import ChoiceBox

_log = logging.getLogger(__name__)


class SoundPicker(ChoiceBox):
    """Automatic, no sound, the default microphone or output, or a named device or application.

    Devices are listed in the background when the box is opened, which takes about a second.
    """

    listed = Signal()
    """The devices have been listed."""

    def __init__(
        self, find: Callable[[], Sequence[SoundDevice]] | None = None, parent: QWidget | None = None
    ) -> None:
        self._devices: tuple[SoundDevice, ...] = ()
        super().__init__(parent)
        self._search = Background(find or find_devices, self)
        self._search.answered.connect(self._show_devices)

    @property
    def spec(self) -> str:
        """A spec as for `open_sound`, or "auto"."""
        return self.value or AUTO

    def set_spec(self, spec: str) -> None:
        """Show a choice without emitting `chosen`."""
        self.set_value(None if spec == AUTO else spec, self.language)

    def showPopup(self) -> None:
        self._search.ask()
        super().showPopup()

    def fill(self) -> None:
        self.setAccessibleName(self.tr("Sound"))
        self.addItem(self.tr("Automatic: the sound of a video"), None)
        self.addItem(self.tr("No sound"), OFF)
        self.addItem(self.tr("Microphone"), MICROPHONE)
        self.addItem(self.tr("Sound of this computer"), SYSTEM)
        for device in self._devices:
            self.addItem(self._name(device.spec, device.name), device.spec)
        if self.value is not None and self.findData(self.value) < 0:
            self.addItem(self._name(self.value, self.value.partition(":")[2] or self.value), self.value)

    def _name(self, spec: str, name: str) -> str:
        if spec.startswith(MICROPHONE):
            return self.tr("Microphone: {name}").format(name=name)
        if spec.startswith(SYSTEM):
            return self.tr("Output: {name}").format(name=name)
        if spec.startswith(APPLICATION):
            return self.tr("Only {name}").format(name=name)
        return name

    def _show_devices(self, devices: Sequence[SoundDevice]) -> None:
        if tuple(devices) != self._devices:
            self._devices = tuple(devices)
            shown = self.view().isVisible()
            self._rebuild()
            if shown:
                super().showPopup()
        self.listed.emit()


def find_devices() -> list[SoundDevice]:
    """List microphones, outputs and applications. A kind that cannot be listed is skipped."""
    found: list[SoundDevice] = []
    for listing in (list_microphones, list_outputs, list_applications):
        try:
            found += listing()
        except UserError as error:
            _log.info("%s", error)
    return found
