"""Hotkeys on Windows: RegisterHotKey, which posts messages to this thread. Untested."""

from __future__ import annotations

import ctypes
from ctypes.wintypes import MSG

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QKeyCombination, Qt

from klipnet_live.ui.hotkeys.base import Pressed

_WM_HOTKEY = 0x0312
_NO_REPEAT = 0x4000
_MODIFIERS = {
    Qt.KeyboardModifier.AltModifier: 1,
    Qt.KeyboardModifier.ControlModifier: 2,
    Qt.KeyboardModifier.ShiftModifier: 4,
    Qt.KeyboardModifier.MetaModifier: 8,
}
_VK_F1 = 0x70


class WindowsGrabber(QAbstractNativeEventFilter):
    """Identifies each hotkey to Windows by a number from 1."""

    def __init__(self, pressed: Pressed) -> None:
        super().__init__()
        self._pressed = pressed
        self._user32 = ctypes.CDLL("user32")
        self._registered: list[QKeyCombination] = []
        application = QCoreApplication.instance()
        assert application is not None
        application.installNativeEventFilter(self)

    def grab(self, keys: QKeyCombination) -> bool:
        modifiers = sum(mask for modifier, mask in _MODIFIERS.items() if keys.keyboardModifiers() & modifier)
        code, number = virtual_key(keys.key()), len(self._registered) + 1
        if not code or not self._user32.RegisterHotKey(None, number, modifiers | _NO_REPEAT, code):
            return False
        self._registered.append(keys)
        return True

    def release(self) -> None:
        for number, _ in enumerate(self._registered, 1):
            self._user32.UnregisterHotKey(None, number)
        self._registered.clear()

    def nativeEventFilter(self, _kind: QByteArray | bytes | bytearray | memoryview, address: int) -> object:
        message = MSG.from_address(int(address))
        ours = message.message == _WM_HOTKEY and 1 <= message.wParam <= len(self._registered)
        if ours:
            self._pressed(self._registered[message.wParam - 1])
        return ours, 0


def virtual_key(key: Qt.Key) -> int:
    """Virtual key code of letters, digits and function keys; 0 for others, which depend on the layout."""
    if Qt.Key.Key_F1.value <= key.value <= Qt.Key.Key_F24.value:
        return _VK_F1 + key.value - Qt.Key.Key_F1.value
    return key.value if key.value < 0x80 and chr(key.value).isalnum() else 0
