"""Chooses what to read at the start, from the command line and the remembered settings."""

from __future__ import annotations

from klipnet_live.settings import Settings
from klipnet_live.ui.core.services import StartChoice
from klipnet_live.ui.models.model_list import ModelChoice, choice_of
from klipnet_live.ui.sources.catalogue import demo_in, demo_language
from klipnet_live.ui.text.language import LANGUAGES, effective_language


def first_choice(requested: StartChoice, kept: Settings) -> dict[str, str | None]:
    """Initial source, language, model, grammar and sound.

    A remembered model or grammar is used only with the remembered language. A model is stored in a form that
    does not depend on the working directory.
    """
    model = None if requested.model is None else choice_of(requested.model)
    language = _requested_language(requested, model) or _remembered_language(kept)
    same = language == kept.language
    return {
        "source": requested.source or _remembered_source(kept, language),
        "language": language,
        "model": (model.model if model else requested.model) or (kept.model if same else None),
        "grammar": requested.grammar or (kept.grammar if same else None),
        "sound": requested.sound or kept.sound,
    }


def _requested_language(requested: StartChoice, model: ModelChoice | None) -> str | None:
    """The requested language; a requested model determines its language."""
    if model is not None:
        return model.language
    return requested.language if requested.language in LANGUAGES else None


def _remembered_language(kept: Settings) -> str:
    """The remembered language; at the first start that of the desktop."""
    return kept.language if kept.guide_done else effective_language(kept.interface_language)


def _remembered_source(kept: Settings, language: str) -> str | None:
    """The remembered source; a demo in another language is replaced by the one in this language."""
    spoken = demo_language(kept.source)
    return kept.source if spoken in (None, language) else demo_in(language)
