"""Translates messages of the lower layers. `scripts/translations.py` collects them from the sources."""

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

SYSTEM_REASONS = (
    QT_TRANSLATE_NOOP("errors", "Address already in use"),
    QT_TRANSLATE_NOOP("errors", "File name too long"),
    QT_TRANSLATE_NOOP("errors", "Input/output error"),
    QT_TRANSLATE_NOOP("errors", "Is a directory"),
    QT_TRANSLATE_NOOP("errors", "No such file or directory"),
    QT_TRANSLATE_NOOP("errors", "No space left on device"),
    QT_TRANSLATE_NOOP("errors", "Not a directory"),
    QT_TRANSLATE_NOOP("errors", "Permission denied"),
    QT_TRANSLATE_NOOP("errors", "Read-only file system"),
)
"""Reasons that POSIX systems give in English, whatever their language; Windows gives its own."""

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
