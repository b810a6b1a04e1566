"""Computes every accuracy figure of the README and the manifests from the recordings:

python -m benchmarks.accuracy --data ../shared/data --work runs/prepared [--write]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from klipnet_training.data.clips import Clip, load_clips
from klipnet_training.data.starred import is_starred, known_part
from klipnet_training.evaluation.scores import ReadClip, clip_reading, score

from benchmarks.accuracy_sets import RECORDINGS, SETS, VIDEO_SETS, TestSet, VideoSet
from benchmarks.as_app import read_recordings
from benchmarks.as_live import LiveReading, read_as_live
from klipnet_live.assets import MODELS
from klipnet_live.decoding.readability import ALL_READABLE
from klipnet_live.manifest import load_manifest, write_manifest
from klipnet_live.pipeline.reader_factory import decoders_for
from klipnet_live.reading.line import Decoders
from klipnet_live.reading.model import LipModel
from klipnet_live.types import Phrases


def video_figures(test: VideoSet, data: Path) -> dict[str, Any]:
    """Error rates of one set of videos, in per cent, with 95 % bootstrap intervals."""
    model = LipModel(MODELS / test.model)

    def read(phrases: Phrases | None) -> list[ReadClip]:
        decoders = _showing_all(decoders_for(model.manifest, phrases))
        return list(read_recordings(model, decoders, data / test.folder, test.split))

    free, bound = read(None), read(Phrases(test.grammar))
    return {
        "set": test.title,
        "clips": len(free),
        "final": _rates(free),
        "final_with_grammar": _rates(bound),
        "letters_right_with_grammar": _letters(bound),
    }


def figures(test: TestSet, work: Path) -> dict[str, Any]:
    """Error rates of one set of prepared clips, in per cent, with 95 % bootstrap intervals."""
    clips = [test.change(clip) for clip in load_clips(work / test.folder, test.split, test.session)]
    model = LipModel(MODELS / test.model)
    shown = list(read_as_live(model, decoders_for(model.manifest), clips))
    if not any(clip.text for clip in clips):
        wrong = sum(bool(reading.final or reading.stream) for reading in shown)
        return {"set": test.title, "clips": len(clips), "clips_with_text": wrong}
    free = _read_all(model, clips)
    bound = _read_all(model, clips, Phrases(test.grammar))
    hinted = _read_all(model, clips, _hints(clips, work / "hints.txt"))
    return {
        "set": test.title,
        "clips": len(clips),
        "final": _rates(_completed(free)),
        "stream_at_line_end": _rates([_scored(reading, reading.stream) for reading in free]),
        "first_word_right_in_stream": _first_words_right(free),
        "final_with_grammar": _rates(_completed(bound)),
        "letters_right_with_grammar": _letters(_completed(bound)),
        "final_with_hints": _rates(_completed(hinted)),
        "clips_shown": _share(bool(reading.final) for reading in shown),
        "one_line_a_clip": _share(reading.lines == 1 for reading in free),
        "committed_text_only_grew": _share(reading.committed_kept for reading in free),
    }


def _read_all(model: LipModel, clips: Sequence[Clip], phrases: Phrases | None = None) -> list[LiveReading]:
    return list(read_as_live(model, _showing_all(decoders_for(model.manifest, phrases)), clips))


def _showing_all(decoders: Decoders) -> Decoders:
    """Decoders that also give the words of lines that the app would hide as unreadable."""
    return replace(decoders, readability=ALL_READABLE)


def _hints(clips: Sequence[Clip], path: Path) -> Phrases:
    """The sentences of the clips, as a list of likely phrases."""
    path.write_text("\n".join(sorted({known_part(clip.text) for clip in clips})), encoding="utf-8")
    return Phrases(path, only=False)


def _completed(readings: Sequence[LiveReading]) -> list[ReadClip]:
    return [_scored(reading, reading.final) for reading in readings]


def _scored(reading: LiveReading, text: str) -> ReadClip:
    return clip_reading(reading.clip.name, reading.clip.speaker, reading.clip.text, text)


def _rates(readings: Sequence[ReadClip]) -> dict[str, Any]:
    scores = score(readings)
    low, high = scores.wer_interval
    return {
        "cer": round(scores.cer, 2),
        "wer": round(scores.wer, 2),
        "wer_95": [round(low, 1), round(high, 1)],
    }


def _share(flags: Any) -> float:
    values = list(flags)
    return float(round(100 * sum(values) / max(1, len(values)), 1))


def _first_words_right(readings: Sequence[LiveReading]) -> float | None:
    """Per cent of correct first words, over the clips whose first word is known."""
    known = [reading for reading in readings if not is_starred(reading.clip.text)]
    right = (reading.stream.split()[:1] == reading.clip.text.split()[:1] for reading in known)
    return _share(right) if known else None


def _letters(readings: Sequence[ReadClip]) -> float | None:
    """Per cent of correct letters in GRID sentences (fourth word): the hardest words, often a
    single viseme.
    """
    pairs = [(reading.truth.split(), reading.read.split()) for reading in readings]
    grid = [(truth, read) for truth, read in pairs if len(truth) == 6 and len(truth[3]) == 1]
    return _share(len(read) == 6 and truth[3] == read[3] for truth, read in grid) if grid else None


def prepare(data: Path, work: Path) -> None:
    """Crop the mouths of all recordings; prepared folders that exist are kept."""
    for recordings in RECORDINGS:
        if (work / recordings.name / "transcripts.tsv").is_file():
            continue
        command = ["prepare", str(data / recordings.folder), "-o", str(work / recordings.name)]
        call = "import sys; from klipnet_training.commands.data import main; sys.exit(main(sys.argv[1:]))"
        subprocess.run([sys.executable, "-c", call, *command, "--table", recordings.table], check=True)


def write(found: Sequence[dict[str, Any]], model: str) -> None:
    """Write the figures of a model into its manifest."""
    manifest = load_manifest(MODELS / model)
    named = {row["set"]: {key: value for key, value in row.items() if key != "set"} for row in found}
    write_manifest(MODELS / model, replace(manifest, figures=named))


def _all_figures(model: str, data: Path, work: Path) -> Iterator[dict[str, Any]]:
    yield from (figures(test, work) for test in SETS if test.model == model)
    yield from (video_figures(test, data) for test in VIDEO_SETS if test.model == model)


def main() -> int:
    """Print one JSON object per set."""
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
        for row in _all_figures(model, options.data, options.work):
            print(json.dumps(row, ensure_ascii=False), flush=True)
            found.append(row)
        if options.write:
            write(found, model)
    return 0


if __name__ == "__main__":
    sys.exit(main())
