"""Titles of windows on X11 in any script; Qt reads only Latin ones, and numbers the other windows."""

from __future__ import annotations

import ctypes
import re
from ctypes import c_uint32

from klipnet_live.xcb import atom, connected, free, xcb

_NUMBERED = re.compile(r"Window 0x([0-9a-f]+)", re.IGNORECASE)
_LONGEST = 256
"""Of a title, in units of four bytes."""

_LENGTH_AT, _VALUE_AT = 16, 32
"""Where xcb_get_property_reply_t has the number of bytes, and where they begin."""


def title_of(description: str) -> str:
    """The title of the window that Qt describes so: the description itself unless it is a number."""
    number = _NUMBERED.fullmatch(description)
    return description if number is None else _net_wm_name(int(number[1], 16)) or description


def _net_wm_name(window: int) -> str:
    """What the window tells in Unicode, if it does."""
    with connected() as connection:
        if connection is None:
            return ""
        name, kind = (atom(connection, text) for text in (b"_NET_WM_NAME", b"UTF8_STRING"))
        asked = xcb().xcb_get_property(connection, False, window, name, kind, 0, _LONGEST)
        answer = xcb().xcb_get_property_reply(connection, asked, None)
    if not answer:
        return ""
    length = c_uint32.from_address(answer + _LENGTH_AT).value
    value = ctypes.string_at(answer + _VALUE_AT, length)
    free(answer)
    return value.decode(errors="replace")
