"""Interface of a running pipeline for the window and the outputs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from klipnet_live.latest import Latest
from klipnet_live.pipeline.meter import Status
from klipnet_live.pipeline.preview import Preview
from klipnet_live.types import CaptionEvent


class Pipeline(Protocol):
    """A pipeline from a source to captions. No call blocks: the work is done on its own threads.

    Add sinks and viewers before the start; sinks are called on a thread of the pipeline. Words with a
    confidence below `least_confidence`, which may be changed at any time, are replaced by gaps for all sinks.
    """

    least_confidence: float

    @property
    def preview(self) -> Latest[Preview]: ...

    def add_sink(self, sink: Callable[[CaptionEvent], None]) -> None: ...

    def add_viewer(self) -> Latest[Preview]: ...

    def add_caption(self, event: CaptionEvent) -> None: ...

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def status(self) -> Status: ...
