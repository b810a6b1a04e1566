"""The clips that a configuration names, checked before any training."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from klipnet_live.lips.alphabet import Alphabet
from klipnet_live.types import UserError
from klipnet_training.config.schema import DataSource
from klipnet_training.data.clips import Clip, Division, load_clips, prepared_rows
from klipnet_training.data.split import Rule, divide
from klipnet_training.data.transcripts import language_of, text_fault, transcript_of


def load_sources(
    sources: Iterable[DataSource], alphabet: Alphabet, rule: Rule | None = None
) -> list[tuple[float, Clip]]:
    """Clips of all sources, each with its share of an epoch; a rule divides each folder anew."""
    division: Division = list if rule is None else partial(divide, rule=rule)
    return [
        (source.share, checked(clip, alphabet, source.folder))
        for source in sources
        for clip in load_clips(Path(source.folder), source.split, source.session, division)
    ]


def language_seen(sources: Iterable[DataSource]) -> str:
    """The language of the texts, by their letters. UserError for a folder that is not prepared."""
    return language_of(
        transcript_of(row)
        for source in sources
        for row in prepared_rows(Path(source.folder))
        if source.session in (None, row.get("session"))
    )


def checked(clip: Clip, alphabet: Alphabet, folder: str | Path) -> Clip:
    """A clip whose words can be written in an alphabet; UserError for another."""
    for text in (clip.text, *(word.text for word in clip.words)):
        fault = text_fault(text, alphabet)
        if fault:
            raise _unwritable(clip, fault, language_of([text]), alphabet, folder)
    return clip


def _unwritable(clip: Clip, fault: str, language: str, alphabet: Alphabet, folder: str | Path) -> UserError:
    if not alphabet.language.startswith(language):
        return UserError(
            "Clip {clip} in {folder} is in {language!r}, the network writes {other!r}: leave such clips out, "
            "or train them by themselves with --set language={language}.",
            clip=clip.name,
            folder=folder,
            language=language,
            other=alphabet.language,
        )
    return UserError(
        "Clip {clip} in {folder}: {fault}. Mend that in the table of the recordings, and prepare them again.",
        clip=clip.name,
        folder=folder,
        fault=fault,
    )
