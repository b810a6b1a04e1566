"""Measures how well phrases are recognised that a person has shown once or three times:

python -m benchmarks.phrases ../shared/data/phrases [--json OUT]

DIR/takes.tsv (tab-separated: path, speaker, set, text, take) lists the takes; each is an image of mouth
crops, 100 x 50 pixels, stacked vertically, at 25 frames a second. A person's profile holds takes 1 to 3 of
each phrase, then 4 to 6, then 7 to 9; all other takes are read with it. Figures are means over these profiles
and over people, in per cent.
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from klipnet_live.phrases.matcher import Example, PhraseMatch, PhraseMatcher
from klipnet_live.phrases.profile_storage import read_strip
from klipnet_live.reading.phrase_encoder import PhraseEncoder

THREE = ((1, 2, 3), (4, 5, 6), (7, 8, 9))
ONE = ((1,), (4,), (7,))
FALSE_REFUSALS = 0.05


@dataclass(frozen=True, slots=True)
class ShownPhrase:
    """A take of one person, with its features."""

    speaker: str
    set: str
    text: str
    take: int
    example: Example


@dataclass(frozen=True, slots=True)
class Reading:
    """What a take was recognised as; `known`: the profile contains its phrase."""

    shown: ShownPhrase
    match: PhraseMatch
    known: bool = True
    seconds: float = 0.0


def load(folder: Path, encode: PhraseEncoder) -> list[ShownPhrase]:
    """All takes and their features."""
    with (folder / "takes.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [
        ShownPhrase(
            row["speaker"],
            row["set"],
            row["text"],
            int(row["take"]),
            Example(row["text"], encode(read_strip(folder / row["path"]))),
        )
        for row in rows
    ]


def read(
    takes: Sequence[ShownPhrase], profile: Sequence[int], blocks: int, without: str | None = None
) -> Iterator[Reading]:
    """Recognise the takes that are not in the profile. `without`: a phrase to leave out of the profile."""
    examples = [take.example for take in takes if take.take in profile and take.text != without]
    matcher = PhraseMatcher(examples, blocks)
    for take in takes:
        if take.take not in profile:
            began = time.perf_counter()
            match = matcher.match(take.example.features)
            yield Reading(take, match, take.text != without, time.perf_counter() - began)


def rates(
    people: Sequence[Sequence[ShownPhrase]], profiles: Sequence[Sequence[int]], blocks: int
) -> dict[str, Any]:
    """Top-1 and top-3 accuracy."""
    right, near, slowest = [], [], 0.0
    for takes in people:
        readings = [reading for profile in profiles for reading in read(takes, profile, blocks)]
        right.append(_per_cent([reading.match.text == reading.shown.text for reading in readings]))
        near.append(_per_cent([reading.shown.text in reading.match.nearest for reading in readings]))
        slowest = max(slowest, float(np.median([reading.seconds for reading in readings])))
    return {
        "right": round(float(np.mean(right)), 1),
        "worst": min(right),
        "people": {takes[0].speaker: part for takes, part in zip(people, right, strict=True)},
        "first_three": round(float(np.mean(near)), 1),
        "matching_ms": round(1000 * slowest, 1),
    }


def refusals(people: Sequence[Sequence[ShownPhrase]], blocks: int) -> dict[str, Any]:
    """Rejection of unknown phrases: each phrase in turn is left out of the profile.

    `refused`: at the threshold that rejects 5 % of the takes whose phrase is in the profile. The other
    figures use the threshold that each profile computes from its own takes.
    """
    readings = [
        reading
        for takes in people
        for text in dict.fromkeys(take.text for take in takes)
        for reading in read(takes, THREE[0], blocks, without=text)
    ]
    strange = np.array([reading.match.strangeness for reading in readings])
    known = np.array([reading.known for reading in readings])
    refused = np.array([not reading.match.accepted for reading in readings])
    threshold = float(np.quantile(strange[known], 1 - FALSE_REFUSALS))
    return {
        "refused": _per_cent(strange[~known] > threshold),
        "refused_by_app": _per_cent(refused[~known]),
        "falsely_refused_by_app": _per_cent(refused[known]),
    }


def _per_cent(flags: Sequence[bool] | NDArray[np.bool_]) -> float:
    return round(100 * float(np.mean(flags)), 1)


def _people(takes: Sequence[ShownPhrase], sets: Sequence[str]) -> list[list[ShownPhrase]]:
    speakers = dict.fromkeys(take.speaker for take in takes)
    people = [[take for take in takes if take.speaker == name and take.set in sets] for name in speakers]
    return [person for person in people if person]


def figures(folder: Path) -> dict[str, Any]:
    encode = PhraseEncoder()
    takes = load(folder, encode)
    phrases, words = _people(takes, ["phrases"]), _people(takes, ["words"])
    together = _people(takes, ["phrases", "words"])
    details = {
        "phrases_3": rates(phrases, THREE, encode.blocks),
        "words_3": rates(words, THREE, encode.blocks),
        "phrases_1": rates(phrases, ONE, encode.blocks),
        "both_3": rates(together, THREE, encode.blocks),
        "refusals": refusals(phrases, encode.blocks),
    }
    names = ("phrases_3", "words_3", "phrases_1", "both_3")
    rights = {name: details[name]["right"] for name in names}
    return {**rights, "refused": details["refusals"]["refused"], "details": details}


def main() -> None:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("folder", type=Path, metavar="DIR", help="a folder with takes.tsv")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write the figures as JSON")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    found = json.dumps(figures(options.folder), indent=2)
    print(found)
    if options.json is not None:
        options.json.write_text(found, encoding="utf-8")


if __name__ == "__main__":
    main()
