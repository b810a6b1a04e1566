"""The settings while the app runs: one owner, told to everyone, written soon after a change."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from klipnet_live.settings import Settings, keeps_transcripts, load, save
from klipnet_live.types import UserError

_WRITE_AFTER_MS = 400
"""A dragged window changes its place many times a second; the file is written once."""

KEEPS_NONE = UserError(
    "Another window of KLipNet Live was told to keep no transcripts: this one keeps none from now on."
)


class SettingsStore(QObject):
    """Holds the current settings."""

    changed = Signal(object)
    """The new Settings."""

    problem = Signal(object)
    """A UserError: the file could not be written, or another window has changed what matters here too."""

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        loaded = load(path)
        self.settings = loaded.settings
        self.load_problem = loaded.problem
        self._written = self.settings
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._heed_other_window)
        self._watch()
        self._telling = self._untold = False
        self._timer = QTimer(self, singleShot=True, interval=_WRITE_AFTER_MS)
        self._timer.timeout.connect(self._write)

    def change(self, **changes: object) -> None:
        """Sets some values; raises pydantic's ValidationError where one is out of range."""
        self._replace(Settings.model_validate({**self.settings.model_dump(), **changes}))

    def change_part(self, part: str, **changes: object) -> None:
        """Sets some values of one group of settings, such as "outputs"."""
        old = getattr(self.settings, part)
        new = type(old).model_validate({**old.model_dump(), **changes})
        self._replace(self.settings.model_copy(update={part: new}))

    def flush(self) -> None:
        """Writes what is not yet written."""
        if self._timer.isActive():
            self._timer.stop()
            self._write()

    def _replace(self, settings: Settings) -> None:
        if settings == self.settings:
            return
        self.settings = settings
        self._timer.start()
        self._untold = True
        if self._telling:
            # By one of those who are told: all hear of it in turn, nobody is left with older settings.
            return
        self._telling = True
        while self._untold:
            self._untold = False
            self.changed.emit(self.settings)
        self._telling = False

    def _write(self) -> None:
        try:
            save(self.settings, self._path, self._written)
        except UserError as error:
            self.problem.emit(error)
        else:
            self._written = self.settings
            self._watch()

    def _watch(self) -> None:
        """The folder: the file itself is another one after each change."""
        if not self._watcher.directories() and self._path.parent.is_dir():
            self._watcher.addPath(str(self._path.parent))

    def _heed_other_window(self) -> None:
        """Whoever asks for no transcripts in one window wants none of the others either."""
        both_keep = self.settings.keep_transcripts and self._written.keep_transcripts
        if both_keep and keeps_transcripts(self._path) is False:
            self._written = self._written.model_copy(update={"keep_transcripts": False})
            self.change(keep_transcripts=False)
            self.problem.emit(KEEPS_NONE)
