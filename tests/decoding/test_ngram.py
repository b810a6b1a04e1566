from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klipnet_live.decoding.ngram import END, NGram, Prior
from klipnet_live.lips.alphabet import alphabet_for
from tests.decoding.ctc_reference import TINY

ENGLISH = alphabet_for("en")
LINES = ["bin blue at f two now", "lay red in c one soon", "bin red at a two now"]


@given(
    st.lists(st.text("ab", min_size=1, max_size=5), max_size=6),
    st.integers(1, 6),
    st.lists(st.integers(1, 3), max_size=8),
)
def test_probabilities_sum_to_one_and_none_is_zero(lines: list[str], order: int, ids: list[int]) -> None:
    ngram = NGram.train(map(TINY.encode, lines), TINY, order)
    row = ngram.probabilities(ngram.context(ids))
    assert row.sum() == pytest.approx(1)
    assert (row > 0).all()


def test_witten_bell_by_hand() -> None:
    """From "ab" and "aa": a follows the start twice; after it b, a and a's end occur once each."""
    ngram = NGram.train(map(TINY.encode, ("ab", "aa")), TINY, order=2)
    a, b = TINY.encode("ab")
    shorter = {END: (2 + 3 / 4) / 9, a: (3 + 3 / 4) / 9, b: (1 + 3 / 4) / 9}
    row = ngram.probabilities((a,))
    for symbol, probability in shorter.items():
        assert row[symbol] == pytest.approx((1 + 3 * probability) / (3 + 3))
    assert ngram.probabilities((END,))[a] == pytest.approx((2 + 1 * shorter[a]) / (2 + 1))


def test_seen_text_is_more_probable() -> None:
    prior = Prior(NGram.train(map(ENGLISH.encode, LINES), ENGLISH), weight=1.0)

    def probability(text: str) -> float:
        """The probability of a complete line, including its end."""
        ids = [*ENGLISH.encode(text), END]
        return math.prod(prior.factors(ids[:place])[symbol] for place, symbol in enumerate(ids))

    assert probability("bin red in c two now") > probability("nib der ni c owt won")
    assert probability("bin blue at f two now") > probability("bin blue at f two no")


def test_a_prior_weighs_probabilities_and_adds_the_bonus_only_for_symbols() -> None:
    ngram = NGram.train(map(ENGLISH.encode, LINES), ENGLISH)
    row = ngram.probabilities(ngram.context(ENGLISH.encode("bin")))
    factors = Prior(ngram, weight=2.0, insertion_bonus=0.5).factors(ENGLISH.encode("bin"))
    assert factors[END] == pytest.approx(row[END] ** 2)
    assert factors[1:] == pytest.approx(row[1:] ** 2 * 2.718281828**0.5)


@pytest.mark.parametrize("order", [0, 7])
def test_orders_outside_the_range_are_refused(order: int) -> None:
    with pytest.raises(ValueError, match="1 to 6"):
        NGram.train(map(ENGLISH.encode, LINES), ENGLISH, order)
