"""What the window needs of pipelines, jobs and the doctor; it is handed them and imports none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

from klipnet_live.pipeline.caption_job import CaptionTask, JobState
from klipnet_live.pipeline.studio_state import StudioState, StudioTask
from klipnet_live.types import CaptionEvent, Frame, Phrases, TrackedFace, UserError


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

    def status(self) -> StatusLike: ...


PipelineFactory = Callable[[str, str, str | None, Phrases | None], PipelineLike]
"""From a source, a language, a model's name (None: the language's default) and phrases (None: any
words); may raise UserError."""


class JobLike(Protocol):
    """Captions of a recording, made in the background."""

    @property
    def state(self) -> JobState: ...

    def start(self) -> None: ...

    def cancel(self) -> None: ...

    def join(self, timeout_s: float | None = None) -> bool: ...


JobFactory = Callable[[CaptionTask], JobLike]
"""May raise UserError; the job starts when it is told to."""


class StudioLike(Protocol):
    """Shows a source, and keeps the sentences that are spoken. No call waits."""

    @property
    def preview(self) -> PreviewSlot: ...

    @property
    def state(self) -> StudioState: ...

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def begin(self, text: str) -> None: ...

    def end(self) -> None: ...

    def drop_last(self) -> None: ...


StudioFactory = Callable[[StudioTask], StudioLike]
"""May raise UserError; the studio starts when it is told to."""


@runtime_checkable
class Line(Protocol):
    """A text with its values apart from it."""

    @property
    def template(self) -> str: ...

    @property
    def values(self) -> Mapping[str, Any]: ...


class Finding(Protocol):
    """One thing that the doctor looked at."""

    @property
    def name(self) -> str: ...

    @property
    def ok(self) -> bool: ...

    @property
    def detail(self) -> str | Line: ...

    @property
    def remedy(self) -> str | Line: ...

    @property
    def needed(self) -> bool: ...
