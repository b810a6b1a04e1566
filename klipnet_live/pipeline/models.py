"""Model folders, by name and by language; what is in them is loaded elsewhere."""

from __future__ import annotations

import logging
from functools import cache
from pathlib import Path

from klipnet_live.assets import MODELS
from klipnet_live.manifest import FILE_NAME, load_manifest
from klipnet_live.types import UserError

_log = logging.getLogger(__name__)


def model_folders() -> list[Path]:
    """The models that ship with the program or were put beside them."""
    return sorted(path.parent for path in MODELS.glob(f"*/{FILE_NAME}"))


def find_model(model: str | None, language: str | None) -> Path:
    """A model folder by name, by path, or the first one for a language that is not damaged."""
    if model is not None:
        for folder in (MODELS / model, Path(model)):
            if (folder / FILE_NAME).is_file():
                return folder
        if (Path(model) / "best.pt").is_file():
            raise UserError(
                "{model} is a training run: `klipnet-export onnx {model} -o models/NAME` first.", model=model
            )
        raise UserError("There is no model {model}; there are: {known}.", model=model, known=_names())
    for folder in model_folders():
        spoken = language_of(folder)
        if spoken is not None and language in (None, spoken):
            return folder
    raise UserError(
        "There is no model for language {language}; there are: {known}.", language=language, known=_names()
    )


def language_of(folder: Path) -> str | None:
    """Which language a model reads; None for a folder that is damaged."""
    try:
        return load_manifest(folder, verify=False).spoken
    except UserError as error:
        _say_once(str(error))
        return None


@cache
def _say_once(text: str) -> None:
    _log.warning("%s", text)


def _names() -> str:
    return ", ".join(folder.name for folder in model_folders()) or "none"
