"""Loads a prepared dataset: mouth crops at 25 fps, transcripts and word times."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from klipnet_live.dataset_format import TABLE, AlignedWord, TableRow, read_table
from klipnet_live.types import UserError
from klipnet_training.arguments import as_argument
from klipnet_training.data.alignments import read_spoken
from klipnet_training.data.stored import Crops as Crops
from klipnet_training.data.stored import StoredCrops, read_crops
from klipnet_training.data.table import table_rows
from klipnet_training.data.transcripts import transcript_of

CROPS_SUFFIX = ".npz"

FEW_CLIPS = 30
"""With fewer clips, one clip changes an error rate by several per cent and a bootstrap says little."""

IN_MEMORY_CLIPS = 8000
"""About 3 GB of three-second clips; clips of larger folders are read when they are used."""


@dataclass(frozen=True, slots=True)
class Clip:
    """One recording: crops (frames, height, width) uint8. `words` and `split` may be empty."""

    name: str
    speaker: str
    session: str
    split: str
    text: str
    crops: Crops | StoredCrops
    words: tuple[AlignedWord, ...]


SplitAssignment = Callable[[Sequence[TableRow]], list[TableRow]]
"""Returns the rows of a table with their splits assigned."""


def load_clips(
    folder: Path, split: str | None = None, session: str | None = None, assign: SplitAssignment = list
) -> list[Clip]:
    """Clips of a folder that `klipnet-data prepare` wrote, optionally of one split or session.

    `assign` may replace the table's splits. UserError if there is no such clip.
    """
    rows = [row for row in assign(prepared_rows(folder)) if is_wanted(row, split, session)]
    if not rows:
        raise UserError(
            "{folder} has no clip in split {split}: run `klipnet-data split`, or choose another folder.",
            folder=folder,
            split=split or "any",
        )
    in_memory = len(rows) <= IN_MEMORY_CLIPS
    return [_load(folder, row, in_memory) for row in rows]


def prepared_rows(folder: Path) -> list[TableRow]:
    """Rows of a prepared folder's table. UserError if the folder is not prepared."""
    if not folder.is_dir():
        raise UserError("There is no folder {folder}.", folder=folder)
    if not (folder / TABLE).is_file():
        raise UserError(
            "{folder} has no {table}: run `klipnet-data prepare RECORDINGS -o PREPARED` and use the new "
            "folder.",
            folder=folder,
            table=TABLE,
        )
    rows = table_rows(folder)
    if not is_prepared(folder):
        raise UserError(
            "{folder} is not prepared: run `klipnet-data prepare {recordings} -o {prepared}` and use the new "
            "folder.",
            folder=folder,
            recordings=as_argument(folder),
            prepared=as_argument(Path("prepared", folder.name)),
        )
    return rows


def is_prepared(folder: Path) -> bool:
    """Whether the folder's table lists mouth crops."""
    table = folder / TABLE
    row = next(read_table(table), {}) if table.is_file() else {}
    return row.get("path", "").endswith(CROPS_SUFFIX)


def is_wanted(row: TableRow, split: str | None, session: str | None) -> bool:
    """Whether a row has this split and session (None: any); rows without a split count as `train`."""
    return split in (None, row.get("split", "train")) and session in (None, row.get("session"))


def _load(folder: Path, row: TableRow, in_memory: bool) -> Clip:
    path = folder / row["path"]
    text = transcript_of(row)
    words = read_spoken(folder / row["align"], text) if "align" in row else ()
    return Clip(
        path.stem,
        row.get("speaker", ""),
        row.get("session", ""),
        row.get("split", ""),
        text,
        read_crops(path) if in_memory else StoredCrops(path),
        words,
    )
