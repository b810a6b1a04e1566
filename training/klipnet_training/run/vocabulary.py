"""The words that a run was trained on."""

from __future__ import annotations

from pathlib import Path

from klipnet_live.types import UserError
from klipnet_training.config.schema import Config, DataSource
from klipnet_training.data.clips import is_wanted
from klipnet_training.data.starred import known_part
from klipnet_training.data.table import table_rows
from klipnet_training.data.transcripts import transcript_of

MOST_WORDS = 1000
"""A network that was trained on more may well read others."""


def words_of(config: Config) -> tuple[str, ...]:
    """All words of the transcripts; none where they are many, or where a folder is not there any more."""
    try:
        texts = [text for source in config.data for text in _texts(source, divided=config.split is not None)]
    except UserError:
        return ()
    words = {word for text in texts for word in known_part(text).split()}
    return tuple(sorted(words)) if len(words) <= MOST_WORDS else ()


def _texts(source: DataSource, *, divided: bool) -> list[str]:
    """Of the clips that a source trains with; `divided`: its table's splits do not hold."""
    split = None if divided else source.split
    rows = table_rows(Path(source.folder))
    return [transcript_of(row) for row in rows if is_wanted(row, split, source.session)]
