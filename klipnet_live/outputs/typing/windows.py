"""Typing on Windows with SendInput and KEYEVENTF_UNICODE, independent of the keyboard layout."""

from __future__ import annotations

import ctypes
import sys

from klipnet_live.types import UserError

INPUT_KEYBOARD = 1
KEY_UP = 0x0002
UNICODE = 0x0004


class _Key(ctypes.Structure):
    """KEYBDINPUT of winuser.h."""

    _fields_ = (
        ("virtual_key", ctypes.c_ushort),
        ("scan_code", ctypes.c_ushort),
        ("flags", ctypes.c_uint),
        ("time", ctypes.c_uint),
        ("extra", ctypes.c_void_p),
    )


class _AnyInput(ctypes.Union):
    # MOUSEINPUT is the largest member of the real union and sets its size.
    _fields_ = (("key", _Key), ("mouse_size", ctypes.c_byte * (ctypes.sizeof(ctypes.c_void_p) * 2 + 16)))


class _Input(ctypes.Structure):
    """INPUT of winuser.h."""

    _fields_ = (("kind", ctypes.c_uint), ("any", _AnyInput))


def key_events(text: str) -> list[tuple[int, int]]:
    """UTF-16 code unit and flags of each key press and release."""
    units = text.encode("utf-16-le")
    codes = [int.from_bytes(units[at : at + 2], "little") for at in range(0, len(units), 2)]
    return [(code, flags) for code in codes for flags in (UNICODE, UNICODE | KEY_UP)]


def type_text(text: str) -> None:
    """Type into the focused window. Raises UserError if Windows refuses."""
    if sys.platform == "win32":
        events = key_events(text)
        inputs = (_Input * len(events))()
        for slot, (code, flags) in zip(inputs, events, strict=True):
            slot.kind = INPUT_KEYBOARD
            slot.any.key = _Key(0, code, flags, 0, None)
        sent = ctypes.windll.user32.SendInput(len(events), inputs, ctypes.sizeof(_Input))
        if sent != len(events):
            raise UserError(
                "Windows blocked the typing. The focused window may belong to an administrator. Choose "
                "another window."
            )
