"""Finds what is wrong with a dataset folder before a training does."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from klipnet_live.lips.alphabet import Alphabet, alphabet_for
from klipnet_live.types import UserError
from klipnet_training.data.alignments import OWN_UNIT, AlignedWord, read_spoken, unit_of
from klipnet_training.data.contents import Contents, contents_of
from klipnet_training.data.files import located
from klipnet_training.data.starred import is_starred, known_part
from klipnet_training.data.transcripts import language_of, text_fault, transcript_of

USUAL_CLIPS, USUAL_PART = 40, 0.95
"""Where so many clips, and so many of all, are equally long, shorter ones were perhaps cut off."""


class Note(str):
    """Something to know that is no fault."""


def check_rows(
    folder: Path, rows: Sequence[dict[str, str]], language: str | None = None
) -> Iterator[list[str]]:
    """For each clip of a folder what is wrong with it, and in a last list what concerns several clips."""
    alphabet = alphabet_for(language or language_of(map(transcript_of, rows)))
    seen: list[tuple[dict[str, str], Contents]] = []
    for row in rows:
        text = transcript_of(row)
        findings = text_findings(text, alphabet)
        contents = contents_of(located(folder, row["path"]))
        if contents.problem:
            findings.append(contents.problem)
        else:
            seen.append((row, contents))
            findings += length_findings(text, contents.frames, alphabet)
        if "align" in row:
            findings += alignment_findings(located(folder, row["align"]), text, contents.frames)
        yield [type(finding)(f"{row['path']}: {finding}") for finding in findings]
    yield [*unusual_lengths(seen), *duplicates(seen)]


def text_findings(text: str, alphabet: Alphabet) -> list[str]:
    """What is wrong with a transcript."""
    if not known_part(text):
        return ["has no transcript"]
    own = language_of([text])
    if own == "ko" and alphabet.language == "en":
        return [f"is in {own!r}, the others are in {alphabet.language!r}: train each language by itself"]
    fault = text_fault(text, alphabet)
    return [fault] if fault else []


def length_findings(text: str, frames: int, alphabet: Alphabet) -> list[str]:
    """CTC needs a frame for each symbol, and one more between two that are the same."""
    try:
        symbols = alphabet.encode(known_part(text))
    except ValueError:
        return []
    needed = len(symbols) + sum(one == other for one, other in pairwise(symbols))
    return [f"has {frames} frames for a text that needs {needed}"] if frames < needed else []


def alignment_findings(path: Path, text: str, frames: int) -> list[str]:
    """What is wrong with an alignment; 0 `frames`: nobody knows how long the clip is."""
    try:
        unit = unit_of(path, frames) if frames else OWN_UNIT
        words = read_spoken(path, text, unit or OWN_UNIT)
    except UserError as error:
        return [str(error)]
    findings: list[str] = []
    if unit not in (None, OWN_UNIT):
        findings.append(Note(f"alignment is in {unit}: `klipnet-data prepare` converts it"))
    said = " ".join(word.text for word in words)
    if said != text and not (is_starred(text) and said.endswith(known_part(text))):
        findings.append(f"alignment says {said!r}, transcript says {text!r}")
    if frames and words and words[-1].end_frame > frames + 1:
        findings.append(f"alignment ends at frame {words[-1].end_frame:.0f} of {frames}")
    if not _in_order(words):
        findings.append("alignment has words that end before they begin, or overlap")
    return findings


def unusual_lengths(seen: Sequence[tuple[dict[str, str], Contents]]) -> Iterator[str]:
    """Clips that are shorter than all others, of a dataset whose clips are cut to one length."""
    counts = Counter(contents.frames for _, contents in seen)
    for usual, count in counts.most_common(1):
        if count < max(USUAL_CLIPS, USUAL_PART * len(seen)):
            return
        for row, contents in seen:
            if contents.frames < usual:
                yield (
                    f"{row['path']}: has {contents.frames} frames, {count} others have {usual}: "
                    "perhaps it was cut off"
                )


def duplicates(seen: Sequence[tuple[dict[str, str], Contents]]) -> Iterator[str]:
    """Pictures that are in several splits, or twice in one."""
    same: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row, contents in seen:
        same[contents.digest].append(row)
    for rows in same.values():
        if len(rows) > 1:
            splits = " and ".join(sorted({row.get("split", "train") for row in rows}))
            yield f"{', '.join(row['path'] for row in rows)}: the same pictures in {splits}"


def _in_order(words: Sequence[AlignedWord]) -> bool:
    forward = all(word.start_frame <= word.end_frame for word in words)
    return forward and all(one.end_frame <= other.start_frame for one, other in pairwise(words))
