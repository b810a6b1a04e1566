"""Puts the windows of the app together and keeps them in step with the settings."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from klipnet_live.settings import Settings
from klipnet_live.types import UserError
from klipnet_live.ui.appearance import Appearance, appearance_of, apply_appearance
from klipnet_live.ui.caption_file.dialog import CaptionFileDialog
from klipnet_live.ui.controller import Controller
from klipnet_live.ui.diagnostics.dialog import DiagnosticsDialog
from klipnet_live.ui.fonts import load_fonts
from klipnet_live.ui.guide.dialog import GuideDialog
from klipnet_live.ui.guide.pages import LanguagePage, PrivacyPage, SourcePage
from klipnet_live.ui.language import InterfaceTranslator
from klipnet_live.ui.main_window import MainWindow
from klipnet_live.ui.message_bar import Offer
from klipnet_live.ui.model_list import list_models
from klipnet_live.ui.outputs.presenter import OutputsPresenter
from klipnet_live.ui.overlay.presenter import OverlayPresenter
from klipnet_live.ui.preferences.dialog import SettingsDialog
from klipnet_live.ui.preview import PreviewView
from klipnet_live.ui.services import Choice, Services
from klipnet_live.ui.settings_keeper import SettingsKeeper
from klipnet_live.ui.sources.catalogue import Catalogue, CatalogueReader, demo_videos
from klipnet_live.ui.sources.picker import SourcePicker
from klipnet_live.ui.speakers import SpeakerBook
from klipnet_live.ui.transcripts.recorder import Recorder
from klipnet_live.ui.transcripts.window import TranscriptsWindow


class Desktop(QObject):
    """Main window, overlay, settings and guide, around one controller."""

    def __init__(
        self,
        application: QApplication,
        settings_path: Path,
        services: Services,
        catalogue: CatalogueReader,
    ) -> None:
        super().__init__()
        self._application = application
        self._catalogue = catalogue
        self._sessions = services.sessions
        self._family = load_fonts()
        self.keeper = SettingsKeeper(settings_path, self)
        settings = self.keeper.settings
        self._translator = InterfaceTranslator(self)
        self._translator.set_language(settings.interface_language)
        self._language = settings.interface_language
        self._look = appearance_of(settings, self._family)
        apply_appearance(application, self._look)
        self.speakers = SpeakerBook(self)
        self.controller = Controller(services.open_pipeline, self)
        self.window = MainWindow(
            self.controller, self.keeper, self.speakers, catalogue, list_models(), self._look
        )
        actions = self.window.actions_
        self.overlay = OverlayPresenter(self.keeper, self.controller, self.speakers, actions, self._look)
        self.recorder = Recorder(services.sessions, self.speakers, self.keeper, self._source_name, self)
        self.outputs = OutputsPresenter(self.keeper, self.speakers, actions, self)
        self.controller.add_follower(self.recorder)
        self.controller.add_follower(self.outputs)
        self.preferences = SettingsDialog(self.keeper, self.window)
        self.transcripts = TranscriptsWindow(services.sessions, self.window)
        self.caption_file = CaptionFileDialog(services.open_job, self.keeper, self.window)
        self.diagnostics = DiagnosticsDialog(services.diagnose, parent=self.window)
        self.commands = {
            "captions": actions.toggle.trigger,
            "overlay": actions.overlay.trigger,
            "click-through": actions.click_through.trigger,
            "virtual-camera": actions.virtual_camera.trigger,
            "typing": actions.typing.trigger,
        }
        self._connect()

    def open(self, choice: Choice) -> None:
        """Shows the window. A source that is given is read at once; else the last choice is offered."""
        kept = self.keeper.settings
        self.window.controls.choose(
            choice.source or kept.source,
            choice.language or kept.language,
            choice.model or kept.model,
            choice.grammar or kept.grammar,
        )
        self.window.show()
        self.outputs.open()
        if choice.source is not None:
            self.window.start_chosen()
        else:
            self._catalogue.read.connect(self._offer_camera, Qt.ConnectionType.SingleShotConnection)
            if not kept.guide_done:
                self.show_guide()
        if self.keeper.load_problem is not None:
            self.window.tell(self.keeper.load_problem)
        self._catalogue.refresh()

    def finish(self) -> None:
        """Waits, after the window is gone, until the last line is kept and all devices are free."""
        self.controller.finish()
        self.outputs.close()

    def show_guide(self) -> GuideDialog:
        """Opens the first steps."""
        sources = SourcePicker(self._catalogue)
        sources.set_source(self.keeper.settings.source)
        page = SourcePage(sources, PreviewView(self.speakers, self._look))
        guide = GuideDialog((LanguagePage(self.keeper), page, PrivacyPage()), self.keeper, self.window)
        sources.source_chosen.connect(self.window.start_source)
        self.controller.preview.connect(page.show_preview)
        guide.show()
        return guide

    def offer_recovered(self) -> None:
        """Tells of sessions that a crash or a power cut has ended; their lines are all there."""
        try:
            recovered = self._sessions.recovered()
            for session in recovered:
                self._sessions.settle(session.id)
        except UserError as error:
            self.window.tell(error)
            return
        if recovered:
            lines = sum(len(session.lines) for session in recovered)
            told = self.tr("The last session was cut off. Its lines are kept: {count}.").format(count=lines)
            newest = recovered[0].id
            show = Offer(lambda: self.tr("Show"), lambda: self.transcripts.show_session(newest))
            self.window.tell(told, show)

    def _offer_diagnostics(self, problem: UserError) -> None:
        self.window.tell(problem, Offer(lambda: self.tr("Diagnostics…"), self.diagnostics.show))

    def _source_name(self) -> str:
        return self.window.controls.sources.currentText()

    def _connect(self) -> None:
        actions = self.window.actions_
        self.recorder.problem.connect(self.window.tell)
        self.outputs.told.connect(lambda message: self.window.tell(message))
        self.outputs.no_camera.connect(self._offer_diagnostics)
        actions.caption_file.triggered.connect(self.caption_file.show)
        actions.transcripts.triggered.connect(self.transcripts.show)
        actions.diagnostics.triggered.connect(self.diagnostics.show)
        self.keeper.changed.connect(self._show_settings)
        self.overlay.problem.connect(self.window.tell)
        actions.settings.triggered.connect(self.preferences.show)
        actions.guide.triggered.connect(self.show_guide)
        self.window.closed.connect(self.overlay.window.hide)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_colours_changed)

    def _offer_camera(self, found: Catalogue) -> None:
        """Reads the last camera, or the first; where there is none, offers the demo."""
        chosen = self.keeper.settings.source
        if self.controller.running or (chosen is not None and not chosen.startswith("camera:")):
            return
        specs = [camera.spec for camera in found.cameras]
        demos = [str(path) for path in demo_videos()]
        if specs:
            self.window.controls.sources.set_source(chosen if chosen in specs else specs[0])
            if self.keeper.settings.guide_done:
                self.window.start_chosen()
        elif demos:
            self.window.controls.sources.set_source(demos[0])
            self.window.tell(
                UserError("There is no camera: press Start to see the demo video, or choose another source.")
            )

    def _show_settings(self, settings: Settings) -> None:
        if settings.interface_language != self._language:
            self._language = settings.interface_language
            self._translator.set_language(self._language)
        self._dress(appearance_of(settings, self._family))
        self.window.captions.announcing = settings.announce_captions

    def _system_colours_changed(self) -> None:
        self._dress(appearance_of(self.keeper.settings, self._family))

    def _dress(self, look: Appearance) -> None:
        if look != self._look:
            self._look = look
            apply_appearance(self._application, look)
            self.window.set_appearance(look)
            self.overlay.window.set_appearance(look)
