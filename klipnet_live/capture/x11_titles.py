"""Titles of windows on X11 in any script; Qt reads only Latin ones, and numbers the other windows."""

from __future__ import annotations

import ctypes
import re
from ctypes import c_char_p, c_int, c_uint, c_uint8, c_uint16, c_uint32, c_void_p
from functools import cache

_NUMBERED = re.compile(r"Window 0x([0-9a-f]+)", re.IGNORECASE)
_LONGEST = 256
"""Of a title, in units of four bytes."""

_LENGTH_AT, _VALUE_AT = 16, 32
"""Where xcb_get_property_reply_t has the number of bytes, and where they begin."""

_ATOM_AT = 8
"""Where xcb_intern_atom_reply_t has the atom."""


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", c_uint),)


def title_of(description: str) -> str:
    """The title of the window that Qt describes so: the description itself unless it is a number."""
    number = _NUMBERED.fullmatch(description)
    return description if number is None else _net_wm_name(int(number[1], 16)) or description


def _net_wm_name(window: int) -> str:
    """What the window tells in Unicode, if it does."""
    xcb = _xcb()
    connection = xcb.xcb_connect(None, None)
    try:
        if xcb.xcb_connection_has_error(connection):
            return ""
        name, kind = (_atom(connection, text) for text in (b"_NET_WM_NAME", b"UTF8_STRING"))
        asked = xcb.xcb_get_property(connection, False, window, name, kind, 0, _LONGEST)
        answer = xcb.xcb_get_property_reply(connection, asked, None)
        if not answer:
            return ""
        length = c_uint32.from_address(answer + _LENGTH_AT).value
        value = ctypes.string_at(answer + _VALUE_AT, length)
        _libc().free(answer)
        return value.decode(errors="replace")
    finally:
        xcb.xcb_disconnect(connection)


def _atom(connection: int, name: bytes) -> int:
    asked = _xcb().xcb_intern_atom(connection, False, len(name), name)
    answer = _xcb().xcb_intern_atom_reply(connection, asked, None)
    atom = c_uint32.from_address(answer + _ATOM_AT).value
    _libc().free(answer)
    return atom


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
    xcb.xcb_intern_atom.argtypes = [c_void_p, c_uint8, c_uint16, c_char_p]
    xcb.xcb_intern_atom.restype = _Cookie
    xcb.xcb_intern_atom_reply.argtypes = [c_void_p, _Cookie, c_void_p]
    xcb.xcb_intern_atom_reply.restype = c_void_p
    xcb.xcb_get_property.argtypes = [c_void_p, c_uint8, c_uint32, c_uint32, c_uint32, c_uint32, c_uint32]
    xcb.xcb_get_property.restype = _Cookie
    xcb.xcb_get_property_reply.argtypes = [c_void_p, _Cookie, c_void_p]
    xcb.xcb_get_property_reply.restype = c_void_p
    return xcb
