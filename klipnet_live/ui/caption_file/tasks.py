"""Caption tasks with the choices of the settings, and where their captions are saved."""

from __future__ import annotations

from pathlib import Path

from klipnet_live.export.job_state import CaptionTask
from klipnet_live.settings import Settings
from klipnet_live.types import Phrases
from klipnet_live.ui.widgets.file_formats import Format


def target_beside(video: Path, kind: Format) -> Path:
    """The file for the captions in the folder of the video; a copy of the video needs another name."""
    name = f"{video.stem} captions" if kind.is_video else video.stem
    return video.with_name(name + kind.ending)


def task_of(
    video: Path, target: Path, kind: Format, settings: Settings, *, review: bool = False
) -> CaptionTask:
    """A task with the language, model and phrases of the settings."""
    return CaptionTask(
        video,
        target,
        settings.language,
        settings.model,
        None if settings.grammar is None else Phrases.parse(settings.grammar),
        burn_in=kind.burn_in,
        sound="off" if settings.sound == "off" else "auto",
        marks_unclear=settings.mark_unclear,
        least_confidence=settings.confidence_threshold,
        review=review,
        sound_language=settings.sound_language,
    )
