"""Reads recordings as `klipnet-live caption` does: video decoder, tracker, mouth crops, model, lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from klipnet_training.data.table import table_rows
from klipnet_training.evaluation.scores import ReadClip, clip_reading

from klipnet_live.captions.gaps import MIN_CONFIDENCE
from klipnet_live.captions.lines import CaptionLine
from klipnet_live.export.captioning import Lines, read_stretch
from klipnet_live.export.video_copy import Reporter
from klipnet_live.media.stretches import WHOLE
from klipnet_live.reading.line import Decoders
from klipnet_live.reading.model import LipModel
from klipnet_live.reading.reader import Reader


def read_lines(
    video: Path,
    open_reader: Callable[[], Reader],
    *,
    marks_unclear: bool = True,
    least_confidence: float = MIN_CONFIDENCE,
) -> list[CaptionLine]:
    """The completed lines of an undivided recording, from lips alone, in this process. Raises UserError.

    `marks_unclear`: include unreadable lines with a placeholder text. `least_confidence`: words below it
    become gaps.
    """
    lines, reporter = Lines("en"), Reporter()
    lines.begin(WHOLE)
    facts = read_stretch(video, WHOLE, open_reader, reporter, lines.take, least_confidence=least_confidence)
    return lines.completed(video, [facts], reporter, marks_unclear=marks_unclear)


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
