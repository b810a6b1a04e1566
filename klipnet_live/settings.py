"""What the user chose, kept between runs in one JSON file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from klipnet_live.atomic_file import write_atomically
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
    keep_transcripts: bool = True
    theme: Literal["system", "light", "dark", "contrast"] = "system"
    text_scale: float = Field(default=1.0, ge=0.8, le=4.0)
    caption_points: int = Field(default=18, ge=10, le=72)
    font_family: str | None = None
    confidence_threshold: float = Field(default=0.5, ge=0.0, le=1.0)
    announce_captions: bool = True
    overlay: OverlaySettings = OverlaySettings()
    virtual_camera: VirtualCameraSettings = VirtualCameraSettings()
    outputs: OutputSettings = OutputSettings()
    recording: RecordingSettings = RecordingSettings()
    hotkeys: HotkeySettings = HotkeySettings()
    window_geometry: Rectangle | None = None
    guide_done: bool = False


_ONE_RUN_ONLY = {"outputs": {"zoom": True, "zoom_url": True, "typing": True}}
"""A meeting's secret address, and switches that would surprise at the next start: never written."""


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """Settings that can be used, and what to tell the user where the file could not."""

    settings: Settings
    problem: UserError | None = None


def default_path() -> Path:
    return Path(platformdirs.user_config_dir("klipnet-live", appauthor=False)) / "settings.json"


def load(path: Path) -> LoadedSettings:
    """Reads the settings; a file that cannot be used is set aside as `*.broken` and never lost."""
    try:
        return LoadedSettings(Settings.model_validate_json(path.read_bytes()))
    except FileNotFoundError:
        return LoadedSettings(Settings())
    except OSError as error:
        return LoadedSettings(Settings(), _unreadable(path, error))
    except ValidationError:
        return LoadedSettings(Settings(), _set_aside(path))


def save(settings: Settings, path: Path) -> None:
    """Replaces the file in one step, so that a crash leaves the old settings or the new ones.

    Raises UserError when the folder cannot be written.
    """
    text = settings.model_dump_json(indent=2, exclude=_ONE_RUN_ONLY)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # The token of the WebSocket is in it.
        write_atomically(path, text.encode(), private=True)
    except OSError as error:
        raise UserError(
            "The settings cannot be saved in {folder} ({reason}): free some space or allow writing there.",
            folder=path.parent,
            reason=error.strerror or error,
        ) from error


def _set_aside(path: Path) -> UserError:
    aside = path.with_suffix(path.suffix + ".broken")
    try:
        path.replace(aside)
    except OSError as error:
        return _unreadable(path, error)
    return UserError(
        "The settings file could not be understood and was kept as {path}: "
        "the defaults are used, choose your settings again.",
        path=aside,
    )


def _unreadable(path: Path, error: OSError) -> UserError:
    return UserError(
        "The settings file {path} cannot be read ({reason}): allow reading it, then start again.",
        path=path,
        reason=error.strerror or error,
    )
