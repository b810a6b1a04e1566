"""Titles that the app gave to sessions, in the language of the window; titles of people stay as they are."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

from klipnet_live.transcripts.session_file import Header
from klipnet_live.ui.sources.catalogue import demo_videos
from klipnet_live.ui.text.language import LANGUAGES

_REGION = re.compile(r"screen:-?\d+,-?\d+,(?P<width>\d+),(?P<height>\d+)")


def shown_title(header: Header) -> str:
    """Of a region or a demo: its name was written down in the language that the window had then.

    What the name ends in, the size or the language spoken, is the same in all of them.
    """
    translate = QCoreApplication.translate
    if region := _REGION.fullmatch(header.source):
        if header.title.endswith("({width} × {height})".format(**region.groupdict())):
            text = translate("SourcePicker", "Region of the screen ({width} × {height})")
            return text.format(**region.groupdict())
    elif (spoken := demo_videos().get(header.source)) and header.title.endswith(f" ({LANGUAGES[spoken]})"):
        return translate("SourceEntries", "Demo ({language})").format(language=LANGUAGES[spoken])
    return header.title
