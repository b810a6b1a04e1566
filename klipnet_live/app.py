"""Composition root: connects the window with the pipelines."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from klipnet_live.captions.replacements import load_replacements
from klipnet_live.capture.source import open_source
from klipnet_live.doctor import checks
from klipnet_live.export.job_state import CaptionTask
from klipnet_live.models import find_model
from klipnet_live.phrases.in_use import ProfilesInUse
from klipnet_live.pipeline.hearing_factory import hearing_for
from klipnet_live.pipeline.live import LivePipeline
from klipnet_live.pipeline.reader_factory import reader_factory
from klipnet_live.reading.phrase_encoder import PhraseEncoder
from klipnet_live.recording.states import StudioTask
from klipnet_live.settings_file import default_path, load
from klipnet_live.tracking.glance import shows_a_face
from klipnet_live.transcripts.sessions import SessionStore
from klipnet_live.types import CaptionEvent, Phrases

if TYPE_CHECKING:
    from klipnet_live.batch.caption_job import CaptionJob
    from klipnet_live.recording.dictation import Dictation
    from klipnet_live.recording.phrase_studio import PhraseStudio
    from klipnet_live.recording.studio import Studio


def run_window(options: argparse.Namespace) -> int:
    """Open the window and run it until it is closed. Returns the exit status."""
    from klipnet_live.ui.app.application import run_app
    from klipnet_live.ui.core.phrases_port import PhraseServices
    from klipnet_live.ui.core.services import Services, StartChoice

    phrases = None if options.phrases is None else str(options.phrases)
    profiles = tuple(options.profiles)
    choice = StartChoice(options.source, options.language, options.model, phrases, options.sound, profiles)
    in_use = ProfilesInUse()
    own_phrases = PhraseServices(PhraseEncoder(), open_phrase_studio, open_dictation, in_use)
    opener = partial(open_pipeline, in_use)
    return run_app(choice, Services(opener, open_job, open_studio, checks, SessionStore(), own_phrases))


def open_pipeline(
    in_use: ProfilesInUse,
    source: str,
    language: str,
    model: str | None,
    phrases: Phrases | None,
    sound: str,
    sound_language: str | None,
) -> LivePipeline:
    """A pipeline that is ready to start. Raises UserError."""
    opened = open_source(source, shows_a_face=shows_a_face)
    return LivePipeline(
        opened,
        reader_factory(model, language, phrases, in_use.profiles, in_use.memory),
        lossless=not opened.live,
        adapts=True,
        hearing=hearing_for(sound, source, language, phrases, sound_language=sound_language),
        edit=_replacements(),
    )


def _replacements() -> Callable[[CaptionEvent], CaptionEvent] | None:
    """The user's word replacements. UserError if the list is unreadable, so that no hidden word is shown."""
    chosen = _replacement_list()
    return None if chosen is None else load_replacements(chosen)


def _replacement_list() -> Path | None:
    chosen = load(default_path()).settings.replacements
    return Path(chosen) if chosen else None


def open_job(task: CaptionTask) -> CaptionJob:
    """A caption job that is ready to start. Raises UserError."""
    from klipnet_live.batch.caption_job import CaptionJob

    find_model(task.model, task.language)
    return CaptionJob(task, _replacement_list())


def open_phrase_studio(source: str) -> PhraseStudio:
    """A studio for recording phrases, ready to start. Raises UserError."""
    from klipnet_live.recording.phrase_studio import PhraseStudio

    return PhraseStudio(open_source(source), PhraseEncoder())


def open_dictation(language: str) -> Dictation:
    """A dictation from the microphone, ready to start. UserError if no recogniser is installed."""
    from klipnet_live.recording.dictation import Dictation
    from klipnet_live.sound.microphone import Microphone
    from klipnet_live.sound.recognisers import open_transcriber
    from klipnet_live.sound.store import check_models

    check_models(language)
    return Dictation(Microphone(), partial(open_transcriber, language, live=False))


def open_studio(task: StudioTask) -> Studio:
    """A recording studio that is ready to start. Raises UserError."""
    from klipnet_live.recording.recordings import Recordings
    from klipnet_live.recording.studio import Studio
    from klipnet_live.sound.microphone import VoiceRecorder

    recordings = Recordings(task.folder, task.speaker)
    return Studio(open_source(task.source), recordings, VoiceRecorder() if task.sound else None)
