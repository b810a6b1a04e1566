"""Installed sound models, in the user's data folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from pathlib import Path

import platformdirs

from klipnet_live.errors import file_errors_as_user_errors
from klipnet_live.locks import ChangeLock
from klipnet_live.manifest import sha256_of
from klipnet_live.sound.base import ANY_LANGUAGE
from klipnet_live.sound.catalogue import NEEDED, SILERO, ModelFile, SoundModel
from klipnet_live.sound.source import AUTO, OFF
from klipnet_live.types import UserError


class MissingModelsError(UserError):
    """Models for speech recognition are missing or damaged; downloading them again helps."""


def models_folder() -> Path:
    """Folder of the models; it may not exist."""
    return platformdirs.user_data_path("klipnet-live", appauthor=False) / "sound"


def folder_of(model: SoundModel) -> Path:
    return models_folder() / model.name


def is_here(model: SoundModel) -> bool:
    """Whether all files exist with the right size. Their hashes were checked at installation."""
    folder = folder_of(model)
    return all(_size(folder / file.name) == file.size for file in model.files)


def damaged_files(model: SoundModel) -> list[str]:
    """Files that differ from the published ones, or are missing; reads new ones, a second for 150 MB."""
    return [file.name for file in model.files if not is_as_published(folder_of(model) / file.name, file)]


def is_as_published(path: Path, file: ModelFile) -> bool:
    """Whether a file has the size and hash of the published one. The hash is computed again if it changes."""
    try:
        found = path.stat()
    except OSError:
        return False
    return found.st_size == file.size and _hash_of(path, found.st_ino, found.st_mtime_ns) == file.sha256


@lru_cache(maxsize=64)
def _hash_of(path: Path, _inode: int, _modified_ns: int) -> str:
    return sha256_of(path)


def missing(language: str) -> tuple[SoundModel, ...]:
    """Models for this language that are not installed. KeyError for an unsupported language."""
    return tuple(model for model in NEEDED[_got_as(language)] if not is_here(model))


def unusable(language: str) -> tuple[SoundModel, ...]:
    """Models for this language that are missing or damaged."""
    return tuple(model for model in NEEDED[_got_as(language)] if damaged_files(model))


def _got_as(language: str) -> str:
    """The language to download models for: those for Korean recognise English, too."""
    return "ko" if language == ANY_LANGUAGE else language


def can_hear(language: str, folder: Path | None = None) -> bool:
    """Whether all models for this language are installed. `folder`: a model used instead of them."""
    return is_here(SILERO) if folder is not None else not missing(language)


def uses_sound_track(
    sound: str,
    language: str,
    note: Callable[[UserError], object],
    *,
    sound_language: str | None = None,
    folder: Path | None = None,
) -> bool:
    """Whether the sound of recordings is used: it is not switched off, and its models are installed.

    `sound`: value of the option `--sound`. `language`: of the lips. `sound_language`: by default the same.
    `note` gets an error if models are damaged, or missing although sound was asked for.
    """
    heard = sound_language or language
    asked_for = sound != AUTO or folder is not None
    if sound == OFF or not (asked_for or can_hear(heard, folder)):
        return False
    try:
        check_models(heard, folder)
    except MissingModelsError as problem:
        note(problem)
        return False
    return True


def check_models(language: str, folder: Path | None = None) -> None:
    """MissingModelsError if a model for the language is missing or damaged. `folder`: of a model named by the
    user, which only needs the voice activity detector in addition."""
    needed = [model for model in unusable(language) if folder is None or model is SILERO]
    if needed:
        raise MissingModelsError(
            "Models for speech recognition are missing or damaged: {models}. Get them with "
            "`klipnet-live sound get {language}`.",
            models=", ".join(model.title for model in needed),
            language=_got_as(language),
        )


@contextmanager
def changing_models() -> Iterator[None]:
    """Allows one window or command at a time to change the models. UserError while another one does."""
    with ExitStack() as stack:
        try:
            stack.enter_context(ChangeLock(models_folder()))
        except TimeoutError as error:
            raise UserError(
                "Another window or command is installing models for speech recognition. Wait until it has "
                "finished, and try again."
            ) from error
        yield


def remove(model: SoundModel) -> bool:
    """Delete a model; False if it was not installed. UserError if it cannot be deleted."""
    folder = folder_of(model)
    if not folder.is_dir():
        return False
    with changing_models(), file_errors_as_user_errors(folder):
        shutil.rmtree(folder)
    return True


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1
