"""The keyboard layout of an X11 server, read and written by XCB."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from ctypes import c_char_p, c_int, c_uint, c_uint8, c_uint32, c_void_p
from functools import cache

_KEY_CODES_AT = 34
"""Where xcb_setup_t has the least and the greatest number of a key."""

_COLUMNS_AT, _SYMBOLS_AT = 1, 32
"""Where xcb_get_keyboard_mapping_reply_t has the number of columns, and where its symbols begin."""


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", c_uint),)


class X11Layout:
    """Of the display with this name; None is the one of this desktop."""

    def __init__(self, display: str | None = None) -> None:
        self._display = None if display is None else display.encode()

    def read(self) -> dict[int, list[int]]:
        """The keysyms of each key; nothing where the server cannot be reached."""
        with self._connection() as connection:
            if connection is None:
                return {}
            least, most = ctypes.string_at(_xcb().xcb_get_setup(connection) + _KEY_CODES_AT, 2)
            count = most - least + 1
            asked = _xcb().xcb_get_keyboard_mapping(connection, least, count)
            answer = _xcb().xcb_get_keyboard_mapping_reply(connection, asked, None)
            columns = ctypes.string_at(answer + _COLUMNS_AT, 1)[0]
            symbols = (c_uint32 * (columns * count)).from_buffer_copy(
                ctypes.string_at(answer + _SYMBOLS_AT, 4 * columns * count)
            )
            _libc().free(answer)
        return {least + key: symbols[key * columns : (key + 1) * columns] for key in range(count)}

    def write(self, keys: Mapping[int, Sequence[int]]) -> None:
        """Changes these keys; the server has done so when this returns."""
        with self._connection() as connection:
            for code, symbols in keys.items() if connection is not None else ():
                listed = (c_uint32 * len(symbols))(*symbols)
                asked = _xcb().xcb_change_keyboard_mapping_checked(connection, 1, code, len(symbols), listed)
                _libc().free(_xcb().xcb_request_check(connection, asked))

    @contextmanager
    def _connection(self) -> Iterator[int | None]:
        connection = _xcb().xcb_connect(self._display, None)
        try:
            yield None if _xcb().xcb_connection_has_error(connection) else connection
        finally:
            _xcb().xcb_disconnect(connection)


@cache
def _libc() -> ctypes.CDLL:
    libc = ctypes.CDLL(None)
    libc.free.argtypes, libc.free.restype = [c_void_p], None
    return libc


@cache
def _xcb() -> ctypes.CDLL:
    """The library that Qt on X11 needs too."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.argtypes, xcb.xcb_connect.restype = [c_char_p, c_void_p], c_void_p
    xcb.xcb_disconnect.argtypes = [c_void_p]
    xcb.xcb_connection_has_error.argtypes, xcb.xcb_connection_has_error.restype = [c_void_p], c_int
    xcb.xcb_get_setup.argtypes, xcb.xcb_get_setup.restype = [c_void_p], c_void_p
    xcb.xcb_get_keyboard_mapping.argtypes = [c_void_p, c_uint8, c_uint8]
    xcb.xcb_get_keyboard_mapping.restype = _Cookie
    xcb.xcb_get_keyboard_mapping_reply.argtypes = [c_void_p, _Cookie, c_void_p]
    xcb.xcb_get_keyboard_mapping_reply.restype = c_void_p
    xcb.xcb_change_keyboard_mapping_checked.argtypes = [c_void_p, c_uint8, c_uint8, c_uint8, c_void_p]
    xcb.xcb_change_keyboard_mapping_checked.restype = _Cookie
    xcb.xcb_request_check.argtypes, xcb.xcb_request_check.restype = [c_void_p, _Cookie], c_void_p
    return xcb
