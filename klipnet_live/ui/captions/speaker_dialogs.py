"""Asking for a speaker's name and colour."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QColorDialog, QWidget

from klipnet_live.ui.captions.speakers import SpeakerBook
from klipnet_live.ui.look.tokens import Theme
from klipnet_live.ui.widgets.plain import ask_text


def ask_name(parent: QWidget, speakers: SpeakerBook, speaker: str) -> None:
    """Lets the user name the speaker; an empty name goes back to the number."""
    translate = QCoreApplication.translate
    name = ask_text(
        parent,
        translate("SpeakerDialogs", "Name the speaker"),
        translate("SpeakerDialogs", "Name of {speaker}:").format(speaker=speakers.name(speaker)),
        speakers.name(speaker),
    )
    if name is not None:
        speakers.rename(speaker, name)


def ask_colour(parent: QWidget, speakers: SpeakerBook, speaker: str, theme: Theme) -> None:
    """Lets the user choose a colour; it is darkened or lightened where it could not be read."""
    title = QCoreApplication.translate("SpeakerDialogs", "Colour of {speaker}").format(
        speaker=speakers.name(speaker)
    )
    colour = QColorDialog.getColor(speakers.colour(speaker, theme), parent, title)
    if colour.isValid():
        speakers.recolour(speaker, colour)
