"""The clips that a configuration names, checked before any training."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from klipnet_live.lips.alphabet import Alphabet
from klipnet_live.types import UserError
from training.config import DataSource
from training.data.clips import Clip, Division, load_clips
from training.data.split import Rule, divide
from training.data.starred import known_part


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


def checked(clip: Clip, alphabet: Alphabet, folder: str | Path) -> Clip:
    """A clip whose words can be written in an alphabet; UserError for another."""
    try:
        for text in (clip.text, *(word.text for word in clip.words)):
            alphabet.encode(known_part(text))
    except ValueError as error:
        raise UserError(
            "Clip {clip} in {folder}: {reason}. Choose another language, or mend the transcript.",
            clip=clip.name,
            folder=folder,
            reason=error,
        ) from error
    return clip
