"""Alphabets of subword pieces: joining, spelling, search."""

from __future__ import annotations

import numpy as np
import pytest

from klipnet_live.decoding import beam
from klipnet_live.decoding.beam import BeamSearch
from klipnet_live.decoding.grammar import hint_prior, parse_grammar
from klipnet_live.lips.alphabet import Alphabet, UnknownCharacterError
from klipnet_live.lips.pieces import END, WORD, PieceAlphabet, read_units
from klipnet_live.types import FloatArray

PIECES = ("<unk>", "'", "▁HE", "LL", "O", "▁WORLD", "▁", "S", "W", "R", "L", "D", "H", "E", "▁HELLO", END)
ALPHABET = PieceAlphabet("en", PIECES)


def ids(*pieces: str) -> list[int]:
    return [PIECES.index(piece) + 1 for piece in pieces]


def frames(*pieces: str, sure: float = 0.9) -> FloatArray:
    """Log-probabilities in which each piece ("" is the blank) is the most likely one of its frame."""
    rows = np.full((len(pieces), ALPHABET.size), (1 - sure) / (ALPHABET.size - 1))
    for row, piece in zip(rows, pieces, strict=True):
        row[ids(piece)[0] if piece else 0] = sure
    return np.log(rows).astype(np.float32)


def test_pieces_are_joined_to_words_in_lower_case() -> None:
    assert ALPHABET.decode(ids("▁HE", "LL", "O", "▁WORLD", "S")) == "hello worlds"
    assert ALPHABET.decode(ids("▁HE", "<unk>", "LL", END)) == "hell"
    assert list(ALPHABET.words(ids("▁HE", "LL", "▁WORLD"))) == [(0, 2), (2, 3)]
    assert list(ALPHABET.words([])) == []


def test_equal_alphabets_have_equal_hashes_and_other_kinds_differ() -> None:
    pieces = (WORD + "a", "b")
    assert PieceAlphabet("en", pieces) == PieceAlphabet("en", pieces)
    assert hash(PieceAlphabet("en", pieces)) == hash(PieceAlphabet("en", pieces))
    assert PieceAlphabet("en", pieces) != Alphabet("en", pieces)
    assert len({Alphabet("en", pieces), Alphabet("en", pieces), Alphabet("ko", pieces)}) == 2


def test_the_fewest_pieces_spell_a_text() -> None:
    assert ALPHABET.encode("Hello worlds") == ids("▁HELLO", "▁WORLD", "S")
    assert {symbol for _, symbol, _ in ALPHABET.spellings("hello")} >= set(
        ids("▁HELLO", "▁HE", "LL", "▁", "H")
    )
    with pytest.raises(UnknownCharacterError, match="'q'"):
        ALPHABET.encode("hello q")


def test_a_search_writes_words_with_their_frames() -> None:
    found = BeamSearch(ALPHABET).line(frames("▁HE", "", "LL", "O", "", "▁WORLD", ""))
    assert found.text == "hello world"
    assert [(word.first_frame, word.last_frame) for word in found.words] == [(0, 3), (5, 5)]


def test_a_grammar_accepts_every_spelling_of_its_phrases_only() -> None:
    search = BeamSearch(ALPHABET, grammar=parse_grammar("hello worlds\nhello\n", ALPHABET))
    for spell in (("▁HELLO", "▁WORLD", "S"), ("▁HE", "LL", "O", "▁", "W", "O", "R", "L", "D", "S")):
        assert search.line(frames(*(part for piece in spell for part in (piece, "")))).text == "hello worlds"
    assert search.line(frames("▁HE", "", "LL", "", "▁WORLD", "")).text in ("hello worlds", "hello")


def test_hints_decide_between_equally_likely_pieces() -> None:
    unsure = frames("▁HELLO", "", "▁WORLD", "")
    unsure[2, ids("▁HE")[0]] = unsure[2, ids("▁WORLD")[0]] + 0.1
    assert BeamSearch(ALPHABET).line(unsure).text == "hello he"
    hinted = BeamSearch(ALPHABET, prior=hint_prior(["hello world"], ALPHABET))
    assert hinted.line(unsure).text == "hello world"


def test_a_list_of_units_is_numbered_from_one() -> None:
    assert read_units(["<unk> 1", "▁HE 2"]) == ("<unk>", "▁HE", END)
    with pytest.raises(ValueError, match="line 2"):
        read_units(["<unk> 1", "▁HE 3"])


@pytest.mark.parametrize("phrases", ["free", "hints", "grammar"])
def test_limiting_the_search_to_the_likeliest_pieces_does_not_change_the_result(
    phrases: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a large alphabet, on random log-probabilities in which some pieces stand out."""
    letters = "abcdefghijklmnopqrst"
    names = tuple(f"{WORD * (i % 2)}{left}{right}" for i, left in enumerate(letters) for right in letters)
    alphabet = PieceAlphabet("en", (*names, END))
    text = "baca dccc\nfa\nhh"
    options = {
        "free": {},
        "hints": {"prior": hint_prior(text.splitlines(), alphabet)},
        "grammar": {"grammar": parse_grammar(text, alphabet)},
    }[phrases]
    random = np.random.default_rng(0)
    logits = random.normal(size=(40, alphabet.size)) * 2
    logits[np.arange(0, 40, 3), random.integers(1, alphabet.size, 14)] += 6
    log_probs = (logits - np.log(np.exp(logits).sum(1, keepdims=True))).astype(np.float32)
    search = BeamSearch(alphabet, width=8, **options)  # type: ignore[arg-type]
    few = search.step(log_probs, search.start())
    monkeypatch.setattr(beam, "FEW_SYMBOLS", alphabet.size)
    every = search.step(log_probs, search.start())
    assert [prefix.ids for prefix in few.prefixes] == [prefix.ids for prefix in every.prefixes]
    np.testing.assert_allclose(few.masses, every.masses)
    assert few.log_unit == pytest.approx(every.log_unit)
