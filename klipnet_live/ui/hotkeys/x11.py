"""Hotkeys on X11: passive key grabs on the root window, over a separate connection.

XCB returns an error for a refused grab. Xlib would terminate the program, unless its process-wide error
handler were replaced.
"""

from __future__ import annotations

import ctypes
from ctypes import POINTER, Structure, c_int, c_uint8, c_uint16, c_uint32, c_void_p
from functools import cache

from PySide6.QtCore import QKeyCombination, QObject, QSocketNotifier, Qt

from klipnet_live.ui.hotkeys.base import Pressed
from klipnet_live.xcb import Cookie, free, xcb

_SHIFT, _CAPS_LOCK, _CONTROL, _ALT, _NUM_LOCK, _SUPER = 1, 2, 4, 8, 16, 64
_MODIFIERS = {
    Qt.KeyboardModifier.ShiftModifier: _SHIFT,
    Qt.KeyboardModifier.ControlModifier: _CONTROL,
    Qt.KeyboardModifier.AltModifier: _ALT,
    Qt.KeyboardModifier.MetaModifier: _SUPER,
}
_LOCKS = (0, _CAPS_LOCK, _NUM_LOCK, _CAPS_LOCK | _NUM_LOCK)
"""A grab matches modifiers exactly, and Caps Lock and Num Lock count as modifiers."""

_KEY_PRESS, _KEY_RELEASE = 2, 3
_ASYNC = 1
_F1_KEYSYM = 0xFFBE


class _Screens(Structure):
    """xcb_screen_iterator_t; each screen starts with the id of its root window."""

    _fields_ = (("data", POINTER(c_uint32)), ("rest", c_int), ("index", c_int))


class _KeyEvent(Structure):
    """The start of xcb_key_press_event_t, up to `state`."""

    _fields_ = (
        ("kind", c_uint8), ("code", c_uint8), ("sequence", c_uint16), ("time", c_uint32),
        ("windows", c_uint32 * 3), ("places", c_uint16 * 4), ("state", c_uint16),
    )  # fmt: skip


class X11Grabber(QObject):
    """Grabs keys on a display (None: the one of this desktop)."""

    def __init__(self, pressed: Pressed, display: str | None = None) -> None:
        super().__init__()
        self._pressed = pressed
        self._xcb, self._keysyms = _libraries()
        self._connection = self._xcb.xcb_connect(None if display is None else display.encode(), None)
        self._root = self._xcb.xcb_setup_roots_iterator(self._xcb.xcb_get_setup(self._connection)).data[0]
        self._symbols = self._keysyms.xcb_key_symbols_alloc(self._connection)
        self._registered: dict[tuple[int, int], QKeyCombination] = {}
        self._released_at: dict[int, int] = {}
        self._notifier = QSocketNotifier(
            self._xcb.xcb_get_file_descriptor(self._connection), QSocketNotifier.Type.Read, self
        )
        self._notifier.activated.connect(self._read)

    def grab(self, keys: QKeyCombination) -> bool:
        code, modifiers = self._code(keys.key()), _mask(keys)
        if not code or not all(self._try_grab(code, modifiers | lock) for lock in _LOCKS):
            return False
        self._registered[code, modifiers] = keys
        return True

    def release(self) -> None:
        for code, modifiers in self._registered:
            for lock in _LOCKS:
                self._xcb.xcb_ungrab_key(self._connection, code, self._root, modifiers | lock)
        self._registered.clear()
        self._xcb.xcb_flush(self._connection)

    def _code(self, key: Qt.Key) -> int:
        """The key code on this keyboard; 0 if it has no such key."""
        codes = self._keysyms.xcb_key_symbols_get_keycode(self._symbols, _keysym(key))
        code = codes[0] if codes else 0
        free(codes)
        return int(code)

    def _try_grab(self, code: int, modifiers: int) -> bool:
        cookie = self._xcb.xcb_grab_key_checked(
            self._connection, False, self._root, modifiers, code, _ASYNC, _ASYNC
        )
        error = self._xcb.xcb_request_check(self._connection, cookie)
        free(error)
        return error is None

    def _read(self) -> None:
        while address := self._xcb.xcb_poll_for_event(self._connection):
            event = _KeyEvent.from_buffer_copy(ctypes.string_at(address, ctypes.sizeof(_KeyEvent)))
            free(address)
            if event.kind == _KEY_RELEASE:
                self._released_at[event.code] = event.time
            # Ignore auto-repeat, which sends a release and a press with the same time.
            elif event.kind == _KEY_PRESS and self._released_at.get(event.code) != event.time:
                keys = self._registered.get((event.code, event.state & sum(_MODIFIERS.values())))
                if keys is not None:
                    self._pressed(keys)


def _mask(keys: QKeyCombination) -> int:
    return sum(mask for modifier, mask in _MODIFIERS.items() if keys.keyboardModifiers() & modifier)


def _keysym(key: Qt.Key) -> int:
    """X11 keysym of a Qt key; for Latin-1 both are the character codes, with lower-case letters in X11."""
    if key.value <= 0xFF:
        return ord(chr(key.value).lower())
    if Qt.Key.Key_F1.value <= key.value <= Qt.Key.Key_F35.value:
        return _F1_KEYSYM + key.value - Qt.Key.Key_F1.value
    return 0


@cache
def _libraries() -> tuple[ctypes.CDLL, ctypes.CDLL]:
    """The XCB and xcb-keysyms libraries, which Qt needs on X11, too."""
    library, keysyms = xcb(), ctypes.CDLL("libxcb-keysyms.so.1")
    library.xcb_setup_roots_iterator.argtypes = [c_void_p]
    library.xcb_setup_roots_iterator.restype = _Screens
    library.xcb_get_file_descriptor.argtypes = [c_void_p]
    library.xcb_grab_key_checked.argtypes = [
        c_void_p, c_uint8, c_uint32, c_uint16, c_uint8, c_uint8, c_uint8
    ]  # fmt: skip
    library.xcb_grab_key_checked.restype = Cookie
    library.xcb_ungrab_key.argtypes = [c_void_p, c_uint8, c_uint32, c_uint16]
    library.xcb_ungrab_key.restype = Cookie
    library.xcb_poll_for_event.argtypes, library.xcb_poll_for_event.restype = [c_void_p], c_void_p
    library.xcb_flush.argtypes = [c_void_p]
    keysyms.xcb_key_symbols_alloc.argtypes, keysyms.xcb_key_symbols_alloc.restype = [c_void_p], c_void_p
    keysyms.xcb_key_symbols_get_keycode.argtypes = [c_void_p, c_uint32]
    keysyms.xcb_key_symbols_get_keycode.restype = POINTER(c_uint8)
    return library, keysyms
