"""Selects the speech recognisers for a language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from klipnet_live.sound.base import Recogniser
from klipnet_live.sound.catalogue import MOONSHINE, SILERO, WHISPER
from klipnet_live.sound.moonshine import ENCODER, Moonshine
from klipnet_live.sound.store import check_models, damaged_files, folder_of
from klipnet_live.sound.transcriber import Transcriber
from klipnet_live.sound.voice_activity import VoiceActivity
from klipnet_live.sound.whisper import Whisper
from klipnet_live.types import UserError


@dataclass(frozen=True, slots=True)
class Recognisers:
    """`live`: for open utterances; `final`: for finished ones and for scoring. May be the same."""

    live: Recogniser
    final: Recogniser
    activity: VoiceActivity


def open_recognisers(language: str, folder: Path | None = None) -> Recognisers:
    """Load the recognisers, which takes a second. `language`: en, ko or `ANY_LANGUAGE`. `folder`: use this
    Whisper or Moonshine model instead.

    UserError if a model or a library is missing or damaged.
    """
    check_models(language, folder)
    activity = VoiceActivity(folder_of(SILERO) / SILERO.files[0].name)
    if folder is None and language == "en":
        moonshine = Moonshine(folder_of(MOONSHINE))
        return Recognisers(moonshine, _whisper_if_possible(language) or moonshine, activity)
    if folder is not None and (folder / ENCODER).is_file():
        moonshine = Moonshine(folder)
        return Recognisers(moonshine, moonshine, activity)
    whisper = Whisper(folder or folder_of(WHISPER), language)
    return Recognisers(whisper, whisper.careful(), activity)


def open_transcriber(
    language: str, *, hints: Sequence[str] = (), live: bool = True, folder: Path | None = None
) -> Transcriber:
    """A transcriber that is ready to use; see `open_recognisers` and `Transcriber`."""
    opened = open_recognisers(language, folder)
    return Transcriber(opened.live, opened.activity, final=opened.final, hints=hints, live=live)


def _whisper_if_possible(language: str) -> Recogniser | None:
    """Whisper for finished English lines, if it is usable; Moonshine alone is only slightly worse."""
    if damaged_files(WHISPER):
        return None
    try:
        return Whisper(folder_of(WHISPER), language).careful()
    except UserError:
        return None
