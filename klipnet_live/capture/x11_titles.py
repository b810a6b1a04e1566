"""Titles of X11 windows in any script; Qt only reads Latin titles and returns ids for other windows."""

from __future__ import annotations

import ctypes
import re
from ctypes import c_uint32

from klipnet_live.xcb import atom, connected, free, xcb

_NUMBERED = re.compile(r"Window 0x([0-9a-f]+)", re.IGNORECASE)
_MAX_LENGTH = 256
"""Of a title, in units of four bytes."""

_LENGTH_AT, _VALUE_AT = 16, 32
"""Byte offsets of the value length and the value in xcb_get_property_reply_t."""


def title_of(description: str) -> str:
    """The title of a window from Qt's description, which may be a window id."""
    number = _NUMBERED.fullmatch(description)
    return description if number is None else _net_wm_name(int(number[1], 16)) or description


def _net_wm_name(window: int) -> str:
    """The window's UTF-8 title, if it has one."""
    with connected() as connection:
        if connection is None:
            return ""
        name, kind = (atom(connection, text) for text in (b"_NET_WM_NAME", b"UTF8_STRING"))
        cookie = xcb().xcb_get_property(connection, False, window, name, kind, 0, _MAX_LENGTH)
        answer = xcb().xcb_get_property_reply(connection, cookie, None)
    if not answer:
        return ""
    length = c_uint32.from_address(answer + _LENGTH_AT).value
    value = ctypes.string_at(answer + _VALUE_AT, length)
    free(answer)
    return value.decode(errors="replace")
