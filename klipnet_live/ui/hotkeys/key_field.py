"""An input field for a hotkey."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from klipnet_live.ui.hotkeys.rules import Refusal, refusal
from klipnet_live.ui.widgets.announcer import announce

_MODIFIER_KEYS = (
    Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr,
    Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_Hangul, Qt.Key.Key_unknown,
)  # fmt: skip
"""Keys that are only part of a combination."""


class KeyField(QLineEdit):
    """Records the pressed keys, unless other programs need them. Backspace clears, Tab moves the focus."""

    changed = Signal(str)
    """The new hotkey as portable text; empty: none."""

    refused = Signal(str)
    """Why the pressed keys were refused; empty: the message is obsolete."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self._keys = QKeySequence()
        self._retranslate()

    @property
    def keys(self) -> str:
        return self._keys.toString(QKeySequence.SequenceFormat.PortableText)

    def set_keys(self, keys: str) -> None:
        """Show a hotkey without emitting `changed`."""
        self._keys = QKeySequence(keys, QKeySequence.SequenceFormat.PortableText)
        self.setText(self._keys.toString(QKeySequence.SequenceFormat.NativeText))

    def event(self, event: QEvent) -> bool:
        """Suppress the window's shortcuts while a hotkey is being entered."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _MODIFIER_KEYS:
            return
        if event.modifiers() == Qt.KeyboardModifier.NoModifier:
            if key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
                self._set("")
                return
            if key in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                event.ignore()
                return
        keys = QKeyCombination(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, key)
        if (reason := refusal(keys)) is not None:
            self._refuse(reason, keys)
        else:
            self._set(QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.refused.emit("")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _set(self, keys: str) -> None:
        self.refused.emit("")
        self.set_keys(keys)
        self.changed.emit(keys)

    def _refuse(self, reason: Refusal, keys: QKeyCombination) -> None:
        shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        texts = {
            "no modifier": self.tr("{keys} alone is needed for typing: add Ctrl, Alt or Super."),
            "needed elsewhere": self.tr(
                "{keys} is used by the desktop or other programs: choose other keys."
            ),
        }
        message = texts[reason].format(keys=shown)
        self.refused.emit(message)
        announce(self, message)

    def _retranslate(self) -> None:
        self.setPlaceholderText(self.tr("Press keys, such as Ctrl+Alt+C"))
