"""Messages of the lower layers, in the user's language."""

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
"""Words for how things are, as sentences."""

_WHERE = "{path}: "


def message_text(message: str | UserError) -> str:
    """The message translated first and filled afterwards, so that values stay as they are."""
    if isinstance(message, str):
        return QCoreApplication.translate("errors", _STATES.get(message, message))
    where, template = "", message.template
    if template.startswith(_WHERE):
        # Which file an error is in comes before the error's own words.
        where, template = _WHERE, template.removeprefix(_WHERE)
    values = {name: _value(value) for name, value in message.values.items()}
    return (where + QCoreApplication.translate("errors", template)).format(**values)


def _value(value: object) -> object:
    """A reason, or what should stand at a place of a grammar, is in the lists; other values are in none."""
    return QCoreApplication.translate("errors", value) if isinstance(value, str) else value
