"""Checks a dataset folder for problems before training."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from klipnet_live.dataset_format import AlignedWord
from klipnet_live.lips.alphabet import Alphabet, alphabet_for
from klipnet_live.types import UserError
from klipnet_training.data.alignments import OWN_UNIT, read_spoken, unit_of
from klipnet_training.data.contents import Contents, contents_of
from klipnet_training.data.files import resolve_path
from klipnet_training.data.starred import is_starred, known_part
from klipnet_training.data.transcripts import language_of, text_problem, transcript_of

USUAL_CLIPS, USUAL_FRACTION = 40, 0.95
"""If this many clips, and this fraction of all, have one length, shorter ones may be truncated."""


class Remark(str):
    """A finding that is information, not a problem."""


def check_rows(
    folder: Path, rows: Sequence[dict[str, str]], language: str | None = None
) -> Iterator[list[str]]:
    """Yield the findings of each clip, and finally those that concern several clips."""
    alphabet = alphabet_for(language or language_of(map(transcript_of, rows)))
    seen: list[tuple[dict[str, str], Contents]] = []
    for row in rows:
        text = transcript_of(row)
        findings = text_findings(text, alphabet)
        contents = contents_of(resolve_path(folder, row["path"]))
        if contents.problem:
            findings.append(contents.problem)
        else:
            seen.append((row, contents))
            findings += length_findings(text, contents.frames, alphabet)
        if "align" in row:
            findings += alignment_findings(resolve_path(folder, row["align"]), text, contents.frames)
        yield [type(finding)(f"{row['path']}: {finding}") for finding in findings]
    yield [*unusual_lengths(seen), *duplicates(seen)]


def text_findings(text: str, alphabet: Alphabet) -> list[str]:
    """Problems of a transcript."""
    if not known_part(text):
        return ["has no transcript"]
    own = language_of([text])
    if own == "ko" and alphabet.language == "en":
        return [f"is in {own!r}, the others are in {alphabet.language!r}: train each language separately"]
    fault = text_problem(text, alphabet)
    return [fault] if fault else []


def length_findings(text: str, frames: int, alphabet: Alphabet) -> list[str]:
    """CTC needs one frame per symbol, and one more between two equal symbols."""
    try:
        symbols = alphabet.encode(known_part(text))
    except ValueError:
        return []
    needed = len(symbols) + sum(one == other for one, other in pairwise(symbols))
    return [f"has {frames} frames for a text that needs {needed}"] if frames < needed else []


def alignment_findings(path: Path, text: str, frames: int) -> list[str]:
    """Problems of an alignment. `frames`: length of the clip, 0 if unknown."""
    try:
        unit = unit_of(path, frames) if frames else OWN_UNIT
        words = read_spoken(path, text, unit or OWN_UNIT)
    except UserError as error:
        return [str(error)]
    findings: list[str] = []
    if unit not in (None, OWN_UNIT):
        findings.append(Remark(f"alignment is in {unit}: `klipnet-data prepare` converts it"))
    aligned = " ".join(word.text for word in words)
    if aligned != text and not (is_starred(text) and aligned.endswith(known_part(text))):
        findings.append(f"alignment says {aligned!r}, transcript says {text!r}")
    if frames and words and words[-1].end_frame > frames + 1:
        findings.append(f"alignment ends at frame {words[-1].end_frame:.0f} of {frames}")
    if not _in_order(words):
        findings.append("alignment has words that end before they begin, or overlap")
    return findings


def unusual_lengths(seen: Sequence[tuple[dict[str, str], Contents]]) -> Iterator[str]:
    """Clips shorter than the common length, in a dataset whose clips are cut to one length."""
    counts = Counter(contents.frames for _, contents in seen)
    for usual, count in counts.most_common(1):
        if count < max(USUAL_CLIPS, USUAL_FRACTION * len(seen)):
            return
        for row, contents in seen:
            if contents.frames < usual:
                yield (
                    f"{row['path']}: has {contents.frames} frames, {count} others have {usual}: "
                    "it may be truncated"
                )


def duplicates(seen: Sequence[tuple[dict[str, str], Contents]]) -> Iterator[str]:
    """Clips with identical frames, in several splits or twice in one."""
    same: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row, contents in seen:
        same[contents.digest].append(row)
    for rows in same.values():
        if len(rows) > 1:
            splits = " and ".join(sorted({row.get("split", "train") for row in rows}))
            yield f"{', '.join(row['path'] for row in rows)}: identical frames in {splits}"


def _in_order(words: Sequence[AlignedWord]) -> bool:
    forward = all(word.start_frame <= word.end_frame for word in words)
    return forward and all(one.end_frame <= other.start_frame for one, other in pairwise(words))
