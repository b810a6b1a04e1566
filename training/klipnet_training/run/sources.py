"""Loads and checks the clips of a configuration."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from klipnet_live.lips.alphabet import Alphabet
from klipnet_live.types import UserError
from klipnet_training.config.schema import DataSource
from klipnet_training.data.clips import Clip, SplitAssignment, load_clips, prepared_rows
from klipnet_training.data.split import SplitRule, assign_splits
from klipnet_training.data.transcripts import language_of, text_problem, transcript_of


def load_sources(
    sources: Iterable[DataSource], alphabet: Alphabet, rule: SplitRule | None = None
) -> list[tuple[float, Clip]]:
    """Clips of all sources, each with its share of an epoch; `rule` assigns new splits. Raises UserError."""
    assign: SplitAssignment = list if rule is None else partial(assign_splits, rule=rule)
    return [
        (source.share, checked(clip, alphabet, source.folder))
        for source in sources
        for clip in load_clips(Path(source.folder), source.split, source.session, assign)
    ]


def detect_language(sources: Iterable[DataSource]) -> str:
    """Detect the language of the transcripts. UserError if a folder is not prepared."""
    return language_of(
        transcript_of(row)
        for source in sources
        for row in prepared_rows(Path(source.folder))
        if source.session in (None, row.get("session"))
    )


def checked(clip: Clip, alphabet: Alphabet, folder: str | Path) -> Clip:
    """Return the clip. UserError if its text cannot be encoded in the alphabet."""
    for text in (clip.text, *(word.text for word in clip.words)):
        fault = text_problem(text, alphabet)
        if fault:
            raise _encoding_error(clip, fault, language_of([text]), alphabet, folder)
    return clip


def _encoding_error(
    clip: Clip, fault: str, language: str, alphabet: Alphabet, folder: str | Path
) -> UserError:
    if not alphabet.language.startswith(language):
        return UserError(
            "Clip {clip} in {folder} is in {language!r}, but the network is for {other!r}: leave such clips "
            "out, or train them separately with --set language={language}.",
            clip=clip.name,
            folder=folder,
            language=language,
            other=alphabet.language,
        )
    return UserError(
        "Clip {clip} in {folder}: {fault}. Fix this in the table of the recordings, and prepare them again.",
        clip=clip.name,
        folder=folder,
        fault=fault,
    )
