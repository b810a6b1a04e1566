"""User settings, stored in one JSON file."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from klipnet_live.atomic_file import write_atomically
from klipnet_live.locks import ChangeLock
from klipnet_live.plain_text import utf8
from klipnet_live.types import UserError

Rectangle = tuple[int, int, int, int]
"""Left, top, width and height on the desktop, in device-independent pixels of the window system."""


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class OverlaySettings(_Value):
    """The floating caption window."""

    visible: bool = False
    click_through: bool = False
    mode: Literal["fast", "reading"] = "fast"
    lines: int = Field(default=3, ge=2, le=3)
    korean_columns: int = Field(default=16, ge=8, le=40)
    latin_columns: int = Field(default=42, ge=20, le=80)
    background_opacity: float = Field(default=0.8, ge=0.6, le=1.0)
    text_colour: Literal["white", "yellow", "cyan", "green"] = "white"
    geometry: Rectangle | None = None


class VirtualCameraSettings(_Value):
    """The virtual camera. `device`: None for the first available one."""

    on: bool = False
    device: str | None = None
    size: Literal["640x360", "1280x720", "1920x1080"] = "1280x720"


class OutputSettings(_Value):
    """Outputs to other programs. All outputs are off by default."""

    text_file_on: bool = False
    text_file: str | None = None
    websocket: bool = False
    websocket_port: int = Field(default=8765, ge=1024, le=65535)
    websocket_token: str = ""
    zoom: bool = False
    zoom_url: str = ""
    typing: bool = False


class RecordingSettings(_Value):
    """Recording sentences as training data. `sentences`: a file, or None for the bundled list."""

    sentences: str | None = None
    folder: str | None = None
    speaker: str = "me"
    sound: bool = False


class PhraseSettings(_Value):
    """The user's own phrases. `on`: active profiles; `speaking`: when recognised phrases are spoken aloud.

    `voices`: of the system, by the name of the profile; the language's own voice for others.
    """

    on: tuple[str, ...] = ()
    speaking: Literal["off", "at once", "after a moment"] = "off"
    large: bool = False
    voices: dict[str, str] = Field(default_factory=dict)


class HotkeySettings(_Value):
    """Global shortcuts in Qt's portable format ("Ctrl+Alt+C"); empty for none."""

    captions: str = ""
    overlay: str = ""
    click_through: str = ""
    virtual_camera: str = ""
    typing: str = ""


TOGGLE_WORDS = tuple(name.replace("_", "-") for name in HotkeySettings.model_fields)
"""Actions with a shortcut, as arguments of `klipnet-live toggle`."""


class Settings(_Value):
    """All persistent settings. Unknown keys are ignored, so that an older app can read newer files."""

    version: Literal[1] = 1
    interface_language: Literal["system", "en", "ko"] = "system"
    language: Literal["en", "ko"] = "en"
    model: str | None = None
    source: str | None = None
    grammar: str | None = None
    replacements: str | None = None
    """Path of a list of words to replace or hide."""
    sound: str = "auto"
    sound_language: Literal["en", "ko", "auto"] | None = None
    """Language of the sound; by default that of the lips."""
    keep_transcripts: bool = True
    theme: Literal["system", "light", "dark", "contrast"] = "system"
    text_scale: float = Field(default=1.0, ge=0.8, le=4.0)
    caption_points: int = Field(default=18, ge=10, le=72)
    font_family: str | None = None
    confidence_threshold: float = Field(default=0.5, ge=0.0, le=1.0)
    announce_captions: bool = True
    mark_unclear: bool = True
    overlay: OverlaySettings = OverlaySettings()
    virtual_camera: VirtualCameraSettings = VirtualCameraSettings()
    outputs: OutputSettings = OutputSettings()
    recording: RecordingSettings = RecordingSettings()
    phrases: PhraseSettings = PhraseSettings()
    hotkeys: HotkeySettings = HotkeySettings()
    window_geometry: Rectangle | None = None
    guide_done: bool = False


_ONE_RUN_ONLY = {"outputs": {"zoom": True, "zoom_url": True, "typing": True}}
"""Never saved: a meeting's secret URL, and switches that would surprise the user at the next start."""


_MAX_BYTES = 1 << 20

Table = dict[str, Any]


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """Usable settings, and the message for the user if the file could not be read completely."""

    settings: Settings
    problem: UserError | None = None


def default_path() -> Path:
    return Path(platformdirs.user_config_dir("klipnet-live", appauthor=False)) / "settings.json"


def load(path: Path) -> LoadedSettings:
    """Load the settings. Valid values of a damaged file are kept, and the file is copied to `*.broken`.

    Unless the file clearly says that transcripts are kept, they are not.
    """
    try:
        content = _content(path)
    except FileNotFoundError:
        return LoadedSettings(Settings())
    except OSError as error:
        return LoadedSettings(Settings(keep_transcripts=False), _unreadable(path, error))
    table = _parse(content)
    good, bad = ({}, ["{"]) if table is None else _split_valid(Settings, table)
    settings = Settings.model_validate({"keep_transcripts": False} | good)
    if not bad:
        return LoadedSettings(settings)
    problem = _back_up(path, content)
    with suppress(UserError):
        # If the program ends now, the next start reads the same values.
        save(settings, path)
    return LoadedSettings(settings, problem)


def keeps_transcripts(path: Path) -> bool | None:
    """Current value of `keep_transcripts` in the file; None if it cannot be read."""
    try:
        table = _parse(_content(path))
    except OSError:
        return None
    stored = (table or {}).get("keep_transcripts")
    return stored if isinstance(stored, bool) else None


def save(settings: Settings, path: Path, before: Settings | None = None) -> None:
    """Write the settings atomically.

    `before`: the settings as this program last read or wrote them. Only differences from them are written:
    other values may come from another window or, if unknown here, from a newer app. UserError if the folder
    cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with ChangeLock(path):
            earlier = {} if before is None else before.model_dump(mode="json")
            table = _merged(_current(path), earlier, settings.model_dump(mode="json"))
            text = json.dumps(_without(table, _ONE_RUN_ONLY), ensure_ascii=False, indent=2)
            # The file contains the WebSocket token.
            write_atomically(path, utf8(text), private=True)
    except OSError as error:
        raise UserError(
            "Cannot save the settings in {folder} ({reason}). Free some space or allow writing to it.",
            folder=path.parent,
            reason=error.strerror or error,
        ) from error


def _content(path: Path) -> bytes:
    """Raises OSError, also for anything but a regular file: reading a pipe could block forever."""
    if path.exists() and not path.is_file():
        raise OSError("it is not a regular file")
    with path.open("rb") as file:
        return file.read(_MAX_BYTES)


def _parse(content: bytes) -> Table | None:
    """The values in a file; None if it is not a JSON object."""
    try:
        table = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return table if isinstance(table, dict) else None


def _current(path: Path) -> Table:
    """The values in the file now; empty if it cannot be read."""
    try:
        return _parse(_content(path)) or {}
    except OSError:
        return {}


def _split_valid(kind: type[BaseModel], table: Mapping[str, Any]) -> tuple[Table, list[str]]:
    """The valid values of the table, and the names of the invalid ones."""
    good: Table = {}
    bad: list[str] = []
    for name in kind.model_fields.keys() & table.keys():
        part = kind.model_fields[name].annotation
        if isinstance(part, type) and issubclass(part, BaseModel) and isinstance(table[name], dict):
            good[name], inner = _split_valid(part, table[name])
            bad += inner
            continue
        try:
            kind.model_validate({name: table[name]})
            good[name] = table[name]
        except ValidationError:
            bad.append(name)
    return good, bad


def _merged(kept: Mapping[str, Any], before: Mapping[str, Any], now: Mapping[str, Any]) -> Table:
    """`kept`, updated with the values that differ between `before` and `now`."""
    merged = dict(kept)
    for name, value in now.items():
        if isinstance(value, dict):
            inner = kept.get(name)
            merged[name] = _merged(inner if isinstance(inner, dict) else {}, before.get(name, {}), value)
        elif name not in kept or name not in before or value != before[name]:
            merged[name] = value
    return merged


def _without(table: Mapping[str, Any], left_out: Mapping[str, Any]) -> Table:
    """The table without the values marked in `left_out`."""
    return {
        name: _without(value, left_out[name]) if name in left_out else value
        for name, value in table.items()
        if left_out.get(name) is not True
    }


def _back_up(path: Path, content: bytes) -> UserError:
    """Copy the file beside it, without replacing earlier copies. Returns the message for the user."""
    try:
        backup = _free_name(path, content)
        if not backup.exists():
            write_atomically(backup, content, private=True)
    except OSError as error:
        return _unreadable(path, error)
    return UserError(
        "Parts of the settings file could not be read, and a copy was kept as {path}. "
        "The readable values are used. Check your settings.",
        path=backup,
    )


def _free_name(path: Path, content: bytes) -> Path:
    """Path of the copy: the first free name, or one that already has the same content."""
    broken = path.name + ".broken"
    for backup in (path.with_name(broken + end) for end in ("", *(f"-{number}" for number in range(2, 100)))):
        if not os.path.lexists(backup) or (backup.is_file() and backup.read_bytes() == content):
            return backup
    return backup


def _unreadable(path: Path, error: OSError) -> UserError:
    return UserError(
        "Cannot read the settings file {path} ({reason}). Allow reading it, then start again.",
        path=path,
        reason=error.strerror or error,
    )
