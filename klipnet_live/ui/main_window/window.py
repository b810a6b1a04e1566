"""The main window: composes the widgets and connects them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import asdict

from PySide6.QtCore import QEvent, QRect, QSize, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from klipnet_live.settings import Settings
from klipnet_live.types import UserError
from klipnet_live.ui.captions.panel import CaptionPanel
from klipnet_live.ui.captions.speakers import SpeakerBook
from klipnet_live.ui.core.actions import Actions
from klipnet_live.ui.core.controller import Controller, Request
from klipnet_live.ui.core.settings_store import SettingsStore
from klipnet_live.ui.look.appearance import Appearance
from klipnet_live.ui.main_window.about import show_about
from klipnet_live.ui.main_window.captioning_page import CaptioningPage
from klipnet_live.ui.main_window.control_panel import ControlPanel
from klipnet_live.ui.main_window.dock import Dock
from klipnet_live.ui.main_window.notes import Notes
from klipnet_live.ui.main_window.session_bar import SessionBar
from klipnet_live.ui.main_window.start_page import StartPage
from klipnet_live.ui.models.expectations import ExpectationBar
from klipnet_live.ui.models.model_list import ModelChoice
from klipnet_live.ui.preview.view import PreviewGuard, PreviewView
from klipnet_live.ui.sources.catalogue import CatalogueReader, demo_in
from klipnet_live.ui.sources.dropped import dropped_paths
from klipnet_live.ui.sources.picker import SourcePicker
from klipnet_live.ui.text.error_texts import ENDED
from klipnet_live.ui.widgets.message_bar import MessageAction, MessageBar
from klipnet_live.ui.widgets.padded import Padded
from klipnet_live.ui.widgets.screens import centred, on_a_screen

_SCALE_STEP = 0.1
RUN = "run"
"""Topic of messages about the running captions; they are removed at the next start."""

_LIVE_SOURCE = re.compile(r"(camera|screen|window)(:|$)")
"""Live sources, whose lines show the time of day."""


class MainWindow(QMainWindow):
    """The start page; then the captions below the session bar, with preview and controls next to them."""

    closed = Signal()
    meeting_requested = Signal()
    camera_requested = Signal()
    videos_requested = Signal(list)
    """Paths of videos and folders to caption; empty if the user has yet to choose."""
    people_requested = Signal()

    def __init__(
        self,
        controller: Controller,
        settings_store: SettingsStore,
        speakers: SpeakerBook,
        catalogue: CatalogueReader,
        models: Sequence[ModelChoice],
        appearance: Appearance,
    ) -> None:
        super().__init__()
        self.may_close: Callable[[], bool] = lambda: True
        self._controller = controller
        self._settings_store = settings_store
        self._language = settings_store.settings.language
        self.captions = CaptionPanel(speakers, appearance)
        self.preview = PreviewView(speakers, appearance)
        self.controls = ControlPanel(SourcePicker(catalogue), models)
        self.session_bar = SessionBar(self.controls.start_button, appearance)
        self.start_page = StartPage(appearance)
        self.expectations = ExpectationBar(), ExpectationBar()
        self.message_bar = MessageBar()
        self.notes = Notes(self.expectations[1])
        self.notes.yield_to(self.message_bar)
        self.actions_ = Actions(self.menuBar(), self)
        self._lay_out()
        self.dock = Dock(self, self.actions_, self.session_bar)
        self._connect_controller()
        self._connect_actions()
        self._restore(settings_store.settings)
        self.set_appearance(appearance)
        self._retranslate()

    def set_appearance(self, appearance: Appearance) -> None:
        for part in (self.captions, self.preview, self.session_bar, self.start_page, self._captioning):
            part.set_appearance(appearance)

    def start(self, request: Request) -> None:
        """Start captions, and remember the request for the next time."""
        self.message_bar.forget(RUN)
        self._remember(request)
        self._controller.start(request)

    def start_source(self, source: str) -> None:
        """Start captions of this source with the selected language and model."""
        self.controls.choose_source(source)
        self.start_chosen()

    def start_chosen(self) -> None:
        """Start captions with the selected controls."""
        if self.controls.request is not None:
            self.start(self.controls.request)

    def show_message(
        self, message: str | UserError, offer: MessageAction | None = None, topic: str = ""
    ) -> None:
        """Show a message in the message bar, with an optional button."""
        self.message_bar.show_message(message, offer, topic)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.notes.fit(self.height())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.WindowStateChange:
            self._update_preview_needed()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        # The system and `quit` close it too, without a question or after it.
        if event.spontaneous() and not self.may_close():
            event.ignore()
            return
        self._controller.stop()
        place = self.dock.undocked_geometry
        self._settings_store.change(window_geometry=(place.x(), place.y(), place.width(), place.height()))
        self._settings_store.flush()
        self.closed.emit()
        super().closeEvent(event)

    def quit(self) -> None:
        """Close the window, unless something is unfinished and the user wants to continue."""
        if self.may_close():
            self.close()

    def add_help(self, label: Callable[[], str], begin: Callable[[], object]) -> None:
        """Add a suggestion for better captions to the bars that describe the model's limits."""
        for bar in self.expectations:
            bar.add_help(label, begin)

    def show_start_page(self) -> None:
        """Show the start page; existing captions are kept."""
        if not self._controller.running:
            self._pages.setCurrentWidget(self.start_page)
            self.start_page.focus_first()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()
            self.start_page.show_dropping(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.start_page.show_dropping(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.start_page.show_dropping(False)
        if paths := dropped_paths(event.mimeData()):
            self.videos_requested.emit(paths)

    def _lay_out(self) -> None:
        self.setAcceptDrops(True)
        self._captioning = CaptioningPage(
            self.session_bar, self.notes, self.captions, (self.preview, self.controls)
        )
        self._pages = QStackedWidget()
        self._pages.addWidget(self.start_page)
        self._pages.addWidget(self._captioning)
        self.start_page.extra.addWidget(self.expectations[0])
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(Padded(self.message_bar))
        layout.addWidget(self._pages, stretch=1)
        self.setCentralWidget(whole)
        self.start_page.focus_first()

    def _connect_controller(self) -> None:
        controller = self._controller
        controller.session_started.connect(self._begin_session)
        controller.caption.connect(self.captions.apply)
        for picture in (self.preview, self.session_bar.thumbnail):
            controller.preview.connect(PreviewGuard(picture, self._settings_store, self).show_preview)
        controller.status.connect(self.session_bar.state.show_status)
        controller.problem.connect(self._show_problem)
        controller.source_ended.connect(self._show_end)
        controller.running_changed.connect(self._show_running)
        self.controls.start_requested.connect(self.start)
        self.controls.stop_requested.connect(controller.stop)
        self.controls.chosen.connect(self._choice_changed)
        self.controls.models.problem.connect(lambda error: self.show_message(error))
        self._connect_pages()
        for bar in self.expectations:
            self.controls.model_shown.connect(bar.show_model)
        self.add_help(lambda: self.tr("Choose the expected phrases…"), self._show_grammars)
        self._settings_store.problem.connect(lambda error: self.show_message(error))
        self._settings_store.changed.connect(self._show_settings)

    def _connect_pages(self) -> None:
        self.session_bar.home.connect(self.show_start_page)
        self.session_bar.people.connect(self.people_requested)
        self.session_bar.setup_toggled.connect(self._show_setup)
        self.start_page.meeting.connect(self.meeting_requested)
        self.start_page.camera.connect(self.camera_requested)
        self.start_page.video.connect(lambda: self.videos_requested.emit([]))
        self.start_page.demo.connect(self._start_demo)
        self.start_page.again.connect(self.start_chosen)

    def _connect_actions(self) -> None:
        actions = self.actions_
        actions.open_video.triggered.connect(self.controls.sources.ask_for_video)
        actions.pick_region.triggered.connect(self.controls.sources.ask_for_region)
        actions.quit.triggered.connect(self.quit)
        actions.toggle.triggered.connect(self.controls.start_button.click)
        actions.start_page.triggered.connect(self.show_start_page)
        actions.picture.toggled.connect(self.session_bar.setup_button.setChecked)
        actions.clear.triggered.connect(self.captions.model.clear)
        actions.jump.triggered.connect(self.captions.view.jump_to_newest)
        actions.captions_only.toggled.connect(self._show_captions_only)
        actions.about.triggered.connect(lambda: show_about(self))
        actions.larger.triggered.connect(lambda: self._scale_text(_SCALE_STEP))
        actions.smaller.triggered.connect(lambda: self._scale_text(-_SCALE_STEP))

    def _restore(self, settings: Settings) -> None:
        self._show_settings(settings)
        # Larger text needs a larger window, limited by the screen.
        size = QSize(760, 680) * max(1.0, 0.7 * settings.text_scale)
        self.setGeometry(centred(size, self.screen().availableGeometry()))
        if settings.window_geometry is not None:
            place = QRect(*settings.window_geometry)
            if on_a_screen(place):
                self.setGeometry(place)

    def _show_settings(self, settings: Settings) -> None:
        """Follow changes that were made elsewhere, e.g. in the guide."""
        self.captions.announcing = settings.announce_captions
        request = self.controls.request
        if request is None:
            self.controls.choose(settings.source, settings.language, settings.model, settings.grammar)
        elif settings.language != self._language:
            self.controls.choose_language(settings.language)
        self._language = settings.language

    def _show_problem(self, problem: UserError) -> None:
        self.message_bar.show_message(
            problem, MessageAction(lambda: self.tr("Try again"), self.start_chosen), RUN
        )

    def _show_end(self) -> None:
        """Show that the source has ended, and offer to start it again."""
        self.message_bar.show_message(
            ENDED, MessageAction(lambda: self.tr("Start again"), self.start_chosen), RUN
        )

    def _choice_changed(self, request: Request) -> None:
        self._remember(request)
        if self._controller.running:
            self.start(request)

    def _remember(self, request: Request) -> None:
        """Remember the request; for a demo in another language than the user's, only the source."""
        values = asdict(request)
        if self.controls.uses_demo_language:
            values = {"source": request.source}
        self._settings_store.change(**values)

    def _begin_session(self) -> None:
        source = self._settings_store.settings.source or ""
        name = self.controls.sources.currentText()
        self.captions.begin_session(name, by_the_clock=bool(_LIVE_SOURCE.match(source)))

    def _start_demo(self) -> None:
        if demo := demo_in(self._settings_store.settings.language):
            self.start_source(demo)

    def _show_running(self, running: bool) -> None:
        for part in (self.controls, self.captions, self.session_bar):
            part.set_running(running)
        self.actions_.retranslate(running=running)
        self.actions_.start_page.setEnabled(not running)
        self.session_bar.show_source(self.controls.sources.currentText())
        if running or self.dock.is_docked:
            self._pages.setCurrentWidget(self._captioning)
            self.controls.start_button.setFocus()

    def _show_setup(self, shown: bool) -> None:
        self.actions_.picture.setChecked(shown)
        self._captioning.show_setup(shown)

    def _show_grammars(self) -> None:
        """Show and focus the phrase picker."""
        self._pages.setCurrentWidget(self._captioning)
        self.session_bar.setup_button.setChecked(True)
        self.controls.grammars.setFocus()

    def _show_captions_only(self, only: bool) -> None:
        self._captioning.show_captions_only(only)
        self.menuBar().setVisible(not only and not self.dock.is_docked)
        self._update_preview_needed()

    def _update_preview_needed(self) -> None:
        self._controller.preview_needed = (
            not self.isMinimized() and not self.actions_.captions_only.isChecked()
        )

    def _scale_text(self, step: float) -> None:
        scale = min(max(round(self._settings_store.settings.text_scale + step, 2), 0.8), 4.0)
        self._settings_store.change(text_scale=scale)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("KLipNet Live"))
        self.actions_.retranslate(running=self._controller.running)
