"""The open profile: changed in memory at once, saved and checked in the background."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from klipnet_live.phrases.check import LookAlike, PhraseReport, look_alikes, report
from klipnet_live.phrases.profile import Profile, ProfileInfo
from klipnet_live.phrases.profile_storage import (
    FILE_NAME,
    load_profile,
    profile_path,
    save_profile,
)
from klipnet_live.types import UserError
from klipnet_live.ui.core.background import Background
from klipnet_live.ui.core.phrases_port import PhraseFeatures


@dataclass(frozen=True, slots=True)
class Checked:
    """Result of checking a profile against its own takes."""

    profile: Profile
    reports: tuple[PhraseReport, ...]
    pairs: tuple[LookAlike, ...]


class OpenProfile(QObject):
    """Holds the open profile. `profile` is None until one is opened."""

    changed = Signal()
    checked = Signal(object)
    """A Checked for the newest profile."""

    problem = Signal(object)
    """A UserError: the profile cannot be loaded or saved."""

    def __init__(self, encode: PhraseFeatures, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._encode = encode
        self.folder = Path()
        self.profile: Profile | None = None
        self._saved: Profile | None = None
        self._checking = True
        self._opening = Background(self._load, self)
        self._opening.answered.connect(self._opened)
        self._opening.failed.connect(self.problem)
        self._saving = Background(self._save_and_check, self)
        self._saving.answered.connect(self.checked)
        self._saving.failed.connect(self.problem)

    @property
    def checking(self) -> bool:
        """Whether changes are checked. Turn it off during many changes; turning it on checks once."""
        return self._checking

    @checking.setter
    def checking(self, on: bool) -> None:
        self._checking = on
        if on and self.profile is not None:
            self._saving.ask()

    def open(self, name: str) -> None:
        """Open the profile of this name. Starts an empty one if it does not exist."""
        self.folder, self.profile = profile_path(name), None
        self.changed.emit()
        self._opening.ask()

    def close(self) -> None:
        """Close the profile, for example after it was deleted."""
        self.profile = self._saved = None
        self.changed.emit()

    def change(self, profile: Profile) -> None:
        """Replace the profile. It is saved in the background."""
        self.profile = replace(profile, info=replace(profile.info, networks=self._encode.networks))
        self.changed.emit()
        self._saving.ask()

    def _load(self) -> Profile:
        folder = self.folder
        if not (folder / FILE_NAME).is_file():
            return Profile(ProfileInfo(folder.name, networks=self._encode.networks))
        return load_profile(folder, self._encode.networks, self._encode)

    def _opened(self, profile: Profile) -> None:
        self.profile = self._saved = profile
        self.changed.emit()
        self._saving.ask()

    def _save_and_check(self) -> Checked:
        profile, folder = self.profile, self.folder
        if profile is None:
            raise UserError("No profile is open: choose one first.")
        if profile is not self._saved:
            save_profile(folder, profile)
            self._saved = profile
        if not self._checking:
            return Checked(profile, (), ())
        blocks = self._encode.blocks
        reports = tuple(report(profile.examples, profile.phrases, blocks))
        return Checked(profile, reports, tuple(look_alikes(profile.examples, blocks)))
