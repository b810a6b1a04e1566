"""Owns the settings of the running app: notifies of changes and writes them to disk."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from klipnet_live.settings import Settings
from klipnet_live.settings_file import keeps_transcripts, load, save
from klipnet_live.types import UserError

_WRITE_AFTER_MS = 400
"""Delay before writing, since a dragged window changes its position many times a second."""

TRANSCRIPTS_TURNED_OFF = UserError(
    "Transcripts were turned off in another window of KLipNet Live: they are now off in this window, too."
)


class SettingsStore(QObject):
    """The current settings, with change notification and delayed writing."""

    changed = Signal(object)
    """The new Settings."""

    problem = Signal(object)
    """A UserError: the file could not be written, or another window has turned off transcripts."""

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        loaded = load(path)
        self.settings = loaded.settings
        self.load_problem = loaded.problem
        self._written = self.settings
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._follow_other_window)
        self._watch()
        self._notifying = self._pending = False
        self._timer = QTimer(self, singleShot=True, interval=_WRITE_AFTER_MS)
        self._timer.timeout.connect(self._write)

    def change(self, **changes: object) -> None:
        """Set some values. pydantic.ValidationError if one is out of range."""
        self._replace(Settings.model_validate({**self.settings.model_dump(), **changes}))

    def change_part(self, part: str, **changes: object) -> None:
        """Set some values of one group of settings, such as "outputs"."""
        old = getattr(self.settings, part)
        new = type(old).model_validate({**old.model_dump(), **changes})
        self._replace(self.settings.model_copy(update={part: new}))

    def flush(self) -> None:
        """Write pending changes now."""
        if self._timer.isActive():
            self._timer.stop()
            self._write()

    def _replace(self, settings: Settings) -> None:
        if settings == self.settings:
            return
        self.settings = settings
        self._timer.start()
        self._pending = True
        if self._notifying:
            # Changed by a receiver of `changed`: notify again afterwards, so that all get the newest
            # settings.
            return
        self._notifying = True
        while self._pending:
            self._pending = False
            self.changed.emit(self.settings)
        self._notifying = False

    def _write(self) -> None:
        try:
            save(self.settings, self._path, self._written)
        except UserError as error:
            self.problem.emit(error)
        else:
            self._written = self.settings
            self._watch()

    def _watch(self) -> None:
        """Watch the folder, because each write replaces the file."""
        if not self._watcher.directories() and self._path.parent.is_dir():
            self._watcher.addPath(str(self._path.parent))

    def _follow_other_window(self) -> None:
        """If transcripts are turned off in one window, turn them off in all."""
        both_keep = self.settings.keep_transcripts and self._written.keep_transcripts
        if both_keep and keeps_transcripts(self._path) is False:
            self._written = self._written.model_copy(update={"keep_transcripts": False})
            self.change(keep_transcripts=False)
            self.problem.emit(TRANSCRIPTS_TURNED_OFF)
