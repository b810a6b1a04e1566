"""Hotkeys on macOS: Carbon's RegisterEventHotKey, which asks for no permission. Untried."""

from __future__ import annotations

import ctypes
from ctypes import POINTER, Structure, byref, c_int32, c_uint32, c_ulong, c_void_p, sizeof

from PySide6.QtCore import QKeyCombination, Qt

from klipnet_live.ui.hotkeys.base import Pressed

FRAMEWORK = "/System/Library/Frameworks/Carbon.framework/Carbon"

# Qt calls the command key Control on macOS, and the control key Meta.
_MODIFIERS = {
    Qt.KeyboardModifier.ControlModifier: 1 << 8,
    Qt.KeyboardModifier.ShiftModifier: 1 << 9,
    Qt.KeyboardModifier.AltModifier: 1 << 11,
    Qt.KeyboardModifier.MetaModifier: 1 << 12,
}
_KEYS = "ASDFHGZXCV§BQWERYT123465=97-80]OU[IP\rLJ'K;\\,/NM."
"""Each at its code (kVK_ANSI_A and so on in Events.h)."""

_FUNCTION_KEYS = (122, 120, 99, 118, 96, 97, 98, 100, 101, 109, 103, 111)
"""Codes of F1 to F12."""

_KEYBOARD, _PRESSED, _DIRECT_OBJECT, _HOTKEY_ID = 0x6B657962, 5, 0x2D2D2D2D, 0x686B6964
_HANDLER = ctypes.CFUNCTYPE(c_int32, c_void_p, c_void_p, c_void_p)


class _HotkeyId(Structure):
    _fields_ = (("signature", c_uint32), ("number", c_uint32))


class _EventType(Structure):
    _fields_ = (("kind", c_uint32), ("event", c_uint32))


class MacGrabber:
    """Each key is known to Carbon by a number, its place in the list of those that are held."""

    def __init__(self, pressed: Pressed) -> None:
        self._pressed = pressed
        self._carbon = _carbon()
        self._held: list[tuple[QKeyCombination, c_void_p]] = []
        self._target = self._carbon.GetEventDispatcherTarget()
        # Carbon keeps no reference to either.
        self._handler = _HANDLER(self._handle)
        self._type = _EventType(_KEYBOARD, _PRESSED)
        self._carbon.InstallEventHandler(self._target, self._handler, 1, byref(self._type), None, None)

    def grab(self, keys: QKeyCombination) -> bool:
        code = key_code(keys.key())
        if code is None:
            return False
        wanted = sum(mask for modifier, mask in _MODIFIERS.items() if keys.keyboardModifiers() & modifier)
        name, reference = _HotkeyId(_KEYBOARD, len(self._held)), c_void_p()
        if self._carbon.RegisterEventHotKey(code, wanted, name, self._target, 0, byref(reference)):
            return False
        self._held.append((keys, reference))
        return True

    def release(self) -> None:
        for _, reference in self._held:
            self._carbon.UnregisterEventHotKey(reference)
        self._held.clear()

    def _handle(self, _call: int, event: int, _data: int) -> int:
        name = _HotkeyId()
        self._carbon.GetEventParameter(
            event, _DIRECT_OBJECT, _HOTKEY_ID, None, sizeof(name), None, byref(name)
        )
        if name.number < len(self._held):
            self._pressed(self._held[name.number][0])
        return 0


def key_code(key: Qt.Key) -> int | None:
    """The code of the key on an ANSI keyboard; None for keys that are not in the tables."""
    function = key.value - Qt.Key.Key_F1.value
    if 0 <= function < len(_FUNCTION_KEYS):
        return _FUNCTION_KEYS[function]
    code = _KEYS.find(chr(key.value)) if key.value < 0x80 else -1
    return code if code >= 0 else None


def _carbon() -> ctypes.CDLL:
    carbon = ctypes.CDLL(FRAMEWORK)
    carbon.GetEventDispatcherTarget.restype = c_void_p
    carbon.InstallEventHandler.argtypes = [
        c_void_p, _HANDLER, c_ulong, POINTER(_EventType), c_void_p, c_void_p
    ]  # fmt: skip
    carbon.RegisterEventHotKey.argtypes = [
        c_uint32, c_uint32, _HotkeyId, c_void_p, c_uint32, POINTER(c_void_p)
    ]  # fmt: skip
    carbon.UnregisterEventHotKey.argtypes = [c_void_p]
    carbon.GetEventParameter.argtypes = [
        c_void_p, c_uint32, c_uint32, c_void_p, c_ulong, c_void_p, c_void_p
    ]  # fmt: skip
    return carbon
