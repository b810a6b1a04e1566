"""The models that there are, for choosing one by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from klipnet_live.assets import MODELS
from klipnet_live.models import find_model, manifest_of, model_folders, user_models
from klipnet_live.types import UserError


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A model folder: its name, how it is asked for, the language that it reads, and all words that it
    knows; no words: it writes any."""

    name: str
    model: str
    language: str
    words: tuple[str, ...] = ()


def list_models() -> tuple[ModelChoice, ...]:
    """Models whose manifest can be read; the graphs themselves are checked when one is loaded."""
    found = map(_choice, model_folders())
    return tuple(choice for choice in found if choice is not None)


def choice_of(model: str) -> ModelChoice | None:
    """A model that is named or is elsewhere; None where there is none, or it is damaged."""
    try:
        return _choice(find_model(model, None))
    except UserError:
        return None


def chosen_among(
    models: Sequence[ModelChoice], model: str | None, language: str | None
) -> ModelChoice | None:
    """The model that reads: the one asked for, or the first one for the language."""
    if model is None:
        return next((choice for choice in models if choice.language == language), None)
    return next((choice for choice in models if choice.model == model), None) or choice_of(model)


def _choice(folder: Path) -> ModelChoice | None:
    manifest = manifest_of(folder)
    if manifest is None:
        return None
    # A name that is looked for from here would not be found from another folder at the next start.
    everywhere = folder.parent in (MODELS, user_models())
    model = folder.name if everywhere else str(folder.resolve())
    return ModelChoice(folder.name, model, manifest.spoken, manifest.words)
