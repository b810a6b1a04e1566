"""What is read at the start: what was asked for, and of the last time only what still fits."""

from __future__ import annotations

from klipnet_live.settings import Settings
from klipnet_live.ui.core.services import StartChoice
from klipnet_live.ui.models.model_list import ModelChoice, choice_of
from klipnet_live.ui.sources.catalogue import demo_in, demo_language
from klipnet_live.ui.text.language import LANGUAGES, effective_language


def first_choice(asked: StartChoice, kept: Settings) -> dict[str, str | None]:
    """The settings of what is read: source, language, model, grammar and sound.

    A model and a grammar that are only remembered belong to the remembered language. A model is remembered
    by what finds it from every folder.
    """
    model = None if asked.model is None else choice_of(asked.model)
    language = _language_asked_for(asked, model) or _language_of_last_time(kept)
    same = language == kept.language
    return {
        "source": asked.source or _source_of_last_time(kept, language),
        "language": language,
        "model": (model.model if model else asked.model) or (kept.model if same else None),
        "grammar": asked.grammar or (kept.grammar if same else None),
        "sound": asked.sound or kept.sound,
    }


def _language_asked_for(asked: StartChoice, model: ModelChoice | None) -> str | None:
    """A model reads its own language, whatever else is said. The language of a demo is read in it alone."""
    if model is not None:
        return model.language
    return asked.language if asked.language in LANGUAGES else None


def _language_of_last_time(kept: Settings) -> str:
    """At the first start: whoever has a Korean desktop will look at Korean lips."""
    return kept.language if kept.guide_done else effective_language(kept.interface_language)


def _source_of_last_time(kept: Settings, language: str) -> str | None:
    """A demo in another language gives way."""
    spoken = demo_language(kept.source)
    return kept.source if spoken in (None, language) else demo_in(language)
