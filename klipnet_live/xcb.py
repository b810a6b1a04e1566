"""Bindings to XCB, the X11 client library, for what Qt does not offer."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from ctypes import c_char_p, c_int, c_uint, c_uint8, c_uint16, c_uint32, c_void_p
from functools import cache


class Cookie(ctypes.Structure):
    """Return value of a request, used to ask for its reply."""

    _fields_ = (("sequence", c_uint),)


@contextmanager
def connected(display: str | None = None) -> Iterator[int | None]:
    """A connection to the display, by default the current one; None if it cannot be reached."""
    connection = xcb().xcb_connect(None if display is None else display.encode(), None)
    try:
        yield None if xcb().xcb_connection_has_error(connection) else connection
    finally:
        xcb().xcb_disconnect(connection)


def free(answer: int | None) -> None:
    """Free the memory of a reply."""
    _libc().free(answer)


_ATOM_AT = 8
"""Byte offset of the atom in xcb_intern_atom_reply_t, and of the window in xcb_get_selection_owner_reply_t.
"""


def atom(connection: int, name: bytes) -> int:
    """The atom of a name."""
    cookie = xcb().xcb_intern_atom(connection, False, len(name), name)
    answer = xcb().xcb_intern_atom_reply(connection, cookie, None)
    number = c_uint32.from_address(answer + _ATOM_AT).value
    free(answer)
    return number


def has_compositor() -> bool:
    """Whether a compositor runs, so that covered windows can be captured."""
    with connected() as connection:
        if connection is None:
            return False
        cookie = xcb().xcb_get_selection_owner(connection, atom(connection, b"_NET_WM_CM_S0"))
        answer = xcb().xcb_get_selection_owner_reply(connection, cookie, None)
    owner = c_uint32.from_address(answer + _ATOM_AT).value if answer else 0
    free(answer)
    return owner != 0


def set_numbers(window: int, name: bytes, numbers: Sequence[int]) -> None:
    """Set a window property to these numbers (CARDINAL); an empty sequence removes it."""
    with connected() as connection:
        if connection is None:
            return
        property_, kind = atom(connection, name), atom(connection, b"CARDINAL")
        values = (c_uint32 * len(numbers))(*numbers)
        xcb().xcb_change_property(connection, 0, window, property_, kind, 32, len(numbers), values)
        xcb().xcb_flush(connection)


@cache
def _libc() -> ctypes.CDLL:
    library = ctypes.CDLL(None)
    library.free.argtypes, library.free.restype = [c_void_p], None
    return library


@cache
def xcb() -> ctypes.CDLL:
    """The library with the signatures of all functions used."""
    library = ctypes.CDLL("libxcb.so.1")
    for name, (result, arguments) in _FUNCTIONS.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library


_FUNCTIONS = {
    "xcb_connect": (c_void_p, [c_char_p, c_void_p]),
    "xcb_disconnect": (None, [c_void_p]),
    "xcb_connection_has_error": (c_int, [c_void_p]),
    "xcb_get_setup": (c_void_p, [c_void_p]),
    "xcb_request_check": (c_void_p, [c_void_p, Cookie]),
    "xcb_intern_atom": (Cookie, [c_void_p, c_uint8, c_uint16, c_char_p]),
    "xcb_intern_atom_reply": (c_void_p, [c_void_p, Cookie, c_void_p]),
    "xcb_flush": (c_int, [c_void_p]),
    "xcb_get_selection_owner": (Cookie, [c_void_p, c_uint32]),
    "xcb_get_selection_owner_reply": (c_void_p, [c_void_p, Cookie, c_void_p]),
    "xcb_change_property": (
        Cookie,
        [c_void_p, c_uint8, c_uint32, c_uint32, c_uint32, c_uint8, c_uint32, c_void_p],
    ),
    "xcb_get_property": (Cookie, [c_void_p, c_uint8, *[c_uint32] * 5]),
    "xcb_get_property_reply": (c_void_p, [c_void_p, Cookie, c_void_p]),
    "xcb_get_keyboard_mapping": (Cookie, [c_void_p, c_uint8, c_uint8]),
    "xcb_get_keyboard_mapping_reply": (c_void_p, [c_void_p, Cookie, c_void_p]),
    "xcb_change_keyboard_mapping_checked": (Cookie, [c_void_p, c_uint8, c_uint8, c_uint8, c_void_p]),
}
