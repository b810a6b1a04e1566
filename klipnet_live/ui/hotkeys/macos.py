"""Hotkeys on macOS: Carbon's RegisterEventHotKey, which needs no permission. Untested."""

from __future__ import annotations

import ctypes
from ctypes import POINTER, Structure, byref, c_int32, c_uint32, c_ulong, c_void_p, sizeof

from PySide6.QtCore import QKeyCombination, Qt

from klipnet_live.ui.hotkeys.base import Pressed

FRAMEWORK = "/System/Library/Frameworks/Carbon.framework/Carbon"

# On macOS Qt calls the Command key Control, and the Control key Meta.
_MODIFIERS = {
    Qt.KeyboardModifier.ControlModifier: 1 << 8,
    Qt.KeyboardModifier.ShiftModifier: 1 << 9,
    Qt.KeyboardModifier.AltModifier: 1 << 11,
    Qt.KeyboardModifier.MetaModifier: 1 << 12,
}
_KEYS = "ASDFHGZXCV§BQWERYT123465=97-80]OU[IP\rLJ'K;\\,/NM."
"""Each key at the index of its virtual key code (kVK_ANSI_A etc. in Events.h)."""

_FUNCTION_KEYS = (122, 120, 99, 118, 96, 97, 98, 100, 101, 109, 103, 111)
"""Virtual key codes of F1 to F12."""

_KEYBOARD, _PRESSED, _DIRECT_OBJECT, _HOTKEY_ID = 0x6B657962, 5, 0x2D2D2D2D, 0x686B6964
_HANDLER = ctypes.CFUNCTYPE(c_int32, c_void_p, c_void_p, c_void_p)


class _HotkeyId(Structure):
    _fields_ = (("signature", c_uint32), ("number", c_uint32))


class _EventType(Structure):
    _fields_ = (("kind", c_uint32), ("event", c_uint32))


class MacGrabber:
    """Identifies each hotkey to Carbon by its index in the list of registered hotkeys."""

    def __init__(self, pressed: Pressed) -> None:
        self._pressed = pressed
        self._carbon = _carbon()
        self._registered: list[tuple[QKeyCombination, c_void_p]] = []
        self._target = self._carbon.GetEventDispatcherTarget()
        # Keep references: Carbon does not.
        self._handler = _HANDLER(self._handle)
        self._type = _EventType(_KEYBOARD, _PRESSED)
        self._carbon.InstallEventHandler(self._target, self._handler, 1, byref(self._type), None, None)

    def grab(self, keys: QKeyCombination) -> bool:
        code = key_code(keys.key())
        if code is None:
            return False
        modifiers = sum(mask for modifier, mask in _MODIFIERS.items() if keys.keyboardModifiers() & modifier)
        name, reference = _HotkeyId(_KEYBOARD, len(self._registered)), c_void_p()
        if self._carbon.RegisterEventHotKey(code, modifiers, name, self._target, 0, byref(reference)):
            return False
        self._registered.append((keys, reference))
        return True

    def release(self) -> None:
        for _, reference in self._registered:
            self._carbon.UnregisterEventHotKey(reference)
        self._registered.clear()

    def _handle(self, _call: int, event: int, _data: int) -> int:
        name = _HotkeyId()
        self._carbon.GetEventParameter(
            event, _DIRECT_OBJECT, _HOTKEY_ID, None, sizeof(name), None, byref(name)
        )
        if name.number < len(self._registered):
            self._pressed(self._registered[name.number][0])
        return 0


def key_code(key: Qt.Key) -> int | None:
    """Virtual key code on an ANSI keyboard; None for unknown keys."""
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
