"""A text file with the current captions, for OBS and other programs that display a file."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from klipnet_live.atomic_file import write_atomically
from klipnet_live.captions.line_break import DEFAULT_LIMITS, latest_page
from klipnet_live.captions.on_screen import OnScreen, ShownCaption
from klipnet_live.errors import file_errors_as_user_errors, file_problem
from klipnet_live.types import CaptionEvent, Frame, UserError


class CaptionFile:
    """Keeps the file equal to the captions on screen. `add` and `clear` may be called from other threads.

    `on_problem` is called once until a write succeeds again.
    """

    def __init__(
        self,
        path: Path,
        on_problem: Callable[[UserError], object],
        captions: OnScreen | None = None,
    ) -> None:
        self._path = path
        self._on_problem = on_problem
        self._captions = captions or OnScreen()
        self._written: str | None = None
        self._speakers: set[str] = set()
        self._latest_s = 0.0
        self._failing = False

    def add(self, event: CaptionEvent) -> None:
        """Take a caption, which the next `refresh` writes."""
        if event.text.strip():
            self._speakers.add(event.speaker)
        self._captions(event)
        self._latest_s = event.media_s

    def refresh(self, media_s: float = 0.0) -> None:
        """Write the captions on screen at this time, or at that of the latest caption if it is later."""
        captions = self._captions.at(max(media_s, self._latest_s))
        self._write(_as_text(captions, named=len(self._speakers) > 1))

    def clear(self) -> None:
        """Forget the captions and speakers: another source starts, with its own clock."""
        self._captions.clear()
        self._speakers.clear()
        self._latest_s = 0.0

    def close(self) -> None:
        """Empty the file, so that no caption stays on a stream."""
        self._write("")

    def _write(self, text: str) -> None:
        if text == self._written:
            return
        try:
            write_atomically(self._path, text.encode(), durable=False)
        except OSError as problem:
            # On Windows a write fails now and then, while a reader has the file open.
            if not self._failing:
                self._on_problem(file_problem(self._path, problem))
            self._failing = True
        else:
            self._written = text
            self._failing = False


def _as_text(captions: Sequence[ShownCaption], *, named: bool) -> str:
    """The captions as text. `named`: prefix each with its speaker, even if only one is shown right now."""
    lines: list[str] = []
    for caption in captions:
        name = f"{caption.style.name}:" if named else ""
        lines += latest_page(caption.text, DEFAULT_LIMITS.of(caption.text), lead=name)
    return "".join(line + "\n" for line in lines)


REFRESH_S = 0.1
"""Maximum delay before an expired caption is removed."""


class TextFileOutput:
    """Writes the current captions to a text file, which is empty at the start and at the end."""

    def __init__(
        self,
        path: Path,
        newest: Callable[[], Frame | None],
        on_problem: Callable[[UserError], object],
        captions: OnScreen,
    ) -> None:
        self._path = path
        self._newest = newest
        self._file = CaptionFile(path, on_problem, captions)
        self._changed, self._stopping = threading.Event(), threading.Event()

    def open(self) -> str:
        folder = self._path.absolute().parent
        if not folder.is_dir():
            raise UserError("The folder {folder} does not exist. Create it first.", folder=folder)
        with file_errors_as_user_errors(self._path):
            write_atomically(self._path, b"", durable=False)
        return str(self._path)

    def run(self) -> None:
        while not self._stopping.is_set():
            self._changed.wait(REFRESH_S)
            self._changed.clear()
            frame = self._newest()
            self._file.refresh(0.0 if frame is None else frame.time_s)
        self._file.close()

    def __call__(self, event: CaptionEvent) -> None:
        self._file.add(event)
        self._changed.set()

    def clear(self) -> None:
        self._file.clear()

    def stop(self) -> None:
        self._stopping.set()
        self._changed.set()
