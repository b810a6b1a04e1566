"""The main window: composes the widgets and connects them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from PySide6.QtCore import QEvent, QRect, QSize, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from klipnet_live.settings import Settings
from klipnet_live.types import UserError
from klipnet_live.ui.captions.panel import CaptionPanel
from klipnet_live.ui.captions.speakers import SpeakerBook
from klipnet_live.ui.core.actions import Actions
from klipnet_live.ui.core.controller import Controller, Request
from klipnet_live.ui.core.settings_store import SettingsStore
from klipnet_live.ui.look.appearance import Appearance
from klipnet_live.ui.look.fonts import BASE_POINTS
from klipnet_live.ui.main_window.about import show_about
from klipnet_live.ui.main_window.control_panel import ControlPanel
from klipnet_live.ui.main_window.side_column import SideColumn
from klipnet_live.ui.main_window.status_line import StatusLine
from klipnet_live.ui.models.model_list import ModelChoice
from klipnet_live.ui.preview.view import PreviewGuard, PreviewView
from klipnet_live.ui.sources.catalogue import CatalogueReader
from klipnet_live.ui.sources.picker import SourcePicker
from klipnet_live.ui.text.error_texts import ENDED
from klipnet_live.ui.widgets.message_bar import MessageBar, Offer
from klipnet_live.ui.widgets.screens import in_the_middle, on_a_screen
from klipnet_live.ui.widgets.spacing import scale_margins
from klipnet_live.ui.widgets.splitter import ResponsiveSplitter

_SCALE_STEP = 0.1
RUN = "run"
"""The topic of messages about what is read: over when something is read again."""


class MainWindow(QMainWindow):
    """Captions on the right; what is read, and how, on the left."""

    closed = Signal()

    def __init__(
        self,
        controller: Controller,
        keeper: SettingsStore,
        speakers: SpeakerBook,
        catalogue: CatalogueReader,
        models: Sequence[ModelChoice],
        appearance: Appearance,
    ) -> None:
        super().__init__()
        self._controller = controller
        self._keeper = keeper
        self.captions = CaptionPanel(speakers, appearance)
        self.preview = PreviewView(speakers, appearance)
        self.controls = ControlPanel(SourcePicker(catalogue), models)
        self.message_bar = MessageBar()
        self.status_line = StatusLine()
        self.actions_ = Actions(self.menuBar(), self)
        self._lay_out()
        self._connect_controller()
        self._connect_actions()
        self._restore(keeper.settings)
        self.set_appearance(appearance)
        self._retranslate()

    def set_appearance(self, appearance: Appearance) -> None:
        self.captions.set_appearance(appearance)
        self.preview.set_appearance(appearance)
        scale_margins(self._layout, BASE_POINTS * appearance.scale)

    def start(self, request: Request) -> None:
        """Reads this, and remembers it as the choice for the next time."""
        self.message_bar.forget(RUN)
        self._keeper.change(**asdict(request))
        self._controller.start(request)

    def start_source(self, source: str) -> None:
        """Reads this source, in the language and by the model that are chosen."""
        self.controls.choose_source(source)
        self.start_chosen()

    def start_chosen(self) -> None:
        """Reads what the controls show."""
        if self.controls.request is not None:
            self.start(self.controls.request)

    def tell(self, message: str | UserError, offer: Offer | None = None, topic: str = "") -> None:
        """Shows a message that trying again would not mend."""
        self.message_bar.show_message(message, offer, topic)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.WindowStateChange:
            self._update_preview_wanted()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._controller.stop()
        place = self.geometry()
        self._keeper.change(window_geometry=(place.x(), place.y(), place.width(), place.height()))
        self._keeper.flush()
        self.closed.emit()
        super().closeEvent(event)

    def _lay_out(self) -> None:
        self._side = SideColumn()
        self._side.add(self.preview, stretch=1)
        self._side.add(self.controls)
        self._side.add(self.status_line)
        self._side.pin(self.controls.start_button)
        whole = QWidget()
        self._layout = QVBoxLayout(whole)
        self._layout.addWidget(self.message_bar)
        parts = ResponsiveSplitter(self._side, self.captions)
        parts.too_small.connect(self._side.show_pinned_only)
        self._layout.addWidget(parts, stretch=1)
        self.setCentralWidget(whole)
        self.controls.start_button.setFocus()

    def _connect_controller(self) -> None:
        controller = self._controller
        controller.session_started.connect(
            lambda: self.captions.begin_session(self.controls.sources.currentText())
        )
        controller.caption.connect(self.captions.apply)
        controller.preview.connect(PreviewGuard(self.preview, self._keeper, self).show_preview)
        controller.status.connect(self.status_line.show_status)
        controller.problem.connect(self._show_problem)
        controller.source_ended.connect(self._show_end)
        controller.running_changed.connect(self._show_running)
        self.controls.start_requested.connect(self.start)
        self.controls.stop_requested.connect(controller.stop)
        self.controls.chosen.connect(self._choice_changed)
        self.controls.models.problem.connect(lambda error: self.tell(error))
        self._keeper.problem.connect(lambda error: self.tell(error))
        self._keeper.changed.connect(self._show_settings)

    def _connect_actions(self) -> None:
        actions = self.actions_
        actions.open_video.triggered.connect(self.controls.sources.ask_for_video)
        actions.pick_region.triggered.connect(self.controls.sources.ask_for_region)
        actions.quit.triggered.connect(self.close)
        actions.toggle.triggered.connect(self.controls.start_button.click)
        actions.clear.triggered.connect(self.captions.model.clear)
        actions.jump.triggered.connect(self.captions.view.jump_to_newest)
        actions.captions_only.toggled.connect(self._show_captions_only)
        actions.about.triggered.connect(lambda: show_about(self))
        actions.larger.triggered.connect(lambda: self._scale_text(_SCALE_STEP))
        actions.smaller.triggered.connect(lambda: self._scale_text(-_SCALE_STEP))

    def _restore(self, settings: Settings) -> None:
        self._show_settings(settings)
        # Larger text needs a larger window, as far as the screen goes.
        wanted = QSize(1120, 720) * max(1.0, 0.7 * settings.text_scale)
        self.setGeometry(in_the_middle(wanted, self.screen().availableGeometry()))
        if settings.window_geometry is not None:
            place = QRect(*settings.window_geometry)
            if on_a_screen(place):
                self.setGeometry(place)

    def _show_settings(self, settings: Settings) -> None:
        """Follows a choice that was made elsewhere, as in the guide."""
        self.captions.announcing = settings.announce_captions
        request = self.controls.request
        if request is None:
            self.controls.choose(settings.source, settings.language, settings.model, settings.grammar)
        elif settings.language != request.language:
            self.controls.choose_language(settings.language)

    def _show_problem(self, problem: UserError) -> None:
        self.message_bar.show_message(problem, Offer(lambda: self.tr("Try again"), self.start_chosen), RUN)

    def _show_end(self) -> None:
        """A source that has ended is no mistake: it can be read once more."""
        self.message_bar.show_message(ENDED, Offer(lambda: self.tr("Start again"), self.start_chosen), RUN)

    def _choice_changed(self, request: Request) -> None:
        self._keeper.change(**asdict(request))
        if self._controller.running:
            self.start(request)

    def _show_running(self, running: bool) -> None:
        for part in (self.controls, self.captions, self.status_line):
            part.set_running(running)
        self.actions_.retranslate(running=running)

    def _show_captions_only(self, only: bool) -> None:
        self._side.setVisible(not only)
        self._update_preview_wanted()

    def _update_preview_wanted(self) -> None:
        self._controller.preview_wanted = (
            not self.isMinimized() and not self.actions_.captions_only.isChecked()
        )

    def _scale_text(self, step: float) -> None:
        scale = min(max(round(self._keeper.settings.text_scale + step, 2), 0.8), 4.0)
        self._keeper.change(text_scale=scale)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("KLipNet Live"))
        self.actions_.retranslate(running=self._controller.running)
