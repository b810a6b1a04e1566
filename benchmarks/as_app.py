"""Reads recordings as `klipnet-live caption` does: video decoder, tracker, mouth crops, model, lines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from klipnet_training.data.table import table_rows
from klipnet_training.evaluation.scores import ReadClip, clip_reading

from klipnet_live.export.captioning import read_lines
from klipnet_live.reading.line import Decoders
from klipnet_live.reading.model import LipModel
from klipnet_live.reading.reader import Reader


def read_recordings(
    model: LipModel, decoders: Decoders, folder: Path, split: str | None
) -> Iterator[ReadClip]:
    """The final text of each video of a dataset folder; the lines of all faces are joined."""
    for row in table_rows(folder):
        if split in (None, row.get("split")):
            lines = read_lines(
                folder / row["path"],
                lambda: Reader(model, decoders),
                marks_unclear=False,
                least_confidence=0.0,
            )
            text = " ".join(line.text for line in lines)
            yield clip_reading(row["path"], row.get("speaker", ""), row["text"], text)
