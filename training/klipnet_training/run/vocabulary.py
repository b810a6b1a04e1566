"""The words that a run was trained on."""

from __future__ import annotations

from pathlib import Path

from klipnet_live.assets import MODELS
from klipnet_live.manifest import FILE_NAME, load_manifest
from klipnet_live.types import UserError
from klipnet_training.config.schema import Config, DataSource
from klipnet_training.data.clips import is_wanted
from klipnet_training.data.starred import known_part
from klipnet_training.data.table import table_rows
from klipnet_training.data.transcripts import transcript_of
from klipnet_training.run.run_folder import RunFolder

MOST_WORDS = 1000
"""A network that was trained on more may well read others."""


def words_of(config: Config) -> tuple[str, ...]:
    """All words of the transcripts, and those of the model that the run began with.

    None where they are many, or where a folder or that model is not there any more.
    """
    try:
        texts = [text for source in config.data for text in _texts(source, divided=config.split is not None)]
        known = _known_at_start(config)
    except (UserError, OSError):
        return ()
    if known is None:
        return ()
    words = {word for text in texts for word in known_part(text).split()} | known
    return tuple(sorted(words)) if len(words) <= MOST_WORDS else ()


def _known_at_start(config: Config) -> frozenset[str] | None:
    """The words of the model that a run begins with; None: any. UserError where nothing says which."""
    if config.start_from is None:
        return frozenset()
    start = Path(config.start_from)
    for folder in (start, MODELS / start):
        if (folder / FILE_NAME).is_file():
            manifest = load_manifest(folder, verify=False)
            language, words = manifest.language, manifest.words
            break
    else:
        earlier = RunFolder(start if start.is_dir() else start.parent).configuration()
        if earlier is None:
            return None
        language, words = earlier.language, words_of(earlier)
    if language != config.language:
        return frozenset()
    return frozenset(words) if words else None


def _texts(source: DataSource, *, divided: bool) -> list[str]:
    """Of the clips that a source trains with; `divided`: its table's splits do not hold."""
    split = None if divided else source.split
    rows = table_rows(Path(source.folder))
    return [transcript_of(row) for row in rows if is_wanted(row, split, source.session)]
