"""A text file with the current captions, for OBS and others that show a file's text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from klipnet_live.atomic_file import write_atomically
from klipnet_live.captions.line_break import DEFAULT_LIMITS, Limits, latest_page
from klipnet_live.captions.on_screen import OnScreen, ShownCaption
from klipnet_live.file_problem import file_problem
from klipnet_live.types import CaptionEvent, UserError


class CaptionFile:
    """Caption sink: the file always holds just what is on screen. `on_problem` is told once."""

    def __init__(
        self,
        path: Path,
        on_problem: Callable[[UserError], object],
        captions: OnScreen | None = None,
        limits: Limits = DEFAULT_LIMITS,
    ) -> None:
        self._path = path
        self._on_problem = on_problem
        self._captions = captions or OnScreen()
        self._limits = limits
        self._written: str | None = None
        self._failing = False

    def __call__(self, event: CaptionEvent) -> None:
        self._captions(event)
        self.refresh(event.media_s)

    def refresh(self, media_s: float) -> None:
        """Take out captions whose time is over; called now and then while nobody speaks."""
        self._write(_as_text(self._captions.at(media_s), self._limits))

    def close(self) -> None:
        """Leave the file empty, so that no caption stays on a stream."""
        self._write("")

    def _write(self, text: str) -> None:
        if text == self._written:
            return
        try:
            write_atomically(self._path, text.encode(), durable=False)
        except OSError as problem:
            # On Windows a reader that has the file open makes a write fail now and then.
            if not self._failing:
                self._on_problem(file_problem(self._path, problem))
            self._failing = True
        else:
            self._written = text
            self._failing = False


def _as_text(captions: Sequence[ShownCaption], limits: Limits) -> str:
    several = len({caption.look for caption in captions}) > 1
    lines: list[str] = []
    for caption in captions:
        name = f"{caption.look.name}:" if several else ""
        lines += latest_page(caption.text, limits.of(caption.text), lead=name)
    return "".join(line + "\n" for line in lines)
