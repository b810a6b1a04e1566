"""Messages of the lower layers, in the user's language."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from klipnet_live.types import UserError

_STATES = {
    "ended": str(QT_TRANSLATE_NOOP("errors", "The source has ended.")),
}
"""Words in which the pipeline says how it is, as sentences."""


def message_text(message: str | UserError) -> str:
    """The message translated first and filled afterwards, so that values stay as they are."""
    if isinstance(message, str):
        return QCoreApplication.translate("errors", _STATES.get(message, message))
    return QCoreApplication.translate("errors", message.template).format(**message.values)
