"""Sanitising text from outside (titles, file names, captions) for terminals, files and names."""

from __future__ import annotations

import re
import sys
import unicodedata
from typing import Final, TextIO

_BLANKS: Final = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")

# Control codes (cursor movement), bidirectional formatting (reorders the display), and lone surrogates (file
# names that are not valid Unicode, which cannot be encoded).
_UNSAFE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)

_NO_FILE_NAME: Final = re.compile(r'[\\/:*?"<>|]+')

_DEVICES: Final = re.compile(
    r"(CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³]|CONIN\$|CONOUT\$)\s*(\.|$)", re.IGNORECASE
)
"""Reserved names on Windows, with any extension."""

MAX_NAME_BYTES: Final = 255
"""Maximum length of a file name in bytes on all common file systems."""


def one_line(text: object) -> str:
    """The text in one line, with control codes and bidirectional formatting replaced."""
    return _UNSAFE.sub("\ufffd", _BLANKS.sub(" ", str(text)))


def say(text: object, stream: TextIO | None = None) -> None:
    """Print one line, on stdout unless another stream is given. Raises OSError."""
    print(one_line(text), file=stream or sys.stdout, flush=True)


def agrees(question: str) -> bool:
    """Ask a yes/no question in the terminal. No is the default, also at the end of the input."""
    try:
        return input(f"{one_line(question)} [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False


def utf8(text: str) -> bytes:
    """UTF-8 bytes of a text; lone surrogates become question marks."""
    return text.encode("utf-8", "replace")


def shortened(name: str, bytes_: int) -> str:
    """The longest beginning of a name with at most `bytes_` bytes, without splitting a character."""
    return utf8(name)[:bytes_].decode("utf-8", "ignore")


def file_name(text: str, default: str, ending: str = "") -> str:
    """A text as a valid file name on every system, followed by `ending`; never a path.

    `default`: used if nothing of the text remains.
    """
    plain = unicodedata.normalize("NFC", _NO_FILE_NAME.sub(" ", one_line(text).replace("\ufffd", " ")))
    name = shortened(" ".join(plain.split()).strip(" ."), MAX_NAME_BYTES - len(utf8(ending)) - 40).strip(" .")
    return (f"_{name}" if _DEVICES.match(name) else name or default) + ending
