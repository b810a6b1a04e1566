"""The lines that the app reads from the lips in a recording, with the scores of other texts."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from klipnet_live.capture.video_file import VideoFile
from klipnet_live.fusion.line_text import LineReading
from klipnet_live.pipeline.fusing import line_reading
from klipnet_live.pipeline.reader_factory import decoders_for
from klipnet_live.pipeline.stages import caption
from klipnet_live.reading.listener import ReadLine
from klipnet_live.reading.model import LipModel
from klipnet_live.reading.reader import Reader
from klipnet_live.tracking.tracker import FaceTracker
from klipnet_live.types import Phrases


class LipLineReader:
    """Reads recordings with one model and one grammar."""

    def __init__(self, folder: Path, grammar: Path) -> None:
        self._model = LipModel(folder)
        self._decoders = decoders_for(self._model.manifest, Phrases(grammar))
        self.alphabet = self._model.manifest.alphabet

    def longest(self, video: Path) -> LineReading | None:
        """The longest line of a recording; None if no lips were read."""
        kept = _Kept()
        reader = Reader(self._model, self._decoders)
        reader.listener = kept
        with closing(FaceTracker(self._model.manifest.crop)) as tracker:
            for _ in caption(VideoFile(video, "fast"), tracker, reader):
                pass
        lines = [line for line in kept.lines if line.texts]
        if not lines:
            return None
        return line_reading(max(lines, key=lambda line: len(line.log_probs)), self._model.manifest)


class _Kept:
    """Collects the lines that a reader reports."""

    def __init__(self) -> None:
        self.lines: list[ReadLine] = []

    def spoke(self, speaker: str, times_s: Sequence[float], probabilities: Sequence[float]) -> None:
        pass

    def read(self, line: ReadLine) -> None:
        self.lines.append(line)
