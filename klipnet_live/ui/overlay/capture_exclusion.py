"""Excludes a window from screen captures, where the system supports it."""

from __future__ import annotations

import ctypes
import ctypes.util
import sys

_WDA_EXCLUDEFROMCAPTURE = 0x11
_NS_WINDOW_SHARING_NONE = 0


def exclude_from_capture(window: int) -> bool:
    """Exclude the native window (QWidget.winId) from captures; returns whether that worked.

    Supported by Windows 10 2004 and later and by macOS, but not by X11 and Wayland.
    """
    if sys.platform == "win32":
        user32 = ctypes.windll.user32
        return bool(user32.SetWindowDisplayAffinity(ctypes.c_void_p(window), _WDA_EXCLUDEFROMCAPTURE))
    if sys.platform == "darwin":
        return _exclude_on_macos(window)
    return False


def _exclude_on_macos(view: int) -> bool:
    """[[view window] setSharingType:NSWindowSharingNone]; winId is an NSView there."""
    library = ctypes.util.find_library("objc")
    if library is None:
        return False
    objc = ctypes.CDLL(library)
    objc.sel_registerName.restype = ctypes.c_void_p
    objc.sel_registerName.argtypes = [ctypes.c_char_p]
    pointer = ctypes.c_void_p
    # objc_msgSend must be called with the exact signature of each method, so it is cast.
    get = ctypes.cast(objc.objc_msgSend, ctypes.CFUNCTYPE(pointer, pointer, pointer))
    put = ctypes.cast(objc.objc_msgSend, ctypes.CFUNCTYPE(None, pointer, pointer, ctypes.c_ulong))
    window = get(view, objc.sel_registerName(b"window"))
    if not window:
        return False
    put(window, objc.sel_registerName(b"setSharingType:"), _NS_WINDOW_SHARING_NONE)
    return True
