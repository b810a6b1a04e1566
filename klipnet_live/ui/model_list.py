"""The models that came with the app, for choosing one by name."""

from __future__ import annotations

from dataclasses import dataclass

from klipnet_live.pipeline.models import find_model, language_of, model_folders
from klipnet_live.types import UserError


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A folder under `models/` and the language it reads."""

    name: str
    language: str


def list_models() -> tuple[ModelChoice, ...]:
    """Models whose manifest can be read; the graphs themselves are checked when one is loaded."""
    read = ((folder.name, language_of(folder)) for folder in model_folders())
    return tuple(ModelChoice(name, language) for name, language in read if language is not None)


def language_read_by(model: str) -> str | None:
    """The language of a model that is named or is elsewhere; None where it cannot be told."""
    try:
        return language_of(find_model(model, None))
    except UserError:
        return None
