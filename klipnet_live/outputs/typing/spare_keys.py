"""Keys for characters that a keyboard layout lacks, such as Hangul on a Latin one, on X11.

A key that stands for one syllable after the other is read wrongly by a window that is busy: windows look up
what a key stands for when they come to it. So each syllable gets a key of its own, and keeps it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

HOLD_S = 3.0
"""After its last use a key stays as it is so long: the window may not have come to it yet."""

_COLUMNS = (0, 1)
"""What a key stands for alone, and with Shift."""

_UNICODE = 0x0100_0000
_SYLLABLES = range(_UNICODE + ord("가"), _UNICODE + ord("힣") + 1)

Slot = tuple[int, int]
"""A key's number and its column."""


class Layout(Protocol):
    """What each key stands for, by its number; 0 is nothing."""

    def read(self) -> Mapping[int, Sequence[int]]: ...

    def write(self, keys: Mapping[int, Sequence[int]]) -> None: ...


class SpareKeys:
    """Lends keys that stand for nothing. They are not taken back: nobody has them on the keyboard."""

    def __init__(
        self,
        layout: Layout,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._layout = layout
        self._clock = clock
        self._sleep = sleep
        self._used_s: dict[Slot, float] = {}

    def lend(self, text: str) -> bool:
        """Gives each syllable a key, and waits while all are in use; False where there are too few."""
        table = self._layout.read()
        wanted = list(dict.fromkeys(_UNICODE + ord(character) for character in text))
        there = {symbol for symbols in table.values() for symbol in symbols}
        missing = [symbol for symbol in wanted if symbol in _SYLLABLES and symbol not in there]
        held = _spare_slots(table)
        free = sorted((slot for slot in held if held[slot] not in wanted), key=self._last_use)
        given = dict(zip(free, missing, strict=False))
        self._wait_for(given)
        held |= given
        changed = {code for code, _ in given}
        self._layout.write({code: [held[code, column] for column in _COLUMNS] for code in sorted(changed)})
        self._used_s |= {slot: self._clock() for slot, symbol in held.items() if symbol in wanted}
        return len(given) == len(missing)

    def _last_use(self, slot: Slot) -> float:
        return self._used_s.get(slot, -HOLD_S)

    def _wait_for(self, slots: Mapping[Slot, int]) -> None:
        free_s = max((self._last_use(slot) + HOLD_S for slot in slots), default=0.0)
        if slots and free_s > (now_s := self._clock()):
            self._sleep(free_s - now_s)


def _spare_slots(table: Mapping[int, Sequence[int]]) -> dict[Slot, int]:
    """Slots of the keys that stand for nothing but syllables that were lent, with what each stands for."""
    return {
        (code, column): symbols[column] if column < len(symbols) else 0
        for code, symbols in table.items()
        if all(symbol == 0 or symbol in _SYLLABLES for symbol in symbols)
        for column in _COLUMNS
    }
