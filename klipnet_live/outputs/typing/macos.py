"""Typing on macOS with keyboard events that carry text, independent of the keyboard layout."""

from __future__ import annotations

import ctypes
from functools import cache

from klipnet_live.types import UserError

FRAMEWORK = "/System/Library/Frameworks/ApplicationServices.framework/ApplicationServices"

MAX_UNITS = 20
"""Maximum number of UTF-16 code units per event."""

HID_TAP = 0


def pieces(text: str) -> list[bytes]:
    """The text as UTF-16 in parts that each fit into one event, split between characters."""
    parts: list[bytes] = [b""]
    for character in text:
        encoded = character.encode("utf-16-le")
        if len(parts[-1]) + len(encoded) > 2 * MAX_UNITS:
            parts.append(b"")
        parts[-1] += encoded
    return parts


def type_text(text: str) -> None:
    """Type into the focused window. Raises UserError without the user's permission."""
    services = _services()
    if not services.AXIsProcessTrusted():
        raise UserError(
            "Typing is not allowed yet. Turn KLipNet Live on in System Settings > Privacy & Security > "
            "Accessibility."
        )
    for piece in pieces(text):
        for is_pressed in (True, False):
            event = services.CGEventCreateKeyboardEvent(None, 0, is_pressed)
            services.CGEventKeyboardSetUnicodeString(event, len(piece) // 2, piece)
            services.CGEventPost(HID_TAP, event)
            services.CFRelease(event)


@cache
def _services() -> ctypes.CDLL:
    services = ctypes.CDLL(FRAMEWORK)
    services.AXIsProcessTrusted.restype = ctypes.c_bool
    services.CGEventCreateKeyboardEvent.restype = ctypes.c_void_p
    services.CGEventCreateKeyboardEvent.argtypes = [ctypes.c_void_p, ctypes.c_uint16, ctypes.c_bool]
    services.CGEventKeyboardSetUnicodeString.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_char_p]
    services.CGEventPost.argtypes = [ctypes.c_uint32, ctypes.c_void_p]
    services.CFRelease.argtypes = [ctypes.c_void_p]
    return services
