"""Lists the files of a dataset folder. Links to folders are followed: the seed layouts consist of them."""

from __future__ import annotations

import errno
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

PICTURE_SUFFIXES = frozenset({".png"})

_MACOS_METADATA = ("._", ".DS_Store", "__MACOSX")
"""Prefixes of files that macOS adds to folders and archives; they are never recordings."""

_UNICODE_SPACES = "\u00a0\u200b\u3000\ufeff"


def files_below(folder: Path, ancestors: frozenset[Path] = frozenset()) -> Iterator[Path]:
    """All files below the folder, sorted by name; links back to one of the `ancestors` are skipped."""
    real = folder.resolve()
    if real in ancestors or not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        every = sorted((entry.name, entry.is_dir()) for entry in entries)
    for name, is_folder in every:
        if name.startswith(_MACOS_METADATA):
            continue
        if is_folder:
            yield from files_below(folder / name, ancestors | {real})
        else:
            yield folder / name


def pictures_in(folder: Path) -> list[Path]:
    """The images of a clip in natural order: 2.png before 10.png."""
    found = (path for path in folder.iterdir() if path.suffix.lower() in PICTURE_SUFFIXES)
    usable = (path for path in found if not path.name.startswith(_MACOS_METADATA))
    return sorted(usable, key=_natural_key)


def read_picture(path: Path, most_bytes: int = -1) -> bytes:
    """Content of an image file, up to `most_bytes`. OSError, also for folders and pipes that could block."""
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "not a regular file", str(path))
    # On Windows OpenCV cannot open paths outside the code page.
    with path.open("rb") as file:
        return file.read(most_bytes)


def readable_name(name: str) -> str:
    """A file name in NFC; names that are not UTF-8 are decoded as CP949 (Korean Windows)."""
    try:
        name.encode()
    except UnicodeEncodeError:
        name = os.fsencode(name).decode("cp949", "replace")
    return unicodedata.normalize("NFC", name)


def resolve_path(folder: Path, text: str) -> Path:
    """The file or folder that a table cell refers to, whatever program wrote the table.

    Backslashes, surrounding spaces, Unicode normalisation and case are ignored if the match is unique.
    A path that does not exist is returned unchanged.
    """
    text = text.strip().strip(_UNICODE_SPACES).strip()
    written = folder / text
    if exists(written) or not text:
        return written
    place = folder
    for part in PurePosixPath(text.replace("\\", "/")).parts:
        place = place / part if part in ("/", "..") or exists(place / part) else _similar_entry(place, part)
    return place if exists(place) else written


def _similar_entry(folder: Path, name: str) -> Path:
    """The only entry of the folder with this name up to normalisation and case."""
    try:
        names = os.listdir(folder)
    except OSError:
        return folder / name
    for key in (readable_name, lambda name: readable_name(name).casefold().strip()):
        found = [entry for entry in names if key(entry) == key(name)]
        if len(found) == 1:
            return folder / found[0]
    return folder / name


def exists(path: Path) -> bool:
    """Whether there is such a file; unlike `Path.exists`, False for an impossible name."""
    try:
        return path.exists()
    except (OSError, ValueError):  # The path is too long or has a null byte.
        return False


def _natural_key(path: Path) -> tuple[list[tuple[int, str]], str]:
    parts: Iterable[str] = re.split(r"(\d+)", path.stem)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts], path.name
