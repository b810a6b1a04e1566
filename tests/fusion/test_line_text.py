"""The text of a line from both, with and without a grammar."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from klipnet_live.decoding.grammar import parse_grammar
from klipnet_live.fusion.line_text import LineReading, fuse_line, fuse_sound_only
from klipnet_live.fusion.search import GrammarNeighbours, Scored, climb
from klipnet_live.fusion.spoken import spoken_form, written_form
from klipnet_live.lips.alphabet import alphabet_for

ENGLISH = alphabet_for("en")
GRAMMAR = GrammarNeighbours(
    parse_grammar(
        "#JSGF V1.0;\ngrammar g;\npublic <s> = (bin | lay) (blue | red | green) at (f | s | x) (one | two);",
        ENGLISH,
    ),
    ENGLISH,
)
WORDS = frozenset(["bin", "lay", "blue", "red", "green", "at", "f", "s", "x", "one", "two"])


def lips_that_say(text: str, sure: float = 0.98, words: frozenset[str] = WORDS) -> LineReading:
    """A symbol every second frame, each with this probability."""
    ids = ENGLISH.encode(text)
    rows = np.full((2 * len(ids) + 2, ENGLISH.size), (1 - sure) / (ENGLISH.size - 1))
    for i, symbol in enumerate(ids):
        rows[2 * i + 1, symbol] = sure
        rows[2 * i, 0] = sure
    rows[-2:, 0] = sure
    log_probs = np.log(rows / rows.sum(axis=1, keepdims=True)).astype(np.float32)
    return LineReading(log_probs, (text,), ENGLISH, words)


def ears_that_hear(text: str, step: float) -> object:
    """A recogniser whose score drops by `step` per wrong word."""

    def score(texts: Sequence[str]) -> list[float]:
        wanted = text.split()
        return [
            -step * (sum(a != b for a, b in zip(other.split(), wanted, strict=False)))
            - step * abs(len(other.split()) - len(wanted))
            for other in texts
        ]

    return score


def test_neighbours_in_the_grammar_are_sentences_that_differ_in_one_word() -> None:
    text = "bin blue at f one"
    found = list(GRAMMAR(text))
    assert len(found) == 1 + 2 + 2 + 1
    assert all(GRAMMAR.allows(other) for other in found)
    assert not GRAMMAR.allows("bin blue at f")
    assert not GRAMMAR.allows("blue bin at f one")


def test_hill_climbing_finds_a_sentence_that_differs_in_every_word() -> None:
    score = Scored(ears_that_hear("lay red at x two", 3.0))  # type: ignore[arg-type]
    assert climb(score, GRAMMAR.any_sentence(), GRAMMAR) == "lay red at x two"


def test_lips_and_sound_correct_each_other() -> None:
    """The lips do not tell `f` from `s`, and the sound does not tell the colour."""
    reading = lips_that_say("bin blue at f two", 0.9)

    def hears_s(texts: Sequence[str]) -> list[float]:
        return [-8.0 * (" s " not in text) - 8.0 * (not text.startswith("bin")) for text in texts]

    rows = reading.log_probs.copy()
    place = 2 * "bin blue at f".index("f") + 1
    rows[place, ENGLISH.encode("s")] = rows[place, ENGLISH.encode("f")] - 0.1
    found = fuse_line(LineReading(rows, reading.texts, ENGLISH, WORDS), [], hears_s, lambda _: 0.6, GRAMMAR)
    assert found.best == "bin blue at s two"


def test_words_unknown_to_the_lip_model_are_taken_from_sound() -> None:
    stranger = lips_that_say("bin blue at f two", 0.5)
    spoken = "we meet on monday"
    found = fuse_line(stranger, [spoken], ears_that_hear(spoken, 6.0), lambda _: 0.6)  # type: ignore[arg-type]
    assert found.best == spoken


def test_confident_lips_correct_unconstrained_sound() -> None:
    reading = lips_that_say("bin blue at f two")
    heard = "been blew at F2."
    found = fuse_line(reading, [heard], lambda texts: [-9.0 * (t != heard) for t in texts], lambda _: 0.5)
    assert found.best == "bin blue at f two"


def test_confident_lip_frames_mean_a_known_face() -> None:
    assert lips_that_say("bin blue at f two").known > 0.9
    assert lips_that_say("bin blue at f two", 0.5).known < 0.1


def test_spoken_and_written_forms_are_equal() -> None:
    assert spoken_form("Then blue L6, now.", "en") == "then blue l six now"
    assert spoken_form("In 1992!", "en") == "in 1992"
    assert spoken_form("오후 3시", "ko") == "오후 삼 시"
    assert written_form("bin blue at l six now") == "Bin blue at L six now"


def test_a_grammar_also_limits_sound_alone() -> None:
    found = fuse_sound_only(["been read at x2"], ears_that_hear("bin red at x two", 5.0), GRAMMAR)  # type: ignore[arg-type]
    assert found.best == "bin red at x two"
    assert GRAMMAR.allows(found.best)
