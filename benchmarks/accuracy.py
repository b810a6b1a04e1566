"""Every accuracy figure of the README and the manifests, from the recordings, with one command:

python -m benchmarks.accuracy --data ../shared/data --work runs/prepared [--write]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.as_live import LiveReading, read_as_live
from klipnet_live.assets import ASSETS, MODELS
from klipnet_live.manifest import load_manifest, write_manifest
from klipnet_live.pipeline.open import decoders_for
from klipnet_live.reading.model import LipModel
from training.data.clips import Clip, load_clips
from training.evaluation.scores import clip_reading, score

GRID = ASSETS / "grammars" / "grid.jsgf"
KOREAN = ASSETS / "grammars" / "korean_seed.jsgf"
SILENT_FRAMES = 75


@dataclass(frozen=True, slots=True)
class Recordings:
    """A dataset folder and table that are prepared into a folder of the same name."""

    name: str
    folder: str
    table: str = "transcripts.tsv"


RECORDINGS = (
    Recordings("grid_s1", "grid_s1"),
    Recordings("grid_others", "grid_others"),
    Recordings("korean_seed", "korean_seed"),
    Recordings("korean_partial", "korean_seed", "partial.tsv"),
)


@dataclass(frozen=True, slots=True)
class TestSet:
    """Clips of a prepared folder on which a model is measured, free and with a grammar."""

    title: str
    model: str
    folder: str
    grammar: Path
    split: str | None = None
    session: str | None = None
    change: Callable[[Clip], Clip] = lambda clip: clip


def frozen(clip: Clip) -> Clip:
    """The first frame for as long as the clip: nobody speaks."""
    return replace(clip, text="", words=(), crops=np.repeat(clip.crops[:1], SILENT_FRAMES, axis=0))


def before_speech(clip: Clip) -> Clip:
    """The silent beginning of an aligned clip, up to five frames before the first word."""
    end = max(2, int(clip.words[0].start_frame) - 5)
    return replace(clip, text="", words=(), crops=clip.crops[:end])


SETS = (
    TestSet("grid_s1 val", "en-grid", "grid_s1", GRID, "val"),
    TestSet("grid_others, 4 unseen speakers", "en-grid", "grid_others", GRID),
    TestSet("grid_s1 val, first frame frozen", "en-grid", "grid_s1", GRID, "val", change=frozen),
    TestSet("grid_s1 val, before speech", "en-grid", "grid_s1", GRID, "val", change=before_speech),
    TestSet("korean_seed val", "ko-seed", "korean_seed", KOREAN, "val"),
    TestSet(
        "partial.tsv, session yoriri6, last 3 words", "ko-seed", "korean_partial", KOREAN, None, "yoriri6"
    ),
    TestSet("korean_seed val, first frame frozen", "ko-seed", "korean_seed", KOREAN, "val", change=frozen),
)


def figures(test: TestSet, work: Path) -> dict[str, Any]:
    """Figures of one set: per cent, with 95 % bootstrap intervals."""
    clips = [test.change(clip) for clip in load_clips(work / test.folder, test.split, test.session)]
    model = LipModel(MODELS / test.model)
    free = list(read_as_live(model, decoders_for(model.manifest), clips))
    if not any(clip.text for clip in clips):
        wrong = sum(bool(reading.final or reading.stream) for reading in free)
        return {"set": test.title, "clips": len(clips), "clips_with_text": wrong}
    bound = list(read_as_live(model, decoders_for(model.manifest, test.grammar), clips))
    return {
        "set": test.title,
        "clips": len(clips),
        "final": _rates(free, lambda reading: reading.final),
        "stream_at_line_end": _rates(free, lambda reading: reading.stream),
        "first_word_right_in_stream": _share(_first_word_right(reading) for reading in free),
        "final_with_grammar": _rates(bound, lambda reading: reading.final),
        "letters_right_with_grammar": _letters(bound),
        "one_line_a_clip": _share(reading.lines == 1 for reading in free),
        "committed_text_only_grew": _share(reading.committed_kept for reading in free),
    }


def _rates(readings: Sequence[LiveReading], text: Callable[[LiveReading], str]) -> dict[str, Any]:
    scores = score([clip_reading(r.clip.name, r.clip.speaker, r.clip.text, text(r)) for r in readings])
    low, high = scores.wer_interval
    return {
        "cer": round(scores.cer, 2),
        "wer": round(scores.wer, 2),
        "wer_95": [round(low, 1), round(high, 1)],
    }


def _share(flags: Any) -> float:
    values = list(flags)
    return round(100 * sum(values) / max(1, len(values)), 1)


def _first_word_right(reading: LiveReading) -> bool:
    return reading.stream.split()[:1] == reading.clip.text.split()[:1]


def _letters(readings: Sequence[LiveReading]) -> float | None:
    """GRID's letters (fourth word): the hardest words, often one mouth shape long."""
    pairs = [(r.clip.text.split(), r.final.split()) for r in readings]
    grid = [(truth, read) for truth, read in pairs if len(truth) == 6 and len(truth[3]) == 1]
    return _share(len(read) == 6 and truth[3] == read[3] for truth, read in grid) if grid else None


def prepare(data: Path, work: Path) -> None:
    """Crop the mouths; clips that are there already are kept."""
    for recordings in RECORDINGS:
        if (work / recordings.name / "transcripts.tsv").is_file():
            continue
        command = ["prepare", str(data / recordings.folder), "-o", str(work / recordings.name)]
        call = "import sys; from training.data.command import main; sys.exit(main(sys.argv[1:]))"
        subprocess.run([sys.executable, "-c", call, *command, "--table", recordings.table], check=True)


def write(found: Sequence[dict[str, Any]], model: str) -> None:
    """Put the figures of a model into its manifest."""
    manifest = load_manifest(MODELS / model)
    named = {row["set"]: {key: value for key, value in row.items() if key != "set"} for row in found}
    write_manifest(MODELS / model, replace(manifest, figures=named))


def main() -> int:
    """Print one JSON object a set."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("KLIPNET_DATA", "../shared/data")))
    parser.add_argument("--work", type=Path, default=Path("runs/prepared"), help="where mouth crops are kept")
    parser.add_argument("--model", help="only the sets of this model")
    parser.add_argument("--write", action="store_true", help="write the figures into the manifests")
    options = parser.parse_args()
    prepare(options.data, options.work)
    for model in [options.model] if options.model else ["en-grid", "ko-seed"]:
        found = []
        for test in (test for test in SETS if test.model == model):
            found.append(figures(test, options.work))
            print(json.dumps(found[-1], ensure_ascii=False), flush=True)
        if options.write:
            write(found, model)
    return 0


if __name__ == "__main__":
    sys.exit(main())
