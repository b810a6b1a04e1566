"""Keys are remapped to syllables; one that may still be looked up keeps its mapping."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from klipnet_live.outputs.typing.x11 import HOLD_S, SpareKeys

ENTER, A = 0xFF0D, 0x61


def symbol(character: str) -> int:
    return 0x0100_0000 + ord(character)


class Layout:
    """Two mapped keys, and two unmapped ones that hold four syllables."""

    def __init__(self) -> None:
        self.keys: dict[int, list[int]] = {36: [ENTER, 0], 38: [A, A - 32], 93: [0, 0], 97: [0, 0]}
        self.writes = 0

    def read(self) -> dict[int, list[int]]:
        return dict(self.keys)

    def write(self, keys: Mapping[int, Sequence[int]]) -> None:
        self.writes += bool(keys)
        self.keys |= {code: list(symbols) for code, symbols in keys.items()}

    @property
    def lent(self) -> set[int]:
        return {symbol for code in (93, 97) for symbol in self.keys[code] if symbol}


class Clock:
    def __init__(self) -> None:
        self.now_s = 50.0

    def __call__(self) -> float:
        return self.now_s

    def sleep(self, seconds: float) -> None:
        self.now_s += seconds


@pytest.fixture
def layout() -> Layout:
    return Layout()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys(layout: Layout, clock: Clock) -> SpareKeys:
    return SpareKeys(layout, clock, clock.sleep)


def test_each_syllable_gets_its_own_key_and_mapped_keys_stay(
    keys: SpareKeys, layout: Layout, clock: Clock
) -> None:
    assert keys.lend("무를 a 무")
    assert layout.lent == {symbol("무"), symbol("를")}
    assert (layout.keys[36], layout.keys[38]) == ([ENTER, 0], [A, A - 32])
    assert clock.now_s == 50.0


def test_a_syllable_keeps_its_key(keys: SpareKeys, layout: Layout) -> None:
    keys.lend("무를")
    before = layout.read()
    keys.lend("를무")
    assert (layout.keys, layout.writes) == (before, 1)


def test_the_least_recently_used_key_is_remapped_after_a_delay(
    keys: SpareKeys, layout: Layout, clock: Clock
) -> None:
    keys.lend("가나")
    clock.sleep(1.0)
    keys.lend("다라")
    clock.sleep(1.0)
    keys.lend("나마")
    assert layout.lent == {symbol(character) for character in "나다라마"}
    assert clock.now_s == pytest.approx(50.0 + HOLD_S)


def test_too_many_syllables_are_reported(keys: SpareKeys, layout: Layout) -> None:
    assert not keys.lend("가나다라마")
    assert layout.lent == {symbol(character) for character in "가나다라"}


def test_without_an_x_server_nothing_is_remapped(clock: Clock) -> None:
    class Gone(Layout):
        def read(self) -> dict[int, list[int]]:
            return {}

    assert not SpareKeys(Gone(), clock, clock.sleep).lend("가")
