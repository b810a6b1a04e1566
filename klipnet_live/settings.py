"""The values of the user settings; `settings_file` stores them."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

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
