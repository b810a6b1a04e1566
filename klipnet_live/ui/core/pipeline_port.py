"""What the window needs of pipelines, jobs and the doctor.

It is handed them, and imports only the values that they show: what runs brings native libraries along.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

from klipnet_live.captions.lines import CaptionLine
from klipnet_live.export.job_state import CaptionTask, JobState
from klipnet_live.pipeline.mailbox import Slot
from klipnet_live.pipeline.meter import Status
from klipnet_live.pipeline.preview import Preview
from klipnet_live.recording.studio_state import StudioState, StudioTask
from klipnet_live.types import CaptionEvent, Phrases


class PipelineLike(Protocol):
    """A pipeline from a source to captions. No call waits: its threads do the work.

    Sinks and viewers are added before the start; sinks are called on a thread of the pipeline. Words less
    sure than `least_confidence`, which may be set at any time, come to no sink.
    """

    least_confidence: float

    @property
    def preview(self) -> Slot[Preview]: ...

    def add_sink(self, sink: Callable[[CaptionEvent], None]) -> None: ...

    def add_viewer(self) -> Slot[Preview]: ...

    def add_caption(self, event: CaptionEvent) -> None: ...

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def status(self) -> Status: ...


PipelineFactory = Callable[[str, str, str | None, Phrases | None, str], PipelineLike]
"""From a source, a language, a model's name (None: the language's default), phrases (None: any words) and
what is heard; may raise UserError."""


class JobLike(Protocol):
    """Captions of a recording, made in the background."""

    @property
    def state(self) -> JobState: ...

    def start(self) -> None: ...

    def cancel(self) -> None: ...

    def approve(self, lines: Sequence[CaptionLine]) -> None: ...

    def join(self, timeout_s: float | None = None) -> bool: ...


JobFactory = Callable[[CaptionTask], JobLike]
"""May raise UserError; the job starts when it is told to."""


class StudioLike(Protocol):
    """Shows a source, and keeps the sentences that are spoken. No call waits."""

    @property
    def preview(self) -> Slot[Preview]: ...

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
class FindingTextLike(Protocol):
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
    def detail(self) -> str | FindingTextLike: ...

    @property
    def remedy(self) -> str | FindingTextLike: ...

    @property
    def needed(self) -> bool: ...
