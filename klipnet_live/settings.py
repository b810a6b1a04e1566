"""What the user chose, kept between runs in one JSON file."""

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
"""Left, top, width and height on the desktop, in the window system's units."""


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class OverlaySettings(_Value):
    """The caption window that floats over everything else."""

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
    """The camera that other programs can choose. `device`: None is the first there is."""

    on: bool = False
    device: str | None = None
    size: Literal["640x360", "1280x720", "1920x1080"] = "1280x720"


class OutputSettings(_Value):
    """Other programs that are given the captions; none is until the user says so."""

    text_file_on: bool = False
    text_file: str | None = None
    websocket: bool = False
    websocket_port: int = Field(default=8765, ge=1024, le=65535)
    websocket_token: str = ""
    zoom: bool = False
    zoom_url: str = ""
    typing: bool = False


class RecordingSettings(_Value):
    """How sentences are recorded to train with. `sentences`: a file; None: those that come with the app."""

    sentences: str | None = None
    folder: str | None = None
    speaker: str = "me"
    sound: bool = False


class PhraseSettings(_Value):
    """Phrases of one's own. `on`: the profiles that are read; `speaking`: when what is read is said aloud."""

    on: tuple[str, ...] = ()
    speaking: Literal["off", "at once", "after a moment"] = "off"
    large: bool = False


class HotkeySettings(_Value):
    """Keys that work in every program, each as Qt writes it in a file ("Ctrl+Alt+C"); empty: none."""

    captions: str = ""
    overlay: str = ""
    click_through: str = ""
    virtual_camera: str = ""
    typing: str = ""


TOGGLE_WORDS = tuple(name.replace("_", "-") for name in HotkeySettings.model_fields)
"""What has keys, as words for `klipnet-live toggle`."""


class Settings(_Value):
    """Everything that outlives a run. Unknown keys are ignored, so that an older app reads newer files."""

    version: Literal[1] = 1
    interface_language: Literal["system", "en", "ko"] = "system"
    language: Literal["en", "ko"] = "en"
    model: str | None = None
    source: str | None = None
    grammar: str | None = None
    replacements: str | None = None
    """A list of words to replace or to hide."""
    sound: str = "auto"
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
"""A meeting's secret address, and switches that would surprise at the next start: never written."""


_LARGEST_BYTES = 1 << 20

Table = dict[str, Any]


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """Settings that can be used, and what to tell the user where the file could not be, or not in whole."""

    settings: Settings
    problem: UserError | None = None


def default_path() -> Path:
    return Path(platformdirs.user_config_dir("klipnet-live", appauthor=False)) / "settings.json"


def load(path: Path) -> LoadedSettings:
    """Reads the settings. Of a damaged file every good value is kept, and a copy of it as `*.broken`.

    Where the file does not say clearly that transcripts are to be kept, none are.
    """
    try:
        content = _content(path)
    except FileNotFoundError:
        return LoadedSettings(Settings())
    except OSError as error:
        return LoadedSettings(Settings(keep_transcripts=False), _unreadable(path, error))
    table = _parsed(content)
    good, bad = ({}, ["{"]) if table is None else _sorted_out(Settings, table)
    if not bad:
        return LoadedSettings(Settings.model_validate(good))
    settings = Settings.model_validate({"keep_transcripts": False} | good)
    problem = _set_aside(path, content)
    with suppress(UserError):
        # Should the program end now, the next start reads the same.
        save(settings, path)
    return LoadedSettings(settings, problem)


def keeps_transcripts(path: Path) -> bool | None:
    """What the file says now, where it can be read."""
    try:
        table = _parsed(_content(path))
    except OSError:
        return None
    said = (table or {}).get("keep_transcripts")
    return said if isinstance(said, bool) else None


def save(settings: Settings, path: Path, before: Settings | None = None) -> None:
    """Replaces the file in one step, so that a crash leaves the old settings or the new ones.

    `before`: as this program last read or wrote them. Only what is changed since then is written: other
    values are those of another window or, where they are unknown here, of a newer app. Raises UserError
    when the folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with ChangeLock(path):
            earlier = {} if before is None else before.model_dump(mode="json")
            table = _merged(_kept(path), earlier, settings.model_dump(mode="json"))
            text = json.dumps(_without(table, _ONE_RUN_ONLY), ensure_ascii=False, indent=2)
            # The token of the WebSocket is in it.
            write_atomically(path, utf8(text), private=True)
    except OSError as error:
        raise UserError(
            "The settings cannot be saved in {folder} ({reason}): free some space or allow writing there.",
            folder=path.parent,
            reason=error.strerror or error,
        ) from error


def _content(path: Path) -> bytes:
    """Raises OSError, also for what is no ordinary file: a pipe would never answer."""
    if path.exists() and not path.is_file():
        raise OSError("it is no ordinary file")
    with path.open("rb") as file:
        return file.read(_LARGEST_BYTES)


def _parsed(content: bytes) -> Table | None:
    """The values in a file; None where it holds none."""
    try:
        table = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return table if isinstance(table, dict) else None


def _kept(path: Path) -> Table:
    """The values in the file now; none where it cannot be read."""
    try:
        return _parsed(_content(path)) or {}
    except OSError:
        return {}


def _sorted_out(kind: type[BaseModel], table: Mapping[str, Any]) -> tuple[Table, list[str]]:
    """The values of the table that settings of this kind can have, and the names of the others."""
    good: Table = {}
    bad: list[str] = []
    for name in kind.model_fields.keys() & table.keys():
        part = kind.model_fields[name].annotation
        if isinstance(part, type) and issubclass(part, BaseModel) and isinstance(table[name], dict):
            good[name], inner = _sorted_out(part, table[name])
            bad += inner
            continue
        try:
            kind.model_validate({name: table[name]})
            good[name] = table[name]
        except ValidationError:
            bad.append(name)
    return good, bad


def _merged(kept: Mapping[str, Any], before: Mapping[str, Any], now: Mapping[str, Any]) -> Table:
    """What is kept, with the values that are no longer as before."""
    merged = dict(kept)
    for name, value in now.items():
        if isinstance(value, dict):
            inner = kept.get(name)
            merged[name] = _merged(inner if isinstance(inner, dict) else {}, before.get(name, {}), value)
        elif name not in kept or name not in before or value != before[name]:
            merged[name] = value
    return merged


def _without(table: Mapping[str, Any], left_out: Mapping[str, Any]) -> Table:
    """The table without these values, wherever they come from."""
    return {
        name: _without(value, left_out[name]) if name in left_out else value
        for name, value in table.items()
        if left_out.get(name) is not True
    }


def _set_aside(path: Path, content: bytes) -> UserError:
    """Keep a copy of the file beside it; one from before stays."""
    try:
        aside = _free_name(path, content)
        if not aside.exists():
            write_atomically(aside, content, private=True)
    except OSError as error:
        return _unreadable(path, error)
    return UserError(
        "The settings file could not be understood in whole and was kept as {path}: "
        "the values that could be read are used, look at your settings.",
        path=aside,
    )


def _free_name(path: Path, content: bytes) -> Path:
    """Where a copy goes: the first name that is free, or has this very copy already."""
    broken = path.name + ".broken"
    for aside in (path.with_name(broken + end) for end in ("", *(f"-{number}" for number in range(2, 100)))):
        if not os.path.lexists(aside) or (aside.is_file() and aside.read_bytes() == content):
            return aside
    return aside


def _unreadable(path: Path, error: OSError) -> UserError:
    return UserError(
        "The settings file {path} cannot be read ({reason}): allow reading it, then start again.",
        path=path,
        reason=error.strerror or error,
    )
