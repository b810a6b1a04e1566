"""Opens sound sources by name, and lists devices."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from klipnet_live.sound.base import SoundSource
from klipnet_live.types import UserError

AUTO = "auto"
"""The sound track of a file, if it has one and a model for the language is installed."""

OFF = "off"
MICROPHONE = "mic"
SYSTEM = "system"
APPLICATION = "app"


def open_sound(spec: str, *, realtime: bool = True) -> SoundSource | None:
    """The sound source named `spec`, None for "off"; its device is opened when blocks are requested.

    `spec`: off, mic, mic:N, mic:NAME, system, system:NAME (an output), app:NAME or a file. `realtime`:
    whether a file is played at its own speed. UserError if the name is invalid.
    """
    kind, _, name = spec.partition(":")
    if spec == OFF:
        return None
    if kind == MICROPHONE:
        from klipnet_live.sound.microphone import Microphone

        return Microphone(name)
    if kind == SYSTEM:
        from klipnet_live.sound.system_sound import SystemSound

        return SystemSound(name)
    if kind == APPLICATION and name:
        from klipnet_live.sound.application_sound import ApplicationSound

        return ApplicationSound(name)
    path = Path(os.path.expanduser(spec))
    if not os.path.isfile(path):
        raise UserError(
            "Invalid sound source {spec}. Write mic, mic:NAME, system, system:NAME, app:NAME, off or the "
            "path of a file.",
            spec=spec,
        )
    from klipnet_live.sound.sound_track import SoundTrack

    return SoundTrack(path, realtime=realtime)


def is_live(spec: str) -> bool:
    """Whether the name is a device, with real time stamps, and not a file."""
    return spec.partition(":")[0] in (MICROPHONE, SYSTEM, APPLICATION)


@dataclass(frozen=True, slots=True)
class SoundDevice:
    """`spec`: argument for `open_sound`; `name`: for display."""

    spec: str
    name: str


def list_microphones() -> list[SoundDevice]:
    """The microphones. Do not call it on the GUI thread. UserError if sound input is not available."""
    from klipnet_live.sound.microphone import microphone_names

    return [SoundDevice(f"{MICROPHONE}:{name}", name) for name in microphone_names()]


def list_outputs() -> list[SoundDevice]:
    """Outputs that can be recorded; starts a helper process. UserError if there is none."""
    from klipnet_live.sound.system_sound import output_names

    return [SoundDevice(f"{SYSTEM}:{name}", name) for name in output_names()]


def list_applications() -> list[SoundDevice]:
    """Applications that play sound now. UserError if single applications cannot be recorded."""
    from klipnet_live.sound.application_sound import application_names

    return [SoundDevice(f"{APPLICATION}:{name}", name) for name in application_names()]
