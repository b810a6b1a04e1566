"""Records transcripts while captions run, if the user has turned them on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from klipnet_live.captions.lines import CaptionLine, LineCollector, unclear
from klipnet_live.pipeline.base import Pipeline
from klipnet_live.settings import Settings
from klipnet_live.transcripts.journal_thread import JournalThread
from klipnet_live.transcripts.sessions import SessionStore
from klipnet_live.types import UserError
from klipnet_live.ui.captions.speakers import SpeakerBook
from klipnet_live.ui.core.controller import Request
from klipnet_live.ui.core.settings_store import SettingsStore


class TranscriptRecorder(QObject):
    """Records one session per pipeline run.

    Lines arrive on the pipeline's thread and are written on another one. Turning transcripts off takes
    effect with the next line.
    """

    problem = Signal(object)
    """A UserError: the transcript cannot be written or a speaker cannot be renamed."""

    def __init__(
        self,
        store: SessionStore,
        speakers: SpeakerBook,
        settings: SettingsStore,
        title: Callable[[], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._speakers = speakers
        self._title = title
        self._journal: JournalThread | None = None
        self._ended: list[JournalThread] = []
        self._names: dict[str, str] = {}
        self._settings_changed(settings.settings)
        settings.changed.connect(self._settings_changed)
        speakers.changed.connect(self._speaker_changed)

    def begin(self, pipeline: Pipeline, request: Request) -> None:
        started = datetime.now().astimezone()
        self._names = {}
        self._journal = JournalThread(
            self._store.begin(self._title(), request.language, request.source, started, self.problem.emit)
        )
        pipeline.add_sink(LineCollector(self._line_received, self._speakers.name, unclear(request.language)))

    def end(self) -> None:
        if self._journal is not None:
            self._journal.close()
            self._ended = [*filter(lambda journal: not journal.join(0.0), self._ended), self._journal]
            self._journal = None

    def finish(self, timeout_s: float = 10.0) -> None:
        """Wait until all lines are on disk, after the window has closed."""
        self.end()
        for journal in self._ended:
            journal.join(timeout_s)

    def _line_received(self, line: CaptionLine) -> None:
        if self._keeping and self._journal is not None and (line.readable or self._marks_unclear):
            self._names[line.speaker] = line.name
            self._journal(line)

    def _settings_changed(self, settings: Settings) -> None:
        self._keeping = settings.keep_transcripts
        self._marks_unclear = settings.mark_unclear

    def _speaker_changed(self, speaker: str) -> None:
        """Apply a new speaker name to the earlier lines of the session, too."""
        name = self._speakers.name(speaker)
        if self._journal is None or self._names.get(speaker, name) == name:
            return
        self._names[speaker] = name
        session_id = self._journal.session_id
        self._journal.do(lambda: self._rename(session_id, speaker, name))

    def _rename(self, session_id: str, speaker: str, name: str) -> None:
        try:
            self._store.rename_speaker(session_id, speaker, name)
        except UserError as error:
            self.problem.emit(error)
