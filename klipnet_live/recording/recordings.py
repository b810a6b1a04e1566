"""A folder of recorded sentences in the format of `klipnet-data prepare`: clips and a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from klipnet_live.atomic_file import make_private_folder
from klipnet_live.dataset_format import (
    TABLE,
    WHOLE_SENTENCE,
    AlignedWord,
    TableRow,
    read_table,
    with_silence,
    write_alignment,
    write_table,
)
from klipnet_live.errors import file_errors_as_user_errors
from klipnet_live.types import FPS, UserError

_WRITTEN = ("path", "speaker", "text", "session", "align")


class Recordings:
    """Recordings of one person in a folder; rows and columns of others are kept.

    All methods raise UserError.
    """

    def __init__(self, folder: Path, speaker: str) -> None:
        self.folder, self.speaker = folder, " ".join(speaker.split())
        self._session = f"{datetime.now():%Y%m%d-%H%M%S}"
        self._rows = self._read()

    @property
    def spoken(self) -> list[str]:
        """Sentences recorded by this person, in order."""
        return [row["text"] for row in self._rows if row.get("speaker") == self.speaker and "text" in row]

    @property
    def texts(self) -> list[str]:
        """What all people have spoken into the folder."""
        return [row["text"] for row in self._rows if "text" in row]

    def next_path(self) -> Path:
        """Path for the next clip."""
        names = {row["path"] for row in self._rows}
        numbers = (f"clips/{self._session}-{number:03}.mp4" for number in range(1, len(names) + 2))
        return self.folder / next(name for name in numbers if name not in names)

    def keep(self, clip: Path, text: str, span_s: tuple[float, float] | None, seconds: float) -> None:
        """Add a clip. `span_s`: start and end of the sentence, if known."""
        row = {
            "path": clip.relative_to(self.folder).as_posix(),
            "speaker": self.speaker,
            "text": " ".join(text.split()),
            "session": self._session,
        }
        if span_s is not None:
            align = clip.with_suffix(".align")
            with file_errors_as_user_errors(align):
                write_alignment(align, _whole_sentence(*span_s, seconds), private=True)
            row["align"] = align.relative_to(self.folder).as_posix()
        self._write([*self._rows, row])

    def drop_last(self) -> str | None:
        """Delete the last clip of this session with its files; returns its text."""
        own = [row for row in self._rows if row.get("session") == self._session]
        if not own:
            return None
        last = own[-1]
        self._write([row for row in self._rows if row is not last])
        for file in (self.folder / last[kind] for kind in ("path", "align") if kind in last):
            with file_errors_as_user_errors(file):
                file.unlink(missing_ok=True)
        return last["text"]

    def _read(self) -> list[TableRow]:
        path = self.folder / TABLE
        if not path.exists():
            return []
        with file_errors_as_user_errors(path):
            rows = list(read_table(path, tidy=False))
        if any("path" not in row for row in rows):
            raise UserError(
                "{path} is not a table of recordings. Choose another folder, or an empty one.", path=path
            )
        return rows

    def _write(self, rows: Sequence[TableRow]) -> None:
        columns = list(dict.fromkeys([*_WRITTEN, *(name for row in rows for name in row)]))
        path = self.folder / TABLE
        with file_errors_as_user_errors(path):
            make_private_folder(path.parent)
            write_table(path, columns, rows, private=True)
        self._rows = list(rows)


def _whole_sentence(begin_s: float, end_s: float, seconds: float) -> list[AlignedWord]:
    """Alignment of the whole sentence, without single words."""
    sentence = AlignedWord(WHOLE_SENTENCE, begin_s * FPS, end_s * FPS)
    return with_silence([sentence], max(end_s, seconds) * FPS)
