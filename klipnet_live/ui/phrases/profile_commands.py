"""Creates, deletes, exports and imports profiles, and lists them in the profile bar."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from klipnet_live.phrases.profile_storage import (
    FILE_NAME,
    check_name,
    delete_profile,
    export_profile,
    import_profile,
    profile_names,
)
from klipnet_live.types import UserError
from klipnet_live.ui.phrases.open_profile import OpenProfile
from klipnet_live.ui.phrases.profile_bar import ProfileBar
from klipnet_live.ui.widgets.plain import agrees, ask_text


class ProfileCommands(QObject):
    """Executes the commands of the profile bar on the stored profiles. `window`: parent of the dialogs."""

    problem = Signal(object)
    """A UserError."""

    def __init__(self, bar: ProfileBar, open_profile: OpenProfile, window: QWidget) -> None:
        super().__init__(window)
        self._bar, self._open_profile, self._window = bar, open_profile, window
        bar.chosen.connect(open_profile.open)
        bar.new_requested.connect(self._create)
        bar.delete_requested.connect(self._delete)
        bar.export_requested.connect(self._export)
        bar.import_requested.connect(self._import)

    def list_profiles(self, choose: str = "") -> None:
        """Show the names of all profiles. Opens the profile `choose`, or the first one if none is open."""
        names = profile_names()
        current = choose or self._open_profile.folder.name or next(iter(names), self.tr("My phrases"))
        self._bar.show_names(names, current)
        if current and (self._open_profile.profile is None or choose):
            self._open_profile.open(current)

    def _create(self) -> None:
        title, label = self.tr("New profile"), self.tr("Whose phrases are they?")
        name = ask_text(self._window, title, label, "")
        if name is not None:
            self._try(lambda: self.list_profiles(check_name(name)))

    def _delete(self) -> None:
        folder = self._open_profile.folder
        question = self.tr("Delete the profile {name} with all its takes? This cannot be undone.").format(
            name=folder.name
        )
        if agrees(self._window, self.tr("Delete profile"), question):
            self._try(lambda: self._delete_folder(folder))

    def _delete_folder(self, folder: Path) -> None:
        if (folder / FILE_NAME).is_file():
            delete_profile(folder)
        self._open_profile.close()
        self._open_profile.folder = folder.parent
        self.list_profiles(next(iter(profile_names()), self.tr("My phrases")))

    def _export(self) -> None:
        kinds = self.tr("Profiles") + " (*.zip)"
        folder = self._open_profile.folder
        title = self.tr("Export profile")
        if path := QFileDialog.getSaveFileName(self._window, title, f"{folder.name}.zip", kinds)[0]:
            self._try(lambda: export_profile(folder, Path(path)))

    def _import(self) -> None:
        kinds = self.tr("Profiles") + " (*.zip)"
        if path := QFileDialog.getOpenFileName(self._window, self.tr("Import profile"), "", kinds)[0]:
            self._try(lambda: self.list_profiles(import_profile(Path(path)).name))

    def _try(self, work: Callable[[], object]) -> None:
        try:
            work()
        except UserError as error:
            self.problem.emit(error)
