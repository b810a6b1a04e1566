"""The transcripts window: search, correct, copy, export and delete transcripts."""

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
from klipnet_live.ui.widgets.scrolled import ScrolledColumn
from klipnet_live.ui.widgets.splitter import ResponsiveSplitter

if TYPE_CHECKING:
    from klipnet_live.ui.transcripts.playback import PlaybackDialog

_PLAY_BUTTON = 3
"""Index of the play button in the line pane."""

_SEARCH_DELAY_MS = 200
"""Delay after the last keystroke; each search reads every session."""

_MAX_NAMES = 5
"""Maximum number of file names in a message."""


class TranscriptsWindow(Dialog):
    """Sessions on the left or above; the lines of the selected session on the right or below."""

    size_at_full = QSize(1040, 640)

    def __init__(self, store: SessionStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._session: Session | None = None
        self._listing: SessionListing | None = None
        self._query = self._selected_id = ""
        self._playback: PlaybackDialog | None = None
        self._reported_unreadable: Sequence[str] = ()
        self._reported_damaged: set[str] = set()
        # Runs on another thread: many transcripts take seconds to read.
        self._reader = Background(lambda: list_sessions(store, self._query), self)
        self.message_bar = MessageBar()
        self.search = QLineEdit(clearButtonEnabled=True)
        self.sessions = SessionList()
        self._hint = Hint(self.sessions)
        self._hint.hide()
        self.lines = LineTable()
        self._pending = QTimer(self, singleShot=True, interval=_SEARCH_DELAY_MS)
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
        """Show the window with this session selected."""
        self.search.clear()
        self._selected_id = session_id
        self.show()
        self.raise_()
        self.refresh()

    def refresh(self) -> None:
        """Reload the sessions in the background."""
        self._query = self.search.text().strip()
        self._reader.ask()

    def export(self) -> None:
        """Export the selected session to a file."""
        session = self._session
        if session is None:
            return
        name = file_name(f"{session.header.title} {session.header.started:%Y-%m-%d %H.%M}", "captions")
        path = ask_where_to_save(self, self.tr("Export the transcript"), name, LINE_FORMATS)
        if path is not None and self._try(lambda: self._store.export(session.id, path)):
            self.message_bar.show_message(self.tr("Saved as {path}").format(path=path))

    def open_subtitles(self) -> None:
        """Let the user import an .srt or .vtt file as a session."""
        title, kind = self.tr("Open subtitles"), self.tr("Subtitles")
        types = " ".join(f"*{ending}" for ending in SUFFIXES)
        path = QFileDialog.getOpenFileName(self, title, "", f"{kind} ({types})")[0]
        if path:
            self.import_subtitles(Path(path))

    def import_subtitles(self, subtitles: Path) -> None:
        """Import an .srt or .vtt file as a session and show it."""
        taken: list[str] = []
        now = datetime.now().astimezone()
        if self._try(lambda: taken.append(self._store.import_subtitles(subtitles, "und", now))):
            self.show_session(taken[0])

    def delete_session(self) -> None:
        """Delete the selected session after confirmation."""
        session = self._session
        if session is None:
            return
        question = self.tr("Delete “{title}” and its lines ({count})? This cannot be undone.")
        if self._agrees(question.format(title=session.header.title, count=len(session.lines))):
            self._try(lambda: self._store.delete(session.id))
            self.refresh()

    def delete_lines(self) -> None:
        """Delete the selected lines after confirmation."""
        session, ids = self._session, self.lines.selected_ids
        if session is None or not ids:
            return
        question = self.tr("Delete the selected lines ({count})? This cannot be undone.")
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
        # With large text, both lists may not fit on the screen.
        scrolled = ScrolledColumn()
        panes = ResponsiveSplitter(self.session_pane, self.line_pane, above=(1, 1))
        scrolled.column.addWidget(panes, stretch=1)
        layout.addWidget(scrolled, stretch=1)

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
        # An unchanged list keeps the user's selection.
        if listing != self._listing:
            self._listing = listing
            self.sessions.show_sessions(listing.sessions)
            self._hint.setVisible(not listing.sessions)
            self._report_unreadable(listing.unreadable)
            self.retranslate()
        if self._selected_id:
            self.sessions.choose(self._selected_id)
            self._selected_id = ""

    def _report_unreadable(self, names: Sequence[str]) -> None:
        if names and names != self._reported_unreadable:
            self._reported_unreadable = names
            self.message_bar.show_message(
                UserError(
                    "These transcript files cannot be read: {names}. All other transcripts are shown.",
                    names=", ".join(names[:_MAX_NAMES]),
                )
            )

    def _show_lines(self, session_id: str) -> None:
        shown = "" if self._session is None else self._session.id
        self._session = None
        if session_id:
            self._try(lambda: self._load(session_id))
        lines = self._session.lines if self._session is not None else ()
        listing = self._listing or SessionListing((), {})
        found = listing.found.get(session_id, ())
        self.lines.show_lines(lines, found, listing.query, keep_place=shown == session_id)
        for pane in (self.session_pane, self.line_pane):
            pane.set_usable(self._session is not None)
        has_video = self._session is not None and os.path.isfile(self._session.header.source)
        self.line_pane.buttons[_PLAY_BUTTON].setVisible(has_video)

    def _load(self, session_id: str) -> None:
        self._session = self._store.load(session_id)
        if self._session.damaged and session_id not in self._reported_damaged:
            self._reported_damaged.add(session_id)
            self.message_bar.show_message(
                UserError(
                    "Parts of the session {title} cannot be read. All other lines are shown.",
                    title=self._session.header.title,
                )
            )

    def _rename(self, session_id: str, title: str) -> None:
        if self._try(lambda: self._store.rename(session_id, title)):
            self._try(lambda: self._load(session_id))

    def play(self) -> None:
        """Play the video of the session from the current line."""
        # Loaded on first use, because Qt's video player is slow to import and rarely needed.
        from klipnet_live.ui.transcripts.playback import PlaybackDialog

        session, stored = self._session, self.lines.current
        if session is None or stored is None:
            return
        if self._playback is None:
            self._playback = PlaybackDialog(self)
        self._playback.play(session.header.source, stored.line.start_s)

    def _rename_speaker(self, speaker: str, name: str) -> None:
        """Rename a speaker in all lines of this session."""
        session = self._session
        if session is not None and name:
            self._try(lambda: self._store.rename_speaker(session.id, speaker, name))
        if session is not None:
            self._show_lines(session.id)

    def _correct(self, line: int, text: str) -> None:
        """Store a corrected text; without any text, the line stays as it was."""
        session = self._session
        if session is None:
            return
        if text.strip():
            self._try(lambda: self._store.edit_line(session.id, line, text))
        else:
            self._show_lines(session.id)

    def _try(self, work: Callable[[], object]) -> bool:
        """Run an operation and show its UserError, if any. Returns whether it succeeded."""
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
        no_transcripts = self.tr("No transcripts yet. Captions appear here while they run.")
        self._hint.setText(self.tr("No session contains these words.") if self._query else no_transcripts)
