"""Splits a dataset into training and validation sets, as in the LipNet paper and the seed corpora.

Assael et al. 2016, arXiv:1611.01599, section 4.2: unseen speakers, and overlapped speakers with 255 held-out
sentences each.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from klipnet_live.dataset_format import TableRow, write_table
from klipnet_live.types import UserError
from klipnet_training.data.table import table_rows
from klipnet_training.data.transcripts import transcript_of
from klipnet_training.ranges import AtLeastOne, Part

Sentence = tuple[str, str]
"""Speaker and text. All recordings of a sentence by a speaker stay in one split."""

Scenario = Literal["random_split", "unseen_speakers", "overlapped_speakers"]
SCENARIOS: tuple[Scenario, ...] = get_args(Scenario)

_OPTIONS: dict[Scenario, str] = {
    scenario: f"--{name} (of klipnet-train: --set split.{name}=...)"
    for scenario, name in zip(SCENARIOS, ("part", "speakers", "sentences"), strict=True)
}
"""The option that sets how much each scenario holds out."""


@dataclass(frozen=True, slots=True)
class SplitRule:
    """Held out for validation: a fraction `part` of all, or `speakers`, or `sentences` of each speaker."""

    scenario: Scenario
    seed: int = 1
    part: Part = 0.2
    speakers: tuple[str, ...] = ("s1", "s2", "s20", "s22")
    sentences: AtLeastOne = 255


def split_folder(folder: Path, rule: SplitRule, table: str) -> dict[str, int]:
    """Rewrite the split column of a folder's table; clips of the split `test` are left unchanged.

    Returns the number of clips of each split. UserError if a split would be empty, OSError.
    """
    rows = table_rows(folder, table)
    assigned = assign_splits(rows, rule)
    columns = list(dict.fromkeys(["path", "speaker", "split", *(name for row in rows for name in row)]))
    write_table(folder / table, columns, assigned)
    counts: dict[str, int] = defaultdict(int)
    for row in assigned:
        counts[row["split"]] += 1
    return dict(counts)


def assign_splits(rows: Sequence[TableRow], rule: SplitRule) -> list[TableRow]:
    """The rows with new splits. UserError if a split would be empty."""
    free = sorted({sentence_of(row) for row in rows if row.get("split") != "test"})
    held_out = _held_out(free, rule)
    if not free or not 0 < len(held_out) < len(free):
        raise UserError(
            "{scenario} would hold out {count} of {total} sentences: hold out some, but not all, with "
            "{option}.",
            scenario=rule.scenario,
            count=len(held_out),
            total=len(free),
            option=_OPTIONS[rule.scenario],
        )
    return [row if row.get("split") == "test" else row | {"split": _split(row, held_out)} for row in rows]


def sentence_of(row: TableRow) -> Sentence:
    return row.get("speaker", ""), transcript_of(row)


def _split(row: TableRow, held_out: frozenset[Sentence]) -> str:
    return "val" if sentence_of(row) in held_out else "train"


def _held_out(sentences: Sequence[Sentence], rule: SplitRule) -> frozenset[Sentence]:
    if rule.scenario == "unseen_speakers":
        return _of_speakers(sentences, rule.speakers)
    if rule.scenario == "random_split":
        return frozenset(_shuffled(sentences, rule.seed)[: round(rule.part * len(sentences))])
    by_speaker: dict[str, list[Sentence]] = defaultdict(list)
    for sentence in _shuffled(sentences, rule.seed):
        by_speaker[sentence[0]].append(sentence)
    for speaker, own in by_speaker.items():
        if len(own) <= rule.sentences:
            raise UserError(
                "Speaker {speaker} has {count} sentences: hold out fewer with {option}.",
                speaker=speaker or "without a name",
                count=len(own),
                option=_OPTIONS[rule.scenario],
            )
    return frozenset(sentence for own in by_speaker.values() for sentence in own[: rule.sentences])


def _of_speakers(sentences: Sequence[Sentence], speakers: Sequence[str]) -> frozenset[Sentence]:
    known = {speaker for speaker, _ in sentences}
    if known.isdisjoint(speakers):
        raise UserError(
            "The dataset has none of the speakers {wanted}: choose from {known} with {option}.",
            wanted=", ".join(speakers),
            known=", ".join(sorted(known)),
            option=_OPTIONS["unseen_speakers"],
        )
    return frozenset(sentence for sentence in sentences if sentence[0] in speakers)


def _shuffled(sentences: Sequence[Sentence], seed: int) -> list[Sentence]:
    """Sort by a hash, so that a sentence's position does not depend on which others there are."""

    def place(sentence: Sentence) -> bytes:
        return hashlib.sha256("\0".join((str(seed), *sentence)).encode()).digest()

    return sorted(sentences, key=place)
