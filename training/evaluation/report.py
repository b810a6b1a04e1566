"""The figures of an evaluation, as a table and as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from rich.table import Table

from training.evaluation.scores import ClipReading, Interval, Scores


def score_table(title: str, overall: Scores, speakers: Mapping[str, Scores]) -> Table:
    """A row for each speaker, where there are several, and one for all; rates have 95 % intervals."""
    table = Table("speaker", "clips", "CER % (95 %)", "WER % (95 %)", "BLEU", "sentences %", title=title)
    rows = {**speakers, "all": overall} if len(speakers) > 1 else {"all": overall}
    for name, scores in rows.items():
        table.add_row(
            name or "?",
            str(scores.clips),
            _with_interval(scores.cer, scores.cer_interval),
            _with_interval(scores.wer, scores.wer_interval),
            f"{scores.bleu:.1f}",
            f"{scores.sentence_accuracy:.1f}",
        )
    return table


def write_json(
    path: Path,
    conditions: Mapping[str, str | int | None],
    overall: Scores,
    speakers: Mapping[str, Scores],
    readings: Sequence[ClipReading],
) -> None:
    """All figures with what they were measured under, and the text of every clip."""
    report = {
        **conditions,
        "overall": asdict(overall),
        "speakers": {name: asdict(scores) for name, scores in speakers.items()},
        "clips": [asdict(reading) for reading in readings],
    }
    path.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _with_interval(value: float, interval: Interval) -> str:
    return f"{value:.2f} ({interval[0]:.1f}-{interval[1]:.1f})"
