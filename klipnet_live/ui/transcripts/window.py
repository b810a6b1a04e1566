"""The transcripts window: find, correct, copy, export and delete what was said."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from klipnet_live.plain_text import file_name
from klipnet_live.transcripts.opened_subtitles import SUFFIXES
from klipnet_live.transcripts.session_file import Session
from klipnet_live.transcripts.sessions import SessionStore
from klipnet_live.types import UserError
from klipnet_live.ui.core.background import Background
from klipnet_live.ui.transcripts.line_table import LineTable
from klipnet_live.ui.transcripts.listing import SessionListing, list_sessions
from klipnet_live.ui.transcripts.pane import Pane
from klipnet_live.ui.transcripts.session_list import SessionList
from klipnet_live.ui.widgets.dialog import Dialog
from klipnet_live.ui.widgets.file_formats import LINE_FORMATS
from klipnet_live.ui.widgets.hint import Hint, name_clear_button
from klipnet_live.ui.widgets.message_bar import MessageBar
from klipnet_live.ui.widgets.plain import agrees
from klipnet_live.ui.widgets.save_dialog import ask_where_to_save
from klipnet_live.ui.widgets.splitter import ResponsiveSplitter

if TYPE_CHECKING:
    from klipnet_live.ui.transcripts.playback import PlaybackDialog

_PLAY = 3
"""Which of the buttons of lines plays the video."""

_SEARCH_AFTER_MS = 200
"""After the last key: each search reads every session."""

_MOST_NAMED = 5
"""Of the files that are named in a message."""


class TranscriptsWindow(Dialog):
    """Sessions on the left or above, the lines of the chosen one on the right or below."""

    size_at_full = QSize(1040, 640)

    def __init__(self, store: SessionStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._session: Session | None = None
        self._listing: SessionListing | None = None
        self._query = self._wanted = ""
        self._playback: PlaybackDialog | None = None
        self._told_unreadable: Sequence[str] = ()
        self._told_damaged: set[str] = set()
        # On another thread: years of meetings take seconds.
        self._reader = Background(lambda: list_sessions(store, self._query), self)
        self.message_bar = MessageBar()
        self.search = QLineEdit(clearButtonEnabled=True)
        self.sessions = SessionList()
        self._hint = Hint(self.sessions)
        self._hint.hide()
        self.lines = LineTable()
        self._pending = QTimer(self, singleShot=True, interval=_SEARCH_AFTER_MS)
        self.session_pane = Pane(
            self.sessions,
            (lambda: self.tr("&Rename"), self.sessions.rename_current),
            (lambda: self.tr("E&xport…"), self.export),
            (lambda: self.tr("&Delete session…"), self.delete_session),
            (lambda: self.tr("Open &subtitles…"), self.open_subtitles),
            always=1,
        )
        self.line_pane = Pane(
            self.lines,
            (lambda: self.tr("&Copy"), self.lines.copy_selected),
            (lambda: self.tr("C&orrect"), self.lines.correct_current),
            (lambda: self.tr("&Name speaker"), self.lines.name_current),
            (lambda: self.tr("&Play from here"), self.play),
            (lambda: self.tr("Delete &lines…"), self.delete_lines),
        )
        self._lay_out()
        self._connect()
        self.retranslate()

    def show_session(self, session_id: str) -> None:
        """Opens with this session."""
        self.search.clear()
        self._wanted = session_id
        self.show()
        self.raise_()
        self.refresh()

    def refresh(self) -> None:
        """Reads the sessions again, in the background: captions may have run meanwhile."""
        self._query = self.search.text().strip()
        self._reader.ask()

    def export(self) -> None:
        """Writes the chosen session in the format that the user chooses."""
        session = self._session
        if session is None:
            return
        name = file_name(f"{session.header.title} {session.header.started:%Y-%m-%d %H.%M}", "captions")
        path = ask_where_to_save(self, self.tr("Export the transcript"), name, LINE_FORMATS)
        if path is not None and self._try(lambda: self._store.export(session.id, path)):
            self.message_bar.show_message(self.tr("Saved as {path}").format(path=path))

    def open_subtitles(self) -> None:
        """Takes an .srt or .vtt file in, to be corrected with its video at the line."""
        title, kind = self.tr("Open subtitles"), self.tr("Subtitles")
        types = " ".join(f"*{ending}" for ending in SUFFIXES)
        path = QFileDialog.getOpenFileName(self, title, "", f"{kind} ({types})")[0]
        if path:
            self.import_subtitles(Path(path))

    def import_subtitles(self, subtitles: Path) -> None:
        """Shows the lines of an .srt or .vtt file as a session."""
        taken: list[str] = []
        now = datetime.now().astimezone()
        if self._try(lambda: taken.append(self._store.import_subtitles(subtitles, "und", now))):
            self.show_session(taken[0])

    def delete_session(self) -> None:
        """Takes the chosen session off the disk, once the user agrees."""
        session = self._session
        if session is None:
            return
        question = self.tr("Delete “{title}” and its lines ({count})? This cannot be undone.")
        if self._agrees(question.format(title=session.header.title, count=len(session.lines))):
            self._try(lambda: self._store.delete(session.id))
            self.refresh()

    def delete_lines(self) -> None:
        """Takes the selected lines off the disk, once the user agrees."""
        session, ids = self._session, self.lines.selected_ids
        if session is None or not ids:
            return
        question = self.tr("Delete the chosen lines ({count})? This cannot be undone.")
        if self._agrees(question.format(count=len(ids))):
            self._try(lambda: self._store.delete_lines(session.id, ids))
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.refresh()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.addWidget(self.message_bar)
        layout.addWidget(self.search)
        layout.addWidget(ResponsiveSplitter(self.session_pane, self.line_pane, above=(1, 1)), stretch=1)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda: self._pending.start())
        self._pending.timeout.connect(self.refresh)
        self._reader.answered.connect(self._show)
        self._reader.failed.connect(self.message_bar.show_message)
        self.sessions.chosen.connect(self._show_lines)
        self.sessions.renamed.connect(self._rename)
        self.sessions.delete_requested.connect(self.delete_session)
        self.lines.corrected.connect(self._correct)
        self.lines.renamed.connect(self._rename_speaker)
        self.lines.delete_requested.connect(self.delete_lines)

    def _show(self, listing: SessionListing) -> None:
        # Where nothing is new, what the user has selected stays selected.
        if listing != self._listing:
            self._listing = listing
            self.sessions.show_sessions(listing.sessions)
            self._hint.setVisible(not listing.sessions)
            self._tell_unreadable(listing.unreadable)
            self.retranslate()
        if self._wanted:
            self.sessions.choose(self._wanted)
            self._wanted = ""

    def _tell_unreadable(self, names: Sequence[str]) -> None:
        if names and names != self._told_unreadable:
            self._told_unreadable = names
            self.message_bar.show_message(
                UserError(
                    "Nothing can be read of these files, which should hold transcripts: {names}. "
                    "All others are shown.",
                    names=", ".join(names[:_MOST_NAMED]),
                )
            )

    def _show_lines(self, session_id: str) -> None:
        self._session = None
        if session_id:
            self._try(lambda: self._load(session_id))
        lines = self._session.lines if self._session is not None else ()
        found = self._listing.found if self._listing is not None else {}
        self.lines.show_lines(lines, found.get(session_id, ()), self._query)
        for pane in (self.session_pane, self.line_pane):
            pane.set_usable(self._session is not None)
        has_video = self._session is not None and os.path.isfile(self._session.header.source)
        self.line_pane.buttons[_PLAY].setVisible(has_video)

    def _load(self, session_id: str) -> None:
        self._session = self._store.load(session_id)
        if self._session.damaged and session_id not in self._told_damaged:
            self._told_damaged.add(session_id)
            self.message_bar.show_message(
                UserError(
                    "Parts of the session {title} cannot be read; all other lines of it are shown.",
                    title=self._session.header.title,
                )
            )

    def _rename(self, session_id: str, title: str) -> None:
        if self._try(lambda: self._store.rename(session_id, title)):
            self._try(lambda: self._load(session_id))

    def play(self) -> None:
        """Plays the video of the session from the chosen line on."""
        # Few look at the video again: its player is loaded when it is needed.
        from klipnet_live.ui.transcripts.playback import PlaybackDialog

        session, kept = self._session, self.lines.current
        if session is None or kept is None:
            return
        if self._playback is None:
            self._playback = PlaybackDialog(self)
        self._playback.play(session.header.source, kept.line.start_s)

    def _rename_speaker(self, speaker: str, name: str) -> None:
        """All lines of the speaker in this session."""
        session = self._session
        if session is not None and name:
            self._try(lambda: self._store.rename_speaker(session.id, speaker, name))
        if session is not None:
            self._show_lines(session.id)

    def _correct(self, line: int, text: str) -> None:
        session = self._session
        if session is not None:
            self._try(lambda: self._store.edit_line(session.id, line, text))

    def _try(self, work: Callable[[], object]) -> bool:
        """Whether it went well; else the message says what to do."""
        try:
            work()
        except UserError as error:
            self.message_bar.show_message(error)
            return False
        return True

    def _agrees(self, question: str) -> bool:
        return agrees(self, self.windowTitle(), question)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Transcripts"))
        self.search.setPlaceholderText(self.tr("Search in all sessions"))
        self.search.setAccessibleName(self.tr("Search in all sessions"))
        name_clear_button(self.search, self.tr("Clear the search"))
        nothing_kept = self.tr("Nothing is kept yet. What is said while captions run appears here.")
        self._hint.setText(self.tr("No session holds these words.") if self._query else nothing_kept)
