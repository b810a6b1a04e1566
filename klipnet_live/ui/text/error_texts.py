"""Translates messages of the lower layers."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from klipnet_live.types import UserError

NO_CAMERA, ENDED = "no camera", "ended"

_STATES = {
    ENDED: str(QT_TRANSLATE_NOOP("errors", "The source has ended.")),
    NO_CAMERA: str(
        QT_TRANSLATE_NOOP("errors", "No camera was found. Watch the demo video, or choose another source.")
    ),
}
"""Messages for pipeline states."""

_WHERE = "{path}: "


def message_text(message: str | UserError) -> str:
    """Translate a message's template, then insert its values."""
    if isinstance(message, str):
        return QCoreApplication.translate("errors", _STATES.get(message, message))
    where, template = "", message.template
    if template.startswith(_WHERE):
        # A leading path is not part of the translated template.
        where, template = _WHERE, template.removeprefix(_WHERE)
    values = {name: _value(value) for name, value in message.values.items()}
    return (where + QCoreApplication.translate("errors", template)).format(**values)


def _value(value: object) -> object:
    """Translate a value if it is a known reason or grammar term; other values stay unchanged."""
    return QCoreApplication.translate("errors", value) if isinstance(value, str) else value
