"""Reads dataset folders in all supported layouts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from klipnet_live.dataset_format import TABLE, TableRow
from klipnet_live.lips.alphabet import alphabet_for
from klipnet_live.media.suffixes import is_video
from klipnet_live.types import UserError
from klipnet_training.data.files import files_below, readable_name, resolve_path
from klipnet_training.data.layouts_aihub import LABEL_SUFFIX, first_object, read_aihub
from klipnet_training.data.layouts_grid import SEED_SPLITS, read_grid, read_seed, speaker_of
from klipnet_training.data.recordings import Recording
from klipnet_training.data.starred import known_part
from klipnet_training.data.table import table_rows
from klipnet_training.data.transcripts import language_of, text_problem, transcript_of

READERS: Final[Mapping[str, Callable[[Path], Iterable[Recording]]]] = {
    "grid": read_grid,
    "seed": read_seed,
    "aihub": read_aihub,
}
"""Readers of the layouts without a table."""

LAYOUTS = ("auto", "plain", *READERS)


def read_dataset(folder: Path, layout: str = "auto", table: str = TABLE) -> list[Recording]:
    """All recordings of a folder. UserError if the folder does not have that layout."""
    if not folder.is_dir():
        raise UserError("There is no folder {folder}.", folder=folder)
    if layout == "auto":
        layout = layout_of(folder, table)
    recordings = list(read_plain(folder, table) if layout == "plain" else READERS[layout](folder))
    if not recordings:
        raise UserError(
            "{folder} has no recordings in layout {layout!r}: choose another with --layout.",
            folder=folder,
            layout=layout,
        )
    where = folder / table if layout == "plain" else folder
    return [_with_text_problem(recording, where) for recording in recordings]


def layout_of(folder: Path, table: str = TABLE) -> str:
    """Detect the layout of a folder. UserError if it is none of the known ones."""
    if (folder / table).is_file():
        return "plain"
    if any((root / split).is_dir() for root in (folder, folder / "datasets") for split in SEED_SPLITS):
        return "seed"
    if _has_labels(folder):
        return "aihub"
    if any(is_video(path) and speaker_of(folder, path) for path in files_below(folder)):
        return "grid"
    raise UserError(
        "{folder} has no known layout: there is no {table}, no train or val folder, no AI-Hub labels and no "
        "speaker folders s1, s2, ... Write a {table} with the columns path, speaker, text.",
        folder=folder,
        table=table,
    )


def read_plain(folder: Path, table: str = TABLE) -> Iterator[Recording]:
    """Read a folder with a table: columns path, speaker, text and optionally split, session, align."""
    yield from (_recording(folder, row) for row in table_rows(folder, table))


def _has_labels(folder: Path) -> bool:
    label = next((path for path in files_below(folder) if path.suffix == LABEL_SUFFIX), None)
    try:
        return label is not None and "Sentence_info" in first_object(label)
    except (ValueError, LookupError, OSError):
        return False


def _recording(folder: Path, row: TableRow) -> Recording:
    return Recording(
        source=resolve_path(folder, row["path"]),
        speaker=readable_name(row.get("speaker", "")),
        text=transcript_of(row),
        split=row.get("split", ""),
        session=row.get("session", ""),
        align=resolve_path(folder, row["align"]) if "align" in row else None,
    )


def _with_text_problem(recording: Recording, where: Path) -> Recording:
    """Set `problem` if the text cannot be encoded; `where`: the file or folder to correct."""
    if recording.problem:
        return recording
    if not known_part(recording.text):
        problem = f"{recording.source} has no text in {where}: add its transcript."
        return replace(recording, problem=problem)
    fault = text_problem(recording.text, alphabet_for(language_of([recording.text])))
    if not fault:
        return recording
    return replace(recording, problem=f"{recording.source}: {fault} in {where}.")
