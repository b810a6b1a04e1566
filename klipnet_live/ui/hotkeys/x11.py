"""Hotkeys on X11: passive grabs of the root window, over a connection of their own.

XCB tells of a refused grab by its answer; Xlib would end the program unless it took over a handler that
belongs to everybody in it.
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
"""A grab holds for exactly its modifiers, and locks count as such."""

_KEY_PRESS, _KEY_RELEASE = 2, 3
_ASYNC = 1
_F1_KEYSYM = 0xFFBE


class _Screens(Structure):
    """xcb_screen_iterator_t; each screen begins with the id of its root window."""

    _fields_ = (("data", POINTER(c_uint32)), ("rest", c_int), ("index", c_int))


class _KeyEvent(Structure):
    """The beginning of xcb_key_press_event_t, up to `state`."""

    _fields_ = (
        ("kind", c_uint8), ("code", c_uint8), ("sequence", c_uint16), ("time", c_uint32),
        ("windows", c_uint32 * 3), ("places", c_uint16 * 4), ("state", c_uint16),
    )  # fmt: skip


class X11Grabber(QObject):
    """`display`: None is the one of this desktop."""

    def __init__(self, pressed: Pressed, display: str | None = None) -> None:
        super().__init__()
        self._pressed = pressed
        self._xcb, self._keysyms = _libraries()
        self._connection = self._xcb.xcb_connect(None if display is None else display.encode(), None)
        self._root = self._xcb.xcb_setup_roots_iterator(self._xcb.xcb_get_setup(self._connection)).data[0]
        self._symbols = self._keysyms.xcb_key_symbols_alloc(self._connection)
        self._held: dict[tuple[int, int], QKeyCombination] = {}
        self._released_at: dict[int, int] = {}
        self._notifier = QSocketNotifier(
            self._xcb.xcb_get_file_descriptor(self._connection), QSocketNotifier.Type.Read, self
        )
        self._notifier.activated.connect(self._read)

    def grab(self, keys: QKeyCombination) -> bool:
        code, modifiers = self._code(keys.key()), _mask(keys)
        if not code or not all(self._taken(code, modifiers | lock) for lock in _LOCKS):
            return False
        self._held[code, modifiers] = keys
        return True

    def release(self) -> None:
        for code, modifiers in self._held:
            for lock in _LOCKS:
                self._xcb.xcb_ungrab_key(self._connection, code, self._root, modifiers | lock)
        self._held.clear()
        self._xcb.xcb_flush(self._connection)

    def _code(self, key: Qt.Key) -> int:
        """The key's number on this keyboard; 0 where it is not there."""
        codes = self._keysyms.xcb_key_symbols_get_keycode(self._symbols, _keysym(key))
        code = codes[0] if codes else 0
        free(codes)
        return int(code)

    def _taken(self, code: int, modifiers: int) -> bool:
        asked = self._xcb.xcb_grab_key_checked(
            self._connection, False, self._root, modifiers, code, _ASYNC, _ASYNC
        )
        refusal = self._xcb.xcb_request_check(self._connection, asked)
        free(refusal)
        return refusal is None

    def _read(self) -> None:
        while address := self._xcb.xcb_poll_for_event(self._connection):
            event = _KeyEvent.from_buffer_copy(ctypes.string_at(address, ctypes.sizeof(_KeyEvent)))
            free(address)
            if event.kind == _KEY_RELEASE:
                self._released_at[event.code] = event.time
            # A key that is held repeats itself: it comes up and goes down in the same moment.
            elif event.kind == _KEY_PRESS and self._released_at.get(event.code) != event.time:
                keys = self._held.get((event.code, event.state & sum(_MODIFIERS.values())))
                if keys is not None:
                    self._pressed(keys)


def _mask(keys: QKeyCombination) -> int:
    return sum(mask for modifier, mask in _MODIFIERS.items() if keys.keyboardModifiers() & modifier)


def _keysym(key: Qt.Key) -> int:
    """X11's number of a key; Latin-1 has its own codes in both worlds, letters are small in X11."""
    if key.value <= 0xFF:
        return ord(chr(key.value).lower())
    if Qt.Key.Key_F1.value <= key.value <= Qt.Key.Key_F35.value:
        return _F1_KEYSYM + key.value - Qt.Key.Key_F1.value
    return 0


@cache
def _libraries() -> tuple[ctypes.CDLL, ctypes.CDLL]:
    """XCB and its table of keys, both of which Qt needs on X11 too."""
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
