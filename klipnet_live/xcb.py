"""XCB, the library of X11 that Qt is built on, for what Qt does not offer."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import c_char_p, c_int, c_uint, c_uint8, c_uint16, c_uint32, c_void_p
from functools import cache


class Cookie(ctypes.Structure):
    """What a request leaves, to ask for its answer by."""

    _fields_ = (("sequence", c_uint),)


@contextmanager
def connected(display: str | None = None) -> Iterator[int | None]:
    """A connection to this display, by default the desktop's; None where it cannot be reached."""
    connection = xcb().xcb_connect(None if display is None else display.encode(), None)
    try:
        yield None if xcb().xcb_connection_has_error(connection) else connection
    finally:
        xcb().xcb_disconnect(connection)


def free(answer: int | None) -> None:
    """Gives the memory of an answer back."""
    _libc().free(answer)


@cache
def _libc() -> ctypes.CDLL:
    library = ctypes.CDLL(None)
    library.free.argtypes, library.free.restype = [c_void_p], None
    return library


@cache
def xcb() -> ctypes.CDLL:
    """The library, with the signatures of all that is used of it."""
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
    "xcb_get_property": (Cookie, [c_void_p, c_uint8, *[c_uint32] * 5]),
    "xcb_get_property_reply": (c_void_p, [c_void_p, Cookie, c_void_p]),
    "xcb_get_keyboard_mapping": (Cookie, [c_void_p, c_uint8, c_uint8]),
    "xcb_get_keyboard_mapping_reply": (c_void_p, [c_void_p, Cookie, c_void_p]),
    "xcb_change_keyboard_mapping_checked": (Cookie, [c_void_p, c_uint8, c_uint8, c_uint8, c_void_p]),
}
