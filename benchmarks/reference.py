"""The spoken words of a recording in a dataset folder, with their times."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from klipnet_training.data.alignments import read_alignment
from klipnet_training.data.table import table_rows

from klipnet_live.dataset_format import TABLE
from klipnet_live.types import FPS


@dataclass(frozen=True, slots=True)
class ReferenceWord:
    """A spoken word and its times, in seconds of the recording."""

    text: str
    start_s: float
    end_s: float


def words_of(source: str) -> list[ReferenceWord]:
    """The words of a recording if its dataset folder has alignments; otherwise none."""
    path = Path(source).resolve()
    for folder in path.parents:
        if (folder / TABLE).is_file():
            row = next((row for row in table_rows(folder) if folder / row["path"] == path), {})
            words = read_alignment(folder / row["align"]) if "align" in row else ()
            return [ReferenceWord(word.text, word.start_frame / FPS, word.end_frame / FPS) for word in words]
    return []
