"""The vocabulary of a run's training data."""

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

MAX_WORDS = 1000
"""A network trained on more words may also read other words, so it gets no vocabulary."""


def words_of(config: Config) -> tuple[str, ...]:
    """All words of the transcripts, and those of the model that the run started from.

    Empty if there are more than `MAX_WORDS`, or if a folder or that model is missing.
    """
    try:
        texts = [text for source in config.data for text in _texts(source, resplit=config.split is not None)]
        known = _known_at_start(config)
    except (UserError, OSError):
        return ()
    if known is None:
        return ()
    words = {word for text in texts for word in known_part(text).split()} | known
    return tuple(sorted(words)) if len(words) <= MAX_WORDS else ()


def _known_at_start(config: Config) -> frozenset[str] | None:
    """The words of the model that a run starts from; None if they are not limited. Raises UserError."""
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


def _texts(source: DataSource, *, resplit: bool) -> list[str]:
    """Transcripts of a source's training clips; `resplit`: ignore the splits of its table."""
    split = None if resplit else source.split
    rows = table_rows(Path(source.folder))
    return [transcript_of(row) for row in rows if is_wanted(row, split, source.session)]
