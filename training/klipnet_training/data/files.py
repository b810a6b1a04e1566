"""Files of a dataset folder, links to other folders included: the seeds' layouts are made of such links."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

VIDEO_SUFFIXES = frozenset(
    f".{ending}"
    for ending in "mpg mpeg mp4 m4v avi mov mkv webm ts mts m2ts wmv flv 3gp mxf".split()  # noqa: SIM905
)
PICTURE_SUFFIXES = frozenset({".png"})

_OF_MACOS = ("._", ".DS_Store", "__MACOSX")
"""Begin the names of what macOS adds to folders and archives: no recordings, whatever their endings."""

_FULL_WIDTH_BLANKS = "\u00a0\u200b\u3000\ufeff"


def files_below(folder: Path, above: frozenset[Path] = frozenset()) -> Iterator[Path]:
    """All files in the order of their names; a link back to a folder `above` leads nowhere."""
    real = folder.resolve()
    if real in above or not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        every = sorted((entry.name, entry.is_dir()) for entry in entries)
    for name, is_folder in every:
        if name.startswith(_OF_MACOS):
            continue
        if is_folder:
            yield from files_below(folder / name, above | {real})
        else:
            yield folder / name


def is_video(path: Path) -> bool:
    """Whether a file's name says that it is a video."""
    return path.suffix.lower() in VIDEO_SUFFIXES


def pictures_in(folder: Path) -> list[Path]:
    """The pictures of a clip, in the order in which people count: 2.png before 10.png."""
    found = (path for path in folder.iterdir() if path.suffix.lower() in PICTURE_SUFFIXES)
    return sorted((path for path in found if not path.name.startswith(_OF_MACOS)), key=_as_counted)


def readable_name(name: str) -> str:
    """A file's name as it was meant: composed letters, and CP949 of a Korean Windows if it is no UTF-8."""
    try:
        name.encode()
    except UnicodeEncodeError:
        name = os.fsencode(name).decode("cp949", "replace")
    return unicodedata.normalize("NFC", name)


def located(folder: Path, text: str) -> Path:
    """The file or folder that a cell of a table means, whatever program wrote the table.

    Back-slashes, blanks around it, another way to write the same Hangul, and capitals make no difference
    where only one file can be meant. A path that is not there comes as it is written.
    """
    text = text.strip().strip(_FULL_WIDTH_BLANKS).strip()
    written = folder / text
    if _exists(written) or not text:
        return written
    place = folder
    for part in PurePosixPath(text.replace("\\", "/")).parts:
        place = place / part if part in ("/", "..") or _exists(place / part) else _alike(place, part)
    return place if _exists(place) else written


def _alike(folder: Path, name: str) -> Path:
    """The one entry of a folder that is called so, but for its writing."""
    try:
        names = os.listdir(folder)
    except OSError:
        return folder / name
    for key in (readable_name, lambda name: readable_name(name).casefold().strip()):
        found = [entry for entry in names if key(entry) == key(name)]
        if len(found) == 1:
            return folder / found[0]
    return folder / name


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # Too long, or with a zero byte.
        return False


def _as_counted(path: Path) -> tuple[list[tuple[int, str]], str]:
    parts: Iterable[str] = re.split(r"(\d+)", path.stem)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts], path.name
