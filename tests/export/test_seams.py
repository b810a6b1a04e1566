"""Stretches that were read separately are joined as if the file had been read at once."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest

from klipnet_live.export.seams import Joiner, Met
from klipnet_live.media.stretches import Stretch
from klipnet_live.tracking.tracker import Person
from klipnet_live.types import Box, CaptionEvent, Word

FIRST, SECOND = Stretch(0, 100), Stretch(100, math.inf)


def looks(number: int) -> np.ndarray:
    return np.eye(6, dtype=np.float32)[number]


def person(speaker: str, number: int, left: float | None = None) -> Person:
    box = None if left is None else Box(left, 0, left + 50, 50)
    return Person(speaker, looks(number), box)


def line(number: int, speaker: str, start_s: float, text: str, kind: str = "completed") -> CaptionEvent:
    """One word a second."""
    words = tuple(
        Word(word, start_s + place, start_s + place + 1, 0.9) for place, word in enumerate(text.split())
    )
    end_s = start_s + len(words)
    return CaptionEvent(kind, number, speaker, text, "", start_s, end_s, 0.9, end_s, 0.0, words)  # type: ignore[arg-type]


def joined(first: Sequence[Met | CaptionEvent], second: Sequence[Met | CaptionEvent]) -> list[CaptionEvent]:
    events: list[CaptionEvent] = []
    joiner = Joiner(events.append)
    for stretch, stretch_events in ((FIRST, first), (SECOND, second)):
        joiner.begin(stretch)
        for event in stretch_events:
            joiner.take(event)
    return events


def texts_of(events: list[CaptionEvent]) -> list[tuple[str, str]]:
    return [(event.speaker, event.text) for event in events]


def test_people_keep_their_ids_across_a_seam() -> None:
    """By position at the seam, even under other light; by appearance when they return."""
    first = [
        Met((person("1", 0, 0), person("2", 1, 200)), "start"),
        Met((person("3", 2, 400),), "between"),
        line(1, "2", 50, "a"),
        line(2, "3", 60, "b"),
        Met((person("1", 0), person("2", 1, 200), person("3", 2, 400)), "end"),
    ]
    second = [
        Met((person("1", 4, 405), person("2", 1, 205)), "start"),
        line(1, "1", 110, "c"),
        line(2, "2", 120, "d"),
        Met((person("3", 0, 0), person("4", 5, 600)), "between"),
        line(3, "3", 130, "e"),
        line(4, "4", 140, "f"),
    ]
    assert texts_of(joined(first, second)) == [
        ("2", "a"), ("3", "b"), ("3", "c"), ("2", "d"), ("1", "e"), ("4", "f"),
    ]  # fmt: skip


def test_two_people_who_look_alike_stay_separate() -> None:
    two = (person("1", 0, 0), person("2", 0, 200))
    first = [Met(two, "start"), line(1, "1", 1, "a"), Met(two, "end")]
    second = [Met((person("1", 0, 205), person("2", 0, 5)), "start"), line(1, "1", 110, "b")]
    assert texts_of(joined(first, second)) == [("1", "a"), ("2", "b")]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ([(98, "a b c d")], [(98, "a b c d"), (104, "e")], ["a b c d", "e"]),
        ([(98, "a b c d")], [(99.5, "b c d"), (104, "e")], ["a b c d", "e"]),
        ([(90, "a"), (101, "b")], [(90, "a"), (101, "b")], ["a", "b"]),
        ([(99.9, "a b")], [(100.1, "a b"), (102.1, "c")], ["a b", "c"]),
        ([(100.1, "a b")], [(99.9, "a b")], ["a b"]),
        # Without a pause, each stretch divides a speaker's lines differently.
        ([(96, "a b c d e f")], [(99, "d e f g h"), (104, "i")], ["a b c d e f", "g h", "i"]),
    ],
)
def test_no_word_is_repeated_or_lost(
    first: list[tuple[float, str]], second: list[tuple[float, str]], expected: list[str]
) -> None:
    """Each stretch is read beyond the seam."""

    def of_one(lines: Sequence[tuple[float, str]]) -> Sequence[Met | CaptionEvent]:
        return [
            Met((person("1", 0, 0),), "start"),
            *(line(number, "1", start_s, text) for number, (start_s, text) in enumerate(lines)),
            Met((person("1", 0, 0),), "end"),
        ]

    assert [event.text for event in joined(of_one(first), of_one(second))] == expected


def test_a_line_open_across_the_seam_is_shown_once_it_is_assigned() -> None:
    met = Met((person("1", 0, 0),), "start")
    first = [met, line(1, "1", 98, "a b", "started"), line(1, "1", 98, "a b c")]
    second = [met, line(1, "1", 98, "a b", "started"), line(1, "1", 98, "a b c"), line(2, "1", 103, "d")]
    events = joined(first, second)
    assert [(event.line, event.event, event.text) for event in events] == [
        (1, "started", "a b"), (1, "completed", "a b c"), (2, "completed", "d"),
    ]  # fmt: skip
