"""Stores the user settings in one JSON file, which several windows may share."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs
from pydantic import BaseModel, ValidationError

from klipnet_live.atomic_file import write_atomically
from klipnet_live.locks import ChangeLock
from klipnet_live.plain_text import utf8
from klipnet_live.settings import Settings
from klipnet_live.types import UserError

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
