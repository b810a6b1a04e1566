"""Adds missing word alignments to a prepared folder, by forced alignment with a trained model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from klipnet_live.dataset_format import (
    TABLE,
    WHOLE_SENTENCE,
    AlignedWord,
    TableRow,
    with_silence,
    write_alignment,
    write_table,
)
from klipnet_live.reading.line import SPEAKING
from klipnet_live.reading.model import LipModel
from klipnet_live.types import FloatArray
from klipnet_training.data.forced_alignment import align
from klipnet_training.data.starred import is_starred
from klipnet_training.data.stored import Crops, read_crops
from klipnet_training.data.table import table_rows
from klipnet_training.data.transcripts import text_problem, transcript_of

SURE_COST = 3.0
"""Above this cost word times are not reliable; only the extent of the sentence is written. 95 % of correct
sentences cost less than 0.1 (52 clips of GRID's s1) and 2.6 (10 of s26, an unseen speaker); half of the wrong
ones cost more than 5.8 and 3.0."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """A table row with its new alignment.

    `words`: aligned words, 0 if only the sentence; `problem`: why none.
    """

    row: TableRow
    words: int = 0
    problem: str = ""


def align_folder(folder: Path, model: LipModel, *, realign: bool = False) -> Iterator[Aligned]:
    """Align the clips without an alignment, or all clips if `realign`; the table is written at the end.

    UserError if the folder is not prepared, OSError.
    """
    rows = table_rows(folder)
    done: list[TableRow] = []
    for row in rows:
        if "align" in row and not realign:
            done.append(row)
            continue
        aligned = _aligned(folder, row, model)
        done.append(aligned.row)
        yield aligned
    columns = list(dict.fromkeys([*(name for row in done for name in row), "align"]))
    write_table(folder / TABLE, columns, done)


def _aligned(folder: Path, row: TableRow, model: LipModel) -> Aligned:
    text = transcript_of(row)
    fault = (
        "part of its transcript is unknown"
        if is_starred(text)
        else text_problem(text, model.manifest.alphabet)
    )
    if fault:
        return Aligned(row, problem=fault)
    crops = read_crops(folder / row["path"])
    log_probs, speaking = read_clip(model, crops)
    found = align(log_probs, speaking, text, model.manifest.alphabet)
    if found is None:
        return Aligned(row, problem="visible speech is too short for its text")
    words = found.words
    if found.cost > SURE_COST:
        words = (AlignedWord(WHOLE_SENTENCE, words[0].start_frame, words[-1].end_frame),)
    path = f"align/{Path(row['path']).stem}.align"
    (folder / "align").mkdir(exist_ok=True)
    write_alignment(folder / path, with_silence(words, len(crops)))
    return Aligned(row | {"align": path}, 0 if found.cost > SURE_COST else len(words))


def read_clip(model: LipModel, crops: Crops) -> tuple[FloatArray, NDArray[np.bool_]]:
    """Log-probabilities of the final head (frames, symbols), and a speech mask (frames,)."""
    size, flush = model.manifest.chunk_frames, model.manifest.flush_frames
    still = flush + -(len(crops) + flush) % size
    shown = np.concatenate([crops, np.repeat(crops[-1:], still, axis=0)])
    state, chunks = model.start(), []
    for start in range(0, len(shown), size):
        (chunk,) = model.stream([list(shown[start : start + size])], [state])
        state = chunk.state
        chunks.append(chunk)
    speaking = np.concatenate([chunk.speaking for chunk in chunks])[: len(crops)] >= SPEAKING
    return model.final(np.concatenate([chunk.kept for chunk in chunks]))[: len(crops)], speaking
