"""Text that comes from outside (titles, file names, captions, tables) made safe for where it goes."""

from __future__ import annotations

import re
import sys
import unicodedata
from typing import Final, TextIO

_BLANKS: Final = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")

# Control codes move the cursor and worse, marks of direction show a text in another order than it has, and
# halves of characters (names of files that are no Unicode) cannot be written at all.
_UNSAFE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)

_NO_FILE_NAME: Final = re.compile(r'[\\/:*?"<>|]+')

_DEVICES: Final = re.compile(
    r"(CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³]|CONIN\$|CONOUT\$)\s*(\.|$)", re.IGNORECASE
)
"""Names that Windows keeps for itself, with any ending."""

LONGEST_NAME: Final = 255
"""Bytes of a file's name, on all common file systems."""


def one_line(text: object) -> str:
    """The text in one line that no terminal obeys: control codes and marks of direction are replaced."""
    return _UNSAFE.sub("\ufffd", _BLANKS.sub(" ", str(text)))


def say(text: object, stream: TextIO | None = None) -> None:
    """Print one line, on stdout unless another stream is given. Raises OSError."""
    print(one_line(text), file=stream or sys.stdout, flush=True)


def utf8(text: str) -> bytes:
    """The bytes of a text, with question marks for halves of characters."""
    return text.encode("utf-8", "replace")


def shortened(name: str, bytes_: int) -> str:
    """The beginning of a name that takes at most so many bytes, cut between two characters."""
    return utf8(name)[:bytes_].decode("utf-8", "ignore")


def file_name(text: str, default: str, ending: str = "") -> str:
    """A text as the name of a file in every system, never a path: `ending` follows it whole.

    `default` is taken where nothing is left of the text.
    """
    plain = unicodedata.normalize("NFC", _NO_FILE_NAME.sub(" ", one_line(text).replace("\ufffd", " ")))
    name = shortened(" ".join(plain.split()).strip(" ."), LONGEST_NAME - len(utf8(ending)) - 40).strip(" .")
    return (f"_{name}" if _DEVICES.match(name) else name or default) + ending
