"""Format of a folder of recordings, written by the app and read by the training tools.

A tab-separated table lists the clips with speaker and text. An `.align` file, as in the GRID corpus, gives
the times of the words of a clip.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from klipnet_live.atomic_file import write_atomically
from klipnet_live.plain_text import utf8
from klipnet_live.types import UserError

TABLE: Final = "transcripts.tsv"
"""Default table of a folder."""

COLUMNS: Final = ("path", "speaker", "split", "text", "session", "align")
"""`path` and `align` are relative to the folder. Only `path` is required; others may be missing or empty."""

TableRow = dict[str, str]
"""Cells by column; empty cells are omitted."""

UNITS_PER_FRAME: Final = 1000
"""Times in an `.align` file are thousandths of a frame at 25 fps."""

SILENCE: Final = "sil"
PAUSE: Final = "sp"
"""Labels of an alignment that are not words: around a sentence, and within it."""

WHOLE_SENTENCE: Final = "*"
"""As the only label: start and end of the sentence are known, but not the times of its words."""

MIN_SENTENCES: Final = 10
"""Different sentences that adapting a model needs; fewer leave too little to train on and to compare."""

_MAX_BYTES = 1 << 30

_BREAKS = re.compile("[\t\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]+")
"""Characters that would end a cell or a row."""


@dataclass(frozen=True, slots=True)
class AlignedWord:
    """A spoken word, or another label of an alignment; frames are fractional, at 25 fps."""

    text: str
    start_frame: float
    end_frame: float


def read_table(path: Path, *, tidy: bool = True) -> Iterator[TableRow]:
    """Rows of a table.

    Accepts the encodings of Excel and Notepad: a byte order mark, or UTF-16. `tidy`: strip white space and
    quotes added by spreadsheets, and convert column names to lower case; otherwise rows can be written back
    unchanged. Raises OSError, and UserError if the file is not a text table.
    """
    lines = _text_of(path).splitlines(keepends=True)
    clean = _tidy if tidy else _as_it_is
    try:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            cells = ((clean(key), clean(value)) for key, value in row.items() if key and value)
            yield {key.lower() if tidy else key: value for key, value in cells if key and value}
    except csv.Error as error:
        raise UserError(
            "Cannot read {path} as a table ({reason}). Write one row per clip, with tabs between cells.",
            path=path,
            reason=error,
        ) from error


def write_table(
    path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]], *, private: bool = False
) -> None:
    """Write a table atomically. Raises OSError."""
    lines = [columns, *([row.get(column, "") for column in columns] for row in rows)]
    text = "".join("\t".join(_BREAKS.sub(" ", cell) for cell in cells) + "\n" for cells in lines)
    write_atomically(path, utf8(text), private=private)


def write_alignment(path: Path, labels: Iterable[AlignedWord], *, private: bool = False) -> None:
    """Write an `.align` file; `labels` includes silences. Raises OSError."""
    lines = (f"{_units(one.start_frame)} {_units(one.end_frame)} {one.text}\n" for one in labels)
    write_atomically(path, "".join(lines).encode(), durable=private, private=private)


def with_silence(words: Sequence[AlignedWord], frames: float) -> list[AlignedWord]:
    """The words of a sentence with the silence before and after them, in a clip of `frames` frames."""
    before = AlignedWord(SILENCE, 0, words[0].start_frame)
    return [before, *words, AlignedWord(SILENCE, words[-1].end_frame, frames)]


def _units(frame: float) -> int:
    return round(frame * UNITS_PER_FRAME)


def _text_of(path: Path) -> str:
    with path.open("rb") as file:
        data = file.read(_MAX_BYTES)
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        # Writing the table back would lose undecodable characters.
        raise UserError("{path} is not UTF-8 text. Save it as UTF-8.", path=path) from error


def _as_it_is(cell: str | list[str]) -> str:
    """A cell; cells beyond the last column come as a list."""
    return " ".join(cell) if isinstance(cell, list) else cell


def _tidy(cell: str | list[str]) -> str:
    """A cell without white space and quotes added by spreadsheets."""
    text = _as_it_is(cell).strip().strip("\u00a0\u200b\u3000\ufeff").strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1].replace('""', '"').strip()
    return text
