"""Services injected into the user interface, so that it imports neither devices nor models."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from klipnet_live.transcripts.sessions import SessionStore
from klipnet_live.ui.core.phrases_port import PhraseServices
from klipnet_live.ui.core.pipeline_port import Finding, JobFactory, PipelineFactory, StudioFactory


@dataclass(frozen=True, slots=True)
class StartChoice:
    """Choices from the command line; None means the remembered setting."""

    source: str | None = None
    language: str | None = None
    model: str | None = None
    grammar: str | None = None
    sound: str | None = None
    profiles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Services:
    """Factories of pipelines, jobs and studios, the session store, and diagnostics."""

    open_pipeline: PipelineFactory
    open_job: JobFactory
    open_studio: StudioFactory
    diagnose: Callable[[], Sequence[Finding]]
    sessions: SessionStore
    phrases: PhraseServices | None = None
