"""Builds the sound part of a pipeline from a source name, a language and phrases."""

from __future__ import annotations

import os
from pathlib import Path

from klipnet_live.capture.no_picture import NO_PICTURE
from klipnet_live.pipeline.hearing import Hearing, SpeechRecognition
from klipnet_live.sound.source import AUTO, OFF, is_live, open_sound
from klipnet_live.sound.store import can_hear
from klipnet_live.types import Phrases, UserError

_MOST_HINTS = 100


def hearing_of(
    spec: str,
    language: str,
    phrases: Phrases | None = None,
    *,
    fast: bool = False,
    folder: Path | None = None,
    sound_language: str | None = None,
) -> Hearing | None:
    """Speech recognition of the source that `open_sound` opens for `spec`; None for "off".

    `language`: of the lips. `fast`: process a file faster than real time. `folder`: of another recogniser.
    `sound_language`: of the sound, or `ANY_LANGUAGE`; by default that of the lips. UserError if the name is
    invalid; problems with devices and models are reported once the pipeline runs.
    """
    source = open_sound(spec, realtime=not fast)
    if source is None:
        return None

    def open_recognition() -> SpeechRecognition:
        # Imported here because speech libraries are slow to load.
        from klipnet_live.sound.recognisers import open_transcriber

        hints = _hints(phrases)
        transcriber = open_transcriber(sound_language or language, hints=hints, live=not fast, folder=folder)
        return SpeechRecognition(transcriber, transcriber.recogniser)

    of_a_file = not is_live(spec)
    return Hearing(
        source, open_recognition, language, media_clock=of_a_file, fast=fast and of_a_file, phrases=phrases
    )


def hearing_for(
    sound: str,
    source: str,
    language: str,
    phrases: Phrases | None = None,
    *,
    fast: bool = False,
    folder: Path | None = None,
    sound_language: str | None = None,
) -> Hearing | None:
    """Sound for a video source. `sound`: "auto" or a name that `open_sound` accepts.

    "auto" uses the sound track of a file, if it has one and models are installed; nothing for live video. A
    microphone is only opened by name. UserError if the name is invalid, or if there is neither video nor
    sound; missing devices or models are reported once the pipeline runs.
    """
    if source == NO_PICTURE and sound in (AUTO, OFF):
        raise UserError("Without video, captions need sound: choose a microphone or the computer's sound.")
    if sound == AUTO:
        from klipnet_live.sound.sound_track import has_sound

        sound = os.path.expanduser(source)
        if not (
            os.path.isfile(sound) and can_hear(sound_language or language, folder) and has_sound(Path(sound))
        ):
            return None
    return hearing_of(sound, language, phrases, fast=fast, folder=folder, sound_language=sound_language)


def _hints(phrases: Phrases | None) -> list[str]:
    """The sentences of a phrase list; empty for a JSGF grammar."""
    if phrases is None:
        return []
    try:
        lines = phrases.path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise UserError(
            "Cannot read {path} ({reason}). Save the list as a UTF-8 text file.",
            path=phrases.path,
            reason=problem,
        ) from problem
    if lines and lines[0].lstrip().startswith("#JSGF"):
        return []
    return [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")][
        :_MOST_HINTS
    ]
