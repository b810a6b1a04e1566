"""Keys on X11 for characters that the keyboard layout lacks, such as Hangul on a Latin layout.

A window looks up the meaning of a key when it processes the key event. If one key is remapped from syllable
to syllable, a busy window reads wrong syllables. So each syllable gets its own key and keeps it.
"""

from __future__ import annotations

import ctypes
import time
from collections.abc import Callable, Mapping, Sequence
from ctypes import c_uint32
from typing import Protocol

from klipnet_live.xcb import connected, free, xcb

_KEY_CODES_AT = 34
"""Byte offset of the minimum and maximum keycode in xcb_setup_t."""

_COLUMNS_AT, _SYMBOLS_AT = 1, 32
"""Byte offsets of the column count and the keysyms in xcb_get_keyboard_mapping_reply_t."""


class X11Layout:
    """Keyboard mapping of a display; None for the current one."""

    def __init__(self, display: str | None = None) -> None:
        self._display = display

    def read(self) -> dict[int, list[int]]:
        """Keysyms of each keycode; empty if the X server cannot be reached."""
        with connected(self._display) as connection:
            if connection is None:
                return {}
            least, most = ctypes.string_at(xcb().xcb_get_setup(connection) + _KEY_CODES_AT, 2)
            count = most - least + 1
            cookie = xcb().xcb_get_keyboard_mapping(connection, least, count)
            answer = xcb().xcb_get_keyboard_mapping_reply(connection, cookie, None)
        columns = ctypes.string_at(answer + _COLUMNS_AT, 1)[0]
        symbols = (c_uint32 * (columns * count)).from_buffer_copy(
            ctypes.string_at(answer + _SYMBOLS_AT, 4 * columns * count)
        )
        free(answer)
        return {least + key: symbols[key * columns : (key + 1) * columns] for key in range(count)}

    def write(self, keys: Mapping[int, Sequence[int]]) -> None:
        """Change the mapping of these keys; the server has applied it on return."""
        with connected(self._display) as connection:
            for code, symbols in keys.items() if connection is not None else ():
                listed = (c_uint32 * len(symbols))(*symbols)
                cookie = xcb().xcb_change_keyboard_mapping_checked(connection, 1, code, len(symbols), listed)
                free(xcb().xcb_request_check(connection, cookie))


HOLD_S = 3.0
"""How long a key keeps its mapping after its last use: a slow window may not have processed it yet."""

_COLUMNS = (0, 1)
"""Columns of a mapping: without and with Shift."""

_UNICODE = 0x0100_0000
_SYLLABLES = range(_UNICODE + ord("가"), _UNICODE + ord("힣") + 1)

Slot = tuple[int, int]
"""Keycode and column."""


class Layout(Protocol):
    """Keysyms by keycode; 0 means none."""

    def read(self) -> Mapping[int, Sequence[int]]: ...

    def write(self, keys: Mapping[int, Sequence[int]]) -> None: ...


class SpareKeys:
    """Maps unused keys to syllables. The mappings stay: no physical keyboard has these keys."""

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
        """Give each syllable a key, waiting while all are in use. False if there are too few keys."""
        table = self._layout.read()
        keysyms = list(dict.fromkeys(_UNICODE + ord(character) for character in text))
        there = {symbol for symbols in table.values() for symbol in symbols}
        missing = [symbol for symbol in keysyms if symbol in _SYLLABLES and symbol not in there]
        held = _spare_slots(table)
        free = sorted((slot for slot in held if held[slot] not in keysyms), key=self._last_use)
        given = dict(zip(free, missing, strict=False))
        self._wait_for(given)
        held |= given
        changed = {code for code, _ in given}
        self._layout.write({code: [held[code, column] for column in _COLUMNS] for code in sorted(changed)})
        self._used_s |= {slot: self._clock() for slot, symbol in held.items() if symbol in keysyms}
        return len(given) == len(missing)

    def _last_use(self, slot: Slot) -> float:
        return self._used_s.get(slot, -HOLD_S)

    def _wait_for(self, slots: Mapping[Slot, int]) -> None:
        free_s = max((self._last_use(slot) + HOLD_S for slot in slots), default=0.0)
        if slots and free_s > (now_s := self._clock()):
            self._sleep(free_s - now_s)


def _spare_slots(table: Mapping[int, Sequence[int]]) -> dict[Slot, int]:
    """Slots of keys without keysyms other than lent syllables, with their current keysym."""
    return {
        (code, column): symbols[column] if column < len(symbols) else 0
        for code, symbols in table.items()
        if all(symbol == 0 or symbol in _SYLLABLES for symbol in symbols)
        for column in _COLUMNS
    }
