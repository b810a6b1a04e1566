"""What the windows are handed from outside, so that they import neither devices nor models."""

from __future__ import annotations

from dataclasses import dataclass

from klipnet_live.output.sessions import SessionStore
from klipnet_live.ui.pipeline_port import PipelineFactory


@dataclass(frozen=True, slots=True)
class Choice:
    """What was asked for at the start. What is None is as the last time."""

    source: str | None = None
    language: str | None = None
    model: str | None = None
    grammar: str | None = None


@dataclass(frozen=True, slots=True)
class Services:
    """How captions are made, and where they are kept."""

    open_pipeline: PipelineFactory
    sessions: SessionStore
