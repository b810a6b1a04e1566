"""The caption panel: the list of lines and the button that jumps to the newest."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, QPoint, Qt, QTime, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from klipnet_live.captions.runs import text_of
from klipnet_live.types import CaptionEvent
from klipnet_live.ui.captions.line_delegate import LineDelegate
from klipnet_live.ui.captions.list_view import CaptionListView
from klipnet_live.ui.captions.model import CaptionModel
from klipnet_live.ui.captions.speakers import SpeakerBook
from klipnet_live.ui.look.appearance import Appearance
from klipnet_live.ui.widgets.announcer import announce
from klipnet_live.ui.widgets.hint import Hint


class CaptionPanel(QWidget):
    """Lines grouped by speaker, newest at the bottom."""

    person_requested = Signal(str)
    """Id of the speaker whose name or colour the user wants to change."""

    def __init__(self, speakers: SpeakerBook, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speakers = speakers
        self._appearance = appearance
        self.announcing = True
        self._running = False
        self.model = CaptionModel(speakers, self)
        self._delegate = LineDelegate(speakers, appearance, self)
        self.view = CaptionListView(self.model, self._delegate, self)
        self.hint = Hint(self.view)
        self.jump_button = QPushButton(self)
        self.jump_button.setProperty("role", "primary")
        self.jump_button.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self._add_actions()
        self._connect()
        self._retranslate()

    def apply(self, event: CaptionEvent) -> None:
        self._speakers.note(event.speaker)
        self.model.apply(event)
        hidden = self._speakers.is_hidden(event.speaker)
        newest = self.model.rowCount() - 1
        if hidden and newest >= 0 and self.model.belongs_to(newest, event.speaker):
            self.view.setRowHidden(newest, True)
        if (
            self.announcing
            and not hidden
            and event.event == "completed"
            and (event.text.strip() or not event.readable)
        ):
            announce(self.view, self._spoken(event))

    def begin_session(self, source: str, *, by_the_clock: bool = False) -> None:
        """Start a new session below a divider with the name of the source and the time.

        `by_the_clock`: lines show the time of day.
        """
        now = QLocale().toString(QTime.currentTime(), QLocale.FormatType.ShortFormat)
        self.model.begin_session(f"{source} · {now}", by_the_clock=by_the_clock)

    def set_running(self, running: bool) -> None:
        """Set whether captions are running, for the hint in the empty panel."""
        self._running = running
        self._retranslate()

    def set_appearance(self, appearance: Appearance) -> None:
        self._appearance = appearance
        self._delegate.set_appearance(appearance)
        self.hint.setFont(appearance.caption_font)
        self.view.measure_all()
        self.view.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_jump_button()

    def _spoken(self, event: CaptionEvent) -> str:
        """The line for screen readers, with uncertain words named."""
        name, runs = self._speakers.name(event.speaker), self._delegate.runs(event)
        line = f"{name}: {text_of(runs)}"
        unsure = [run.text for run in runs if run.kind == "unsure"]
        if not unsure:
            return line
        if len(runs) == 1:
            return self.tr("{line} (unsure)").format(line=line)
        return self.tr("{line} (unsure: {words})").format(line=line, words=", ".join(unsure))

    def _add_actions(self) -> None:
        self._copy = QAction(self)
        self._copy.triggered.connect(self.view.copy_selected)
        self._person = QAction(self)
        self._person.setShortcuts([QKeySequence(Qt.Key.Key_F2), QKeySequence(Qt.Key.Key_F4)])
        self._person.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._person.triggered.connect(self._change_current)
        self.view.addAction(self._person)

    def _connect(self) -> None:
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._show_menu)
        self.view.following_changed.connect(self._following_changed)
        self.jump_button.clicked.connect(self.view.jump_to_newest)
        self._delegate.person_clicked.connect(self.person_requested)
        self._speakers.changed.connect(self._hide_or_show)
        for signal in (self.model.rowsInserted, self.model.rowsRemoved, self.model.modelReset):
            signal.connect(self._update_hint)

    def _retranslate(self) -> None:
        self.view.setAccessibleName(self.tr("Captions"))
        at_rest = self.tr("Captions appear here.\nChoose a source and press Start.")
        running = self.tr("Captions appear here\nas soon as someone in view speaks.")
        self.hint.setText(running if self._running else at_rest)
        self.jump_button.setText(self.tr("↓ Jump to newest"))
        self._copy.setText(self.tr("Copy"))
        self._person.setText(self.tr("Name, colour, hide…"))
        self._place_jump_button()
        self.view.viewport().update()

    def _place_jump_button(self) -> None:
        self.jump_button.adjustSize()
        button = self.jump_button.rect()
        button.moveCenter(QPoint(self.rect().center().x(), self.rect().bottom() - button.height()))
        self.jump_button.setGeometry(button)

    def _following_changed(self, following: bool) -> None:
        self.jump_button.setVisible(not following)
        self.jump_button.raise_()

    def _update_hint(self) -> None:
        self.hint.setVisible(self.model.rowCount() == 0)

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self._copy, self._person])
        menu.popup(self.view.viewport().mapToGlobal(place))

    def _change_current(self) -> None:
        if (speaker := self._current_speaker()) is not None:
            self.person_requested.emit(speaker)

    def _hide_or_show(self, speaker: str) -> None:
        """Hide or show the speaker's lines, and lay out the others again, as their groups may change."""
        hidden = self._speakers.is_hidden(speaker)
        rows = [row for row in range(self.model.rowCount()) if self.model.belongs_to(row, speaker)]
        if any(self.view.isRowHidden(row) != hidden for row in rows):
            for row in rows:
                self.view.setRowHidden(row, hidden)
            self.view.measure_all()

    def _current_speaker(self) -> str | None:
        index = self.view.currentIndex()
        return self.model.event_at(index.row()).speaker if index.isValid() else None
