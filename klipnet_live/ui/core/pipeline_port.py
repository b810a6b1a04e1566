"""Interfaces of pipelines, jobs and diagnostics for the user interface.

The implementations are injected: the user interface imports only value types, not the native libraries.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

from klipnet_live.captions.lines import CaptionLine
from klipnet_live.export.job_state import CaptionTask, JobState
from klipnet_live.latest import Latest
from klipnet_live.pipeline.base import Pipeline
from klipnet_live.pipeline.preview import Preview
from klipnet_live.recording.states import StudioState, StudioTask
from klipnet_live.types import Phrases

PipelineFactory = Callable[[str, str, str | None, Phrases | None, str, str | None], Pipeline]
"""Arguments: source, language, model name (None: the language's default), phrases (None: any words), sound
source and language of the sound (None: that of the lips). May raise UserError."""


class JobLike(Protocol):
    """A background job that captions a recording."""

    @property
    def state(self) -> JobState: ...

    def start(self) -> None: ...

    def cancel(self) -> None: ...

    def approve(self, lines: Sequence[CaptionLine]) -> None: ...

    def join(self, timeout_s: float | None = None) -> bool: ...


JobFactory = Callable[[CaptionTask], JobLike]
"""Creates a job that is not started yet; may raise UserError."""


class StudioLike(Protocol):
    """Shows a source and records sentences. No call but `join` blocks."""

    @property
    def preview(self) -> Latest[Preview]: ...

    @property
    def state(self) -> StudioState: ...

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def begin(self, text: str) -> None: ...

    def end(self) -> None: ...

    def drop_last(self) -> None: ...

    def join(self, timeout_s: float | None = None) -> bool: ...


StudioFactory = Callable[[StudioTask], StudioLike]
"""Creates a studio that is not started yet; may raise UserError."""


@runtime_checkable
class FindingTextLike(Protocol):
    """A text template with separate values."""

    @property
    def template(self) -> str: ...

    @property
    def values(self) -> Mapping[str, Any]: ...


class Finding(Protocol):
    """The result of one diagnostic check."""

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
