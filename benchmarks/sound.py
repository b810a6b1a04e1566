"""Compares sound, lips and their fusion on recordings with noise of several levels.

`python -m benchmarks.sound DIR [--clips N] --json OUT`: DIR is a dataset folder whose videos have sound. Its
validation clips are used, or all clips if it has none; noise is mixed in here. WER in per cent, with the
grammar of GRID's sentences.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from klipnet_training.data.table import table_rows
from klipnet_training.evaluation.scores import ReadClip, clip_reading, score

from benchmarks.lip_lines import LipLineReader
from benchmarks.noise import CONDITIONS, with_noise
from klipnet_live.assets import ASSETS, MODELS
from klipnet_live.decoding.grammar import load_grammar
from klipnet_live.fusion.clearness import clearness_by_score
from klipnet_live.fusion.line_text import LineReading, fuse_line, heard_best
from klipnet_live.fusion.search import GrammarNeighbours, Scored
from klipnet_live.fusion.spoken import written_form
from klipnet_live.sound.base import Recogniser
from klipnet_live.sound.catalogue import MOONSHINE
from klipnet_live.sound.moonshine import Moonshine
from klipnet_live.sound.sound_track import SoundTrack
from klipnet_live.sound.store import folder_of
from klipnet_live.types import FloatArray, UserError

GRAMMAR = ASSETS / "grammars" / "grid.jsgf"
WAYS = ("sound", "lips", "both")


@dataclass(frozen=True, slots=True)
class NoisyClip:
    """A recording: its sound at 16 kHz, (samples,), and the line read from its lips."""

    name: str
    speaker: str
    text: str
    samples: FloatArray
    reading: LineReading | None


def clips_of(folder: Path, count: int | None, lips: LipLineReader) -> Iterator[NoisyClip]:
    """The validation clips of a folder, or all clips if it has none; those without sound are skipped."""
    rows = table_rows(folder)
    rows = [row for row in rows if row.get("split") == "val"] or rows
    for row in rows[:count]:
        samples = sound_of(folder / row["path"])
        if samples is not None:
            reading = lips.longest(folder / row["path"])
            yield NoisyClip(row["path"], row.get("speaker", ""), row["text"], samples, reading)


def sound_of(video: Path) -> FloatArray | None:
    """Mono sound at 16 kHz, (samples,); None if the video has none."""
    try:
        return np.concatenate([block.samples for block in SoundTrack(video, realtime=False).blocks()])
    except (UserError, ValueError):
        return None


class Bench:
    """Transcribes clips in each of the three ways."""

    def __init__(self, recogniser: Recogniser, lips: LipLineReader) -> None:
        self._recogniser = recogniser
        self._grammar = GrammarNeighbours(load_grammar(GRAMMAR, lips.alphabet), lips.alphabet)
        self.weights: list[float] = []

    def read(self, clip: NoisyClip, samples: FloatArray) -> dict[str, str]:
        """The text of one clip in each way, from its sound with noise (samples,)."""
        heard = [text for text, _ in self._recogniser.n_best(samples, 1)]
        score = Scored(lambda texts: self._recogniser.score(samples, [written_form(text) for text in texts]))
        by_sound = heard_best(heard, score, self._grammar)
        if clip.reading is None:
            return {"sound": by_sound, "lips": "", "both": by_sound}
        found = fuse_line(clip.reading, heard, score, clearness_by_score, self._grammar)
        self.weights.append(found.lips_weight)
        return {"sound": by_sound, "lips": clip.reading.texts[0], "both": found.best}


def figures(clips: list[NoisyClip], recogniser: Recogniser, lips: LipLineReader) -> dict[str, Any]:
    """WER in per cent by condition and way, overall and per speaker, and the mean weight of the lips."""
    table: dict[str, Any] = {"clips": len(clips), "conditions": {}, "speakers": {}, "lips_weight": {}}
    sounds = [clip.samples for clip in clips]
    for condition in CONDITIONS:
        bench = Bench(recogniser, lips)
        read: dict[str, list[ReadClip]] = {way: [] for way in WAYS}
        for i, clip in enumerate(clips):
            noisy = with_noise(clip.samples, condition, sounds[:i] + sounds[i + 1 :], seed=i)
            for way, text in bench.read(clip, noisy).items():
                read[way].append(clip_reading(clip.name, clip.speaker, clip.text, text))
        table["conditions"][condition] = _rates(read)
        table["lips_weight"][condition] = round(float(np.mean(bench.weights)), 2) if bench.weights else 0.0
        for who in sorted({clip.speaker for clip in clips}):
            own = {
                way: [reading for reading in found if reading.speaker == who] for way, found in read.items()
            }
            table["speakers"].setdefault(who, {})[condition] = _rates(own)
        print(condition, table["conditions"][condition], flush=True)
    return table


def _rates(read: dict[str, list[ReadClip]]) -> dict[str, float]:
    return {way: round(score(found).wer, 2) for way, found in read.items()}


def main() -> None:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--clips", type=int, metavar="N", help="use only the first N clips")
    parser.add_argument("--model", default="en-grid", help="lip-reading model")
    parser.add_argument(
        "--recogniser",
        type=Path,
        metavar="DIR",
        help="folder of a Moonshine model (default: the one from `klipnet-live sound get en`)",
    )
    parser.add_argument("--json", type=Path, metavar="OUT")
    options = parser.parse_args()
    lips = LipLineReader(MODELS / options.model, GRAMMAR)
    try:
        recogniser = Moonshine(options.recogniser or folder_of(MOONSHINE))
    except UserError as problem:
        parser.error(str(problem))
    clips = list(clips_of(options.folder, options.clips, lips))
    if len(clips) < 2:
        parser.error(f"{options.folder} contains fewer than two recordings with sound.")
    table = figures(clips, recogniser, lips)
    if options.json is not None:
        options.json.write_text(json.dumps(table, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
