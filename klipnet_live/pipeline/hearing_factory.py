"""Put the hearing of a pipeline together from names: a source of sound, a language, phrases."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from klipnet_live.pipeline.hearing import Ears, Hearing
from klipnet_live.sound.source import is_live, open_sound
from klipnet_live.sound.store import can_hear
from klipnet_live.types import Phrases, UserError

AUTO: Final = "auto"
"""The sound of a file, if it has any and this computer can hear it."""

_MOST_HINTS = 100


def hearing_of(
    spec: str,
    language: str,
    phrases: Phrases | None = None,
    *,
    fast: bool = False,
    folder: Path | None = None,
) -> Hearing | None:
    """What `open_sound` opens for `spec`, heard in `language`; None for "off".

    `fast`: a file is heard as fast as it goes, not at its own speed. `folder`: of another recogniser.
    Errors: UserError where the name means nothing; devices and models tell theirs when the pipeline runs.
    """
    source = open_sound(spec, realtime=not fast)
    if source is None:
        return None

    def open_ears() -> Ears:
        # The libraries that recognise sound, which a start without it does not wait for.
        from klipnet_live.sound.recognisers import open_transcriber

        hints = _hints(phrases)
        transcriber = open_transcriber(language, hints=hints, live=not fast, folder=folder)
        return Ears(transcriber, transcriber.recogniser)

    of_a_file = not is_live(spec)
    return Hearing(
        source, open_ears, language, media_clock=of_a_file, fast=fast and of_a_file, phrases=phrases
    )


def hearing_for(
    sound: str,
    source: str,
    language: str,
    phrases: Phrases | None = None,
    *,
    fast: bool = False,
    folder: Path | None = None,
) -> Hearing | None:
    """What is heard beside a source of pictures. `sound`: "auto" or what `open_sound` takes.

    "auto": the sound of a file, where it has any and the models are here; beside a live picture none. A
    microphone is opened only by its name.
    Errors: UserError where the name means nothing; what is missing is told when the pipeline runs.
    """
    if sound == AUTO:
        video = Path(os.path.expanduser(source))
        return hearing_of_video(video, language, phrases, fast=fast) if os.path.isfile(video) else None
    return hearing_of(sound, language, phrases, fast=fast, folder=folder)


def hearing_of_video(
    video: Path, language: str, phrases: Phrases | None = None, *, fast: bool = False
) -> Hearing | None:
    """The sound of a recording, where it has any and this computer can hear the language; else None."""
    from klipnet_live.sound.sound_track import has_sound

    if not can_hear(language) or not has_sound(video):
        return None
    return hearing_of(str(video), language, phrases, fast=fast)


def _hints(phrases: Phrases | None) -> list[str]:
    """The sentences of a list; a grammar in JSGF gives none."""
    if phrases is None:
        return []
    try:
        lines = phrases.path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise UserError("{path} cannot be read ({reason}).", path=phrases.path, reason=problem) from problem
    if lines and lines[0].lstrip().startswith("#JSGF"):
        return []
    return [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")][
        :_MOST_HINTS
    ]
