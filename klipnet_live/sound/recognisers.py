"""Which recognisers hear a language on this computer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from klipnet_live.sound.base import Recogniser
from klipnet_live.sound.catalogue import MOONSHINE, SILERO, WHISPER, SoundModel
from klipnet_live.sound.moonshine import ENCODER, Moonshine
from klipnet_live.sound.store import folder_of, is_here, missing
from klipnet_live.sound.transcriber import Transcriber
from klipnet_live.sound.voice_activity import VoiceActivity
from klipnet_live.sound.whisper import Whisper
from klipnet_live.types import UserError


def can_hear(language: str) -> bool:
    """Whether all models are here that the language needs, in their full length."""
    return not missing(language)


def open_transcriber(
    language: str, *, hints: Sequence[str] = (), live: bool = True, folder: Path | None = None
) -> Transcriber:
    """A transcriber that is ready; takes a second. `folder`: another model in place of the usual ones.

    Errors: UserError where a model is missing or damaged, or a library that it needs.
    """
    needed: tuple[SoundModel, ...] = missing(language) if folder is None else (SILERO,)
    lacking = [model.title for model in needed if not is_here(model)]
    if lacking:
        raise UserError(
            "To hear this language {models} is missing: `klipnet-live sound get {language}`.",
            models=", ".join(lacking),
            language=language,
        )
    live_recogniser, final = _recognisers(language, folder)
    activity = VoiceActivity(folder_of(SILERO) / SILERO.files[0].name)
    return Transcriber(live_recogniser, activity, final=final, hints=hints, live=live)


def _recognisers(language: str, folder: Path | None) -> tuple[Recogniser, Recogniser]:
    """For lines that are being spoken, and for lines that have ended."""
    if folder is not None:
        return _of_folder(language, folder)
    if language != "en":
        whisper = Whisper(folder_of(WHISPER), language)
        return whisper, whisper.careful()
    moonshine = Moonshine(folder_of(MOONSHINE))
    return moonshine, _whisper_if_possible(language) or moonshine


def _whisper_if_possible(language: str) -> Recogniser | None:
    """English is heard without it, only a little worse: nothing is said where it cannot be used."""
    if not is_here(WHISPER):
        return None
    try:
        return Whisper(folder_of(WHISPER), language).careful()
    except UserError:
        return None


def _of_folder(language: str, folder: Path) -> tuple[Recogniser, Recogniser]:
    """A folder that the user named: Whisper of any size as CTranslate2 has it, or Moonshine."""
    if (folder / ENCODER).is_file():
        moonshine = Moonshine(folder)
        return moonshine, moonshine
    whisper = Whisper(folder, language)
    return whisper, whisper.careful()
