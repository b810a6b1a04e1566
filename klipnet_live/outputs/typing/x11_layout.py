"""The keyboard layout of an X11 server, read and written."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping, Sequence
from ctypes import c_uint32

from klipnet_live.xcb import connected, free, xcb

_KEY_CODES_AT = 34
"""Where xcb_setup_t has the least and the greatest number of a key."""

_COLUMNS_AT, _SYMBOLS_AT = 1, 32
"""Where xcb_get_keyboard_mapping_reply_t has the number of columns, and where its symbols begin."""


class X11Layout:
    """Of the display with this name; None is the one of this desktop."""

    def __init__(self, display: str | None = None) -> None:
        self._display = display

    def read(self) -> dict[int, list[int]]:
        """The keysyms of each key; nothing where the server cannot be reached."""
        with connected(self._display) as connection:
            if connection is None:
                return {}
            least, most = ctypes.string_at(xcb().xcb_get_setup(connection) + _KEY_CODES_AT, 2)
            count = most - least + 1
            asked = xcb().xcb_get_keyboard_mapping(connection, least, count)
            answer = xcb().xcb_get_keyboard_mapping_reply(connection, asked, None)
        columns = ctypes.string_at(answer + _COLUMNS_AT, 1)[0]
        symbols = (c_uint32 * (columns * count)).from_buffer_copy(
            ctypes.string_at(answer + _SYMBOLS_AT, 4 * columns * count)
        )
        free(answer)
        return {least + key: symbols[key * columns : (key + 1) * columns] for key in range(count)}

    def write(self, keys: Mapping[int, Sequence[int]]) -> None:
        """Changes these keys; the server has done so when this returns."""
        with connected(self._display) as connection:
            for code, symbols in keys.items() if connection is not None else ():
                listed = (c_uint32 * len(symbols))(*symbols)
                asked = xcb().xcb_change_keyboard_mapping_checked(connection, 1, code, len(symbols), listed)
                free(xcb().xcb_request_check(connection, asked))
