"""Finds model folders by name and language."""

from __future__ import annotations

import logging
import os
from functools import cache
from pathlib import Path

import platformdirs

from klipnet_live.assets import MODELS
from klipnet_live.manifest import FILE_NAME, Manifest, load_manifest
from klipnet_live.plain_text import one_line
from klipnet_live.types import UserError, translatable

_log = logging.getLogger(__name__)


def model_folders() -> list[Path]:
    """The bundled models, then the user's own. The current folder is not searched."""
    found: dict[Path, Path] = {}
    for place in _places():
        for path in sorted(place.glob(f"*/{FILE_NAME}")):
            found.setdefault(path.parent.resolve(), path.parent)
    return list(found.values())


def find_model(model: str | None, language: str | None) -> Path:
    """A model folder by name or path, or else the first intact one for a language. Raises UserError."""
    if model is not None:
        for folder in (*(place / model for place in _places()), Path(model)):
            if os.path.isfile(folder / FILE_NAME):
                return folder
        if os.path.isfile(Path(model) / "best.pt"):
            raise UserError(
                "{model} is a training run. Export it first: `klipnet-export onnx {model} -o models/NAME`.",
                model=model,
            )
        raise UserError("There is no model {model}. Available models: {known}.", model=model, known=_names())
    for folder in model_folders():
        spoken = language_of(folder)
        if spoken is not None and language in (None, spoken):
            return folder
    raise UserError(
        "There is no model for language {language}. Available models: {known}.",
        language=language,
        known=_names(),
    )


def language_of(folder: Path) -> str | None:
    """Language that a model reads; None if the folder is damaged."""
    manifest = manifest_of(folder)
    return None if manifest is None else manifest.spoken


def manifest_of(folder: Path) -> Manifest | None:
    """A model's manifest, without verifying the graphs; None if the folder is damaged."""
    try:
        return load_manifest(folder, verify=False)
    except UserError as error:
        _say_once(str(error))
        return None


def user_models() -> Path:
    """Folder of the user's own models."""
    return platformdirs.user_data_path("klipnet-live", appauthor=False) / "models"


def _places() -> tuple[Path, Path]:
    return MODELS, user_models()


@cache
def _say_once(text: str) -> None:
    _log.warning("%s", one_line(text))


def _names() -> str:
    return ", ".join(dict.fromkeys(folder.name for folder in model_folders())) or translatable("none")
