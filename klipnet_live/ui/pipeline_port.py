"""What the window needs of a pipeline. The window never imports one: it is handed a factory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from klipnet_live.types import CaptionEvent, Frame, TrackedFace, UserError


class PreviewLike(Protocol):
    """One picture and the faces that were found in it."""

    @property
    def frame(self) -> Frame: ...

    @property
    def faces(self) -> Sequence[TrackedFace]: ...


class PreviewSlot(Protocol):
    """Holds the newest preview; taking it empties the slot."""

    def take(self) -> PreviewLike | None: ...


class StatusLike(Protocol):
    """How the pipeline is doing right now."""

    @property
    def frames_per_second(self) -> float: ...

    @property
    def dropped_mouths(self) -> int: ...

    @property
    def latency_ms(self) -> float: ...

    @property
    def provider(self) -> str: ...

    @property
    def faces(self) -> int: ...

    @property
    def running(self) -> bool: ...

    @property
    def message(self) -> str | UserError | None: ...

    @property
    def overload(self) -> str: ...


class PipelineLike(Protocol):
    """A pipeline from a source to captions. No call waits: its threads do the work.

    Sinks and viewers are added before the start; sinks are called on a thread of the pipeline.
    """

    @property
    def preview(self) -> PreviewSlot: ...

    def add_sink(self, sink: Callable[[CaptionEvent], None]) -> None: ...

    def add_viewer(self) -> PreviewSlot: ...

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def events(self) -> list[CaptionEvent]: ...

    def status(self) -> StatusLike: ...


PipelineFactory = Callable[[str, str, str | None, Path | None], PipelineLike]
"""From a source, a language, a model's name (None: the language's default) and a grammar (None: any
words); may raise UserError."""
