"""Korean messages, from the translations of the window."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from functools import cache
from pathlib import Path

import klipnet_live

KOREAN = Path(klipnet_live.__file__).parent / "ui" / "text" / "translations" / "klipnet_ko.ts"

CONTEXT = "errors"


@cache
def korean_messages() -> dict[str, str]:
    """Maps English message templates to Korean ones."""
    found = {}
    for context in ElementTree.parse(KOREAN).getroot().iter("context"):
        if context.findtext("name") == CONTEXT:
            for message in context.iter("message"):
                found[message.findtext("source") or ""] = message.findtext("translation") or ""
    return found
