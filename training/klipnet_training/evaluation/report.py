"""Reports evaluation scores as a table and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from rich.table import Table
from rich.text import Text

from klipnet_live.atomic_file import write_atomically
from klipnet_live.plain_text import one_line, utf8
from klipnet_training.data.clips import FEW_CLIPS, Clip
from klipnet_training.evaluation.scores import Interval, ReadClip, Scores


def score_table(title: str, overall: Scores, speakers: Mapping[str, Scores]) -> Table:
    """A row for each speaker if there are several, and one for all; rates with 95 % intervals."""
    table = Table(
        "speaker", "clips", "CER % (95 %)", "WER % (95 %)", "BLEU", "sentences %", title=Text(one_line(title))
    )
    rows = {**speakers, "all": overall} if len(speakers) > 1 else {"all": overall}
    for name, scores in rows.items():
        table.add_row(
            Text(one_line(name or "?")),
            str(scores.clips),
            _with_interval(scores.cer, scores.cer_interval, scores.clips),
            _with_interval(scores.wer, scores.wer_interval, scores.clips),
            f"{scores.bleu:.1f}",
            f"{scores.sentence_accuracy:.1f}",
        )
    return table


def splits_of(clips: Sequence[Clip]) -> str:
    """Number of clips of each split, as text."""
    counts = Counter(clip.split for clip in clips)
    named = [f"{counts[split]} {split}" for split in sorted(counts) if split]
    return ", ".join([*named, *([f"{counts['']} without a split"] if counts[""] else [])])


def remarks(clips: Sequence[Clip], trained: bool) -> Iterator[str]:
    """Caveats of the scores. `trained`: the network is a run, possibly trained on these clips."""
    if len(clips) < FEW_CLIPS:
        count = "1 clip says" if len(clips) == 1 else f"{len(clips)} clips say"
        yield f"{count} little: results on other clips may differ by more than the interval."
    if trained and not all(clip.split for clip in clips):
        yield (
            "Clips without a split are used for training: if this run was trained on them, the scores are "
            "too "
            "good. Hold some out with `klipnet-data split`."
        )


def write_json(
    path: Path,
    conditions: Mapping[str, str | int | None],
    overall: Scores,
    speakers: Mapping[str, Scores],
    readings: Sequence[ReadClip],
) -> None:
    """Write the scores, their conditions, and the text of every clip."""
    report = {
        **conditions,
        "overall": asdict(overall),
        "speakers": {name: asdict(scores) for name, scores in speakers.items()},
        "clips": [asdict(reading) for reading in readings],
    }
    write_atomically(path, utf8(json.dumps(report, ensure_ascii=False, indent=2) + "\n"))


def _with_interval(value: float, interval: Interval, clips: int) -> str:
    """Format a rate with its interval; a single clip has none, as all its resamples are equal."""
    if clips == 1:
        return f"{value:.2f}"
    return f"{value:.2f} ({interval[0]:.1f}-{interval[1]:.1f})"
