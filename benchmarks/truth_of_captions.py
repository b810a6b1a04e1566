"""Measures calibration: captions of people known to a model, of strangers, and of speech it cannot read.

python -m benchmarks.truth_of_captions [DIR...] [--json OUT] [--diagram OUT.svg] [--write]

DIR are dataset folders; the default is those of ../shared/data. A folder with an unknown name counts as
speech that no model here can read. Everything is read as the app reads it. "fitted" is measured on people who
were not in the fit, "shipped" on everybody, with the released manifests.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from klipnet_training.commands.calibrate import right_words
from klipnet_training.data.starred import known_part, scored_part
from rich.console import Console
from rich.progress import track

from benchmarks.reliability_diagram import reliability_diagram
from benchmarks.truth_fit import STREAM_WEIGHT, FittedLine, fit_readability, shown
from benchmarks.truth_sets import MODELS, ROLES, Role, SetTalk, everyday_talks, talks_of
from klipnet_live.assets import MODELS as MODEL_FOLDERS
from klipnet_live.decoding.calibration import expected_calibration_error, reliability
from klipnet_live.decoding.readability import ALL_READABLE, LineEntropies, LineEvidence, Readability
from klipnet_live.manifest import load_manifest, write_manifest
from klipnet_live.pipeline.reader_factory import decoders_for
from klipnet_live.reading.model import LipModel
from klipnet_live.reading.reader import Reader
from klipnet_live.types import CaptionEvent

FOLDERS = ("grid_s1", "grid_more", "grid_others", "faces_other", "korean_phrases", "korean_seed", "phrases")
TALKERS = 60
LEAST = 0.5
SURE = 0.9


@dataclass(frozen=True)
class _EvidenceRecorder(Readability):
    """Accepts every line, and keeps the evidence of the last one."""

    seen: list[LineEvidence] = field(default_factory=list)

    def judge(self, entropies: LineEntropies) -> LineEvidence:
        self.seen[:] = [Readability(stream_weight=STREAM_WEIGHT).judge(entropies)]
        return self.seen[0]


def read_lines(model: LipModel, name: str, talks: Sequence[SetTalk], role: Role) -> Iterator[FittedLine]:
    """Every line of some recordings, as the app would complete it."""
    recorder = _EvidenceRecorder()
    decoders = replace(decoders_for(model.manifest), readability=recorder)
    for talk in track(talks, f"{name}, {model.manifest.name}", console=Console(stderr=True)):
        reader = Reader(model, decoders)
        # All known clips are of one person: they are split in halves. The few strangers are evaluated by
        # leave-one-out, other speech by splitting the people in halves.
        person = talk.name if role == "known" else talk.speaker
        fold = person if role == "stranger" else str(zlib.crc32(person.encode()) % 2)
        for event in _completed(reader, talk):
            yield FittedLine(
                name,
                role,
                fold,
                recorder.seen[0].doubt,
                _judged(event, talk.text if role != "other" else ""),
            )


def _completed(reader: Reader, talk: SetTalk) -> Iterator[CaptionEvent]:
    for time_s, mouths, interrupted in talk.pictures:
        for event in reader.read(mouths, 0.0, time_s, interrupted):
            if event.event == "completed":
                yield event
    yield from (event for event in reader.finish() if event.event == "completed")


def _judged(event: CaptionEvent, truth: str) -> tuple[tuple[float, bool], ...]:
    """Each word's confidence and whether it is correct; in other speech no word is."""
    words = scored_part(event.words, truth) if truth else event.words
    right = right_words(known_part(truth), [word.text for word in words]) if truth else set()
    return tuple((word.confidence, i in right) for i, word in enumerate(words))


def row_of(lines: Sequence[FittedLine], fits: Mapping[str, Readability]) -> dict[str, Any]:
    """What is shown of a set, in per cent; `fits[fold]` is applied to the people of a fold."""
    seen = [(line, shown(line, fits[line.fold])) for line in lines]
    words = [word for _, found in seen if found is not None for word in found]
    everything = [
        (fits[line.fold].confidence(confidence, LineEvidence(line.doubt, 1)), right)
        for line in lines
        for confidence, right in line.words
    ]
    sure = [right for confidence, right in words if confidence >= SURE]
    right_before = sum(right for _, right in everything)
    right_shown = sum(right for confidence, right in words if confidence >= LEAST)
    return {
        "lines": len(lines),
        "unreadable": _share(sum(found is None for _, found in seen), len(lines)),
        "lines_with_words": _share(
            sum(any(c >= LEAST for c, _ in found) for _, found in seen if found is not None), len(lines)
        ),
        "right_words_lost": _share(right_before - right_shown, right_before),
        "ece": _error(everything),
        "ece_shown": _error(words),
        "sure_words": len(sure),
        "sure_words_right": _share(sum(sure), len(sure)),
    }


def _share(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def _error(words: Sequence[tuple[float, bool]]) -> float | None:
    """Expected calibration error; None if there are no words."""
    if not words:
        return None
    table = reliability([confidence for confidence, _ in words], [right for _, right in words])
    return round(expected_calibration_error(table), 3)


def measure(model_name: str, folders: Sequence[Path]) -> dict[str, Any]:
    """Rows of all sets for one model, and the fitted values."""
    model = LipModel(MODEL_FOLDERS / model_name)
    lines: list[FittedLine] = []
    for folder in folders:
        role = ROLES.get((folder.name, model_name), "other")
        lines += read_lines(model, folder.name, list(talks_of(folder)), role)
    for language in ("en", "ko"):
        talks = list(everyday_talks(language, TALKERS))
        lines += read_lines(model, f"everyday sentences, synthetic, {language}", talks, "other")
    shipped = model.manifest.readability or ALL_READABLE
    can_fit = any(line.role == "known" for line in lines)
    folds = {line.fold for line in lines}
    fits = {
        fold: fit_readability([line for line in lines if line.fold != fold]) if can_fit else shipped
        for fold in folds
    }
    released = dict.fromkeys(folds, shipped)
    sets = {line.set: line.role for line in lines}
    rows = {
        name: {
            "role": role,
            "fitted": row_of([line for line in lines if line.set == name], fits),
            "shipped": row_of([line for line in lines if line.set == name], released),
        }
        for name, role in sets.items()
    }
    if strangers := [line for line in lines if line.role == "stranger"]:
        rows["all strangers"] = {
            "role": "stranger",
            "fitted": row_of(strangers, fits),
            "shipped": row_of(strangers, released),
        }
    on_all = asdict(fit_readability(lines) if can_fit else shipped)
    return {"sets": rows, "fitted_on_all": on_all, "diagram": _bins(lines, fits)}


def _bins(lines: Sequence[FittedLine], fits: Mapping[str, Readability]) -> dict[str, list[dict[str, float]]]:
    """Reliability of strangers' words and of words in other languages, before and after the fit."""
    found = {}
    for role in ("stranger", "other"):
        words = [(line, *word) for line in lines if line.role == role for word in line.words]
        if not words:
            continue
        right = [good for *_, good in words]
        after = [fits[line.fold].confidence(c, LineEvidence(line.doubt, 1)) for line, c, _ in words]
        found[f"{role} before"] = [asdict(part) for part in reliability([c for _, c, _ in words], right)]
        found[role] = [asdict(part) for part in reliability(after, right)]
    return found


def print_table(model: str, result: dict[str, Any]) -> None:
    """Print one line per set."""
    columns = (
        "lines", "unreadable", "lines_with_words", "right_words_lost", "ece", "sure_words",
        "sure_words_right",
    )  # fmt: skip
    for kind in ("fitted", "shipped"):
        print(f"\n{model}, {kind}")
        print(f"{'set':40} {'role':9}" + "".join(f"{column:>18}" for column in columns))
        for name, row in result["sets"].items():
            values = "".join(f"{'-' if row[kind][c] is None else row[kind][c]:>18}" for c in columns)
            print(f"{name[:40]:40} {row['role']:9}{values}")


def main() -> int:
    """Print the tables and write the requested files."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="*", metavar="DIR")
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("KLIPNET_DATA", "../shared/data")))
    parser.add_argument("--model", choices=MODELS, help="only this model")
    parser.add_argument("--json", type=Path, metavar="OUT")
    parser.add_argument("--diagram", type=Path, metavar="OUT.svg", help="write the diagram of en-grid")
    parser.add_argument(
        "--write", action="store_true", help="write the values fitted on all people into the manifests"
    )
    options = parser.parse_args()
    folders = options.folders or [options.data / name for name in FOLDERS]
    results = {}
    for model in [options.model] if options.model else MODELS:
        results[model] = result = measure(model, folders)
        print_table(model, result)
        if options.write:
            folder = MODEL_FOLDERS / model
            fitted = Readability(**result["fitted_on_all"])
            write_manifest(folder, replace(load_manifest(folder), readability=fitted))
    if options.json is not None:
        options.json.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if options.diagram is not None and "en-grid" in results:
        options.diagram.write_text(reliability_diagram(results["en-grid"]["diagram"]), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
