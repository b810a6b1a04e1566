"""Creates the app's windows, connects them, and keeps them in step with the settings."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QMessageBox

from klipnet_live.plain_text import say
from klipnet_live.types import UserError
from klipnet_live.ui.app.first_choice import first_choice
from klipnet_live.ui.app.sound_presenter import SoundPresenter
from klipnet_live.ui.app.source_starter import SourceStarter
from klipnet_live.ui.caption_file.dialog import CaptionFileDialog
from klipnet_live.ui.captions.confidence_threshold import ConfidenceThreshold
from klipnet_live.ui.captions.people_dialog import PeopleDialog
from klipnet_live.ui.captions.speakers import SpeakerBook
from klipnet_live.ui.core.controller import Controller
from klipnet_live.ui.core.phrases_port import PhraseServices
from klipnet_live.ui.core.services import Services, StartChoice
from klipnet_live.ui.core.settings_store import SettingsStore
from klipnet_live.ui.diagnostics.dialog import DiagnosticsDialog
from klipnet_live.ui.hotkeys.presenter import HotkeyPresenter
from klipnet_live.ui.look.appearance_manager import AppearanceManager
from klipnet_live.ui.main_window.window import RUN, MainWindow
from klipnet_live.ui.models.model_list import list_models
from klipnet_live.ui.onboarding.dialog import GuideDialog
from klipnet_live.ui.onboarding.pages import LanguagePage, PrivacyPage, SourcePage
from klipnet_live.ui.outputs.plan import CAMERA
from klipnet_live.ui.outputs.presenter import OutputsPresenter
from klipnet_live.ui.overlay.presenter import OverlayPresenter
from klipnet_live.ui.phrases.dialog import PhrasesDialog
from klipnet_live.ui.phrases.presenter import PhrasesPresenter
from klipnet_live.ui.preferences.dialog import SettingsDialog
from klipnet_live.ui.preferences.overlay_page import OverlayPage
from klipnet_live.ui.preview.view import PreviewView
from klipnet_live.ui.recording.dialog import RecordingDialog
from klipnet_live.ui.recording.form import RecordingForm
from klipnet_live.ui.sources.catalogue import CatalogueReader
from klipnet_live.ui.sources.meeting_dialog import MeetingDialog
from klipnet_live.ui.sources.overlap_guard import RegionOverlapGuard
from klipnet_live.ui.sources.picker import SourcePicker
from klipnet_live.ui.text.error_texts import message_text
from klipnet_live.ui.training.dialog import TrainingDialog, TrainingOffer
from klipnet_live.ui.transcripts.recorder import TranscriptRecorder
from klipnet_live.ui.transcripts.recovery import SessionRecovery
from klipnet_live.ui.transcripts.window import TranscriptsWindow
from klipnet_live.ui.widgets.message_bar import MessageAction
from klipnet_live.ui.widgets.plain import message_box

_TIMEOUT_S = 2.5
"""Time to complete open lines when the window is closed; the whole shutdown takes at most twice as long."""


class AppShell(QObject):
    """Main window, overlay, settings and guide, sharing one controller."""

    def __init__(
        self,
        application: QApplication,
        settings_path: Path,
        services: Services,
        catalogue: CatalogueReader,
    ) -> None:
        super().__init__()
        self._catalogue = catalogue
        self._recovery = SessionRecovery(services.sessions, self)
        self._late_problems: list[UserError] = []
        self.settings_store = SettingsStore(settings_path, self)
        self._appearance = AppearanceManager(application, self.settings_store, self)
        self.speakers = SpeakerBook(self)
        self.controller = Controller(services.open_pipeline, self)
        look = self._appearance.look
        self._models = list_models()
        self.window = MainWindow(
            self.controller, self.settings_store, self.speakers, catalogue, self._models, look
        )
        self.actions = self.window.actions_
        self.overlay = OverlayPresenter(
            self.settings_store, self.controller, self.speakers, self.actions, look
        )
        self._starter = SourceStarter(self.window, catalogue, self.settings_store, self)
        self._make_followers(services)
        self._make_dialogs(services)
        self.hotkeys = HotkeyPresenter(self.settings_store, self.commands, parent=self)
        self._overlap_guard = RegionOverlapGuard(self.window, self.settings_store, self.controller, self)
        self._connect_messages()
        self._connect_actions()
        self._appearance.changed.connect(self.window.set_appearance)
        self._appearance.changed.connect(self.overlay.window.set_appearance)

    @property
    def commands(self) -> dict[str, Callable[[], None]]:
        """Commands of `klipnet-live toggle`."""
        return {
            "captions": self.actions.toggle.trigger,
            "overlay": self.actions.overlay.trigger,
            "click-through": self.actions.click_through.trigger,
            "virtual-camera": self.actions.virtual_camera.trigger,
            "typing": self.actions.typing.trigger,
        }

    def open(self, choice: StartChoice) -> None:
        """Show the window. A requested source starts at once; otherwise the last one is offered."""
        self.settings_store.change(**first_choice(choice, self.settings_store.settings))
        if choice.profiles and self.phrases is not None:
            self.phrases.read_only(choice.profiles)
        kept = self.settings_store.settings
        self.window.controls.choose(kept.source, kept.language, kept.model, kept.grammar)
        if kept.source is not None:
            self.window.controls.choose_source(kept.source)
        if choice.source is not None:
            self._overlap_guard.move_window_off(choice.source)
        self.window.show()
        self.outputs.open()
        self.hotkeys.open()
        if choice.source is not None:
            self.window.start_chosen()
        else:
            self._starter.offer_last_source()
            if not kept.guide_done:
                self.show_guide()
        if self.settings_store.load_problem is not None:
            self.window.show_message(self.settings_store.load_problem)
        self._catalogue.refresh()

    def finish(self) -> None:
        """After the window is closed, wait until lines are stored and devices are released."""
        self.hotkeys.close()
        self.recorder.problem.connect(self._late_problems.append)
        self.caption_file.finish(0.0)
        self.recording.finish(_TIMEOUT_S / 3)
        self.training.finish(_TIMEOUT_S)
        self.controller.finish(_TIMEOUT_S)
        self.caption_file.finish(_TIMEOUT_S / 3)
        self.outputs.close(_TIMEOUT_S / 3)
        self.recorder.finish()
        # Deliver problems that another thread has reported.
        QApplication.sendPostedEvents()

    def warn_of_other_window(self) -> None:
        """Tell the user that the app is already open in another window."""
        self.window.show_message(
            self.tr(
                "KLipNet Live is already open in another window. Each window keeps its own transcripts; "
                "hotkeys of the desktop control only the other window."
            )
        )

    def report_late_problems(self, *, in_dialog: bool) -> None:
        """Report problems that occurred after the window was closed, such as a full disk."""
        for problem in self._late_problems:
            say(f"klipnet-live: {problem}", sys.stderr)
        if self._late_problems and in_dialog:
            text = "\n\n".join(map(message_text, self._late_problems))
            box = message_box(None, "KLipNet Live", text, QMessageBox.Icon.Warning)
            box.exec()

    def show_guide(self) -> GuideDialog:
        """Open the guide for first-time users."""
        sources = SourcePicker(self._catalogue)
        sources.set_source(self.settings_store.settings.source)
        first = LanguagePage(self.settings_store, self._models)
        page = SourcePage(sources, PreviewView(self.speakers, self._appearance.look), first.what_is_read)
        pages = first, PrivacyPage(), page
        guide = GuideDialog(pages, self.settings_store, self.window)
        for signal in (sources.source_chosen, sources.opened):
            signal.connect(self.window.start_source)
        self.controller.preview.connect(page.show_preview)
        self.controller.caption.connect(page.show_caption)
        self.controller.session_started.connect(page.begin)
        # A method, not a lambda: Qt disconnects it when the guide is deleted.
        self.controller.problem.connect(page.show_problem)
        page.try_again.connect(self.window.start_chosen)
        guide.show()
        return guide

    def recover_sessions(self) -> None:
        """Search for sessions that were interrupted, and offer to show them."""
        self._recovery.start()

    def _show_session_message(self, message: str, session_id: str) -> None:
        show = MessageAction(lambda: self.tr("Show"), lambda: self.transcripts.show_session(session_id))
        self.window.show_message(message, show)

    def _offer_diagnostics(self, problem: UserError) -> None:
        offer = MessageAction(lambda: self.tr("Diagnostics…"), self.diagnostics.show)
        self.window.show_message(problem, offer, topic=CAMERA)

    def _source_name(self) -> str:
        return self.window.controls.sources.currentText()

    def _make_followers(self, services: Services) -> None:
        """Create the objects that follow every pipeline."""
        self.recorder = TranscriptRecorder(
            services.sessions, self.speakers, self.settings_store, self._source_name, self
        )
        self.outputs = OutputsPresenter(self.settings_store, self.speakers, self.actions, self)
        self._threshold = ConfidenceThreshold(self.settings_store, self)
        self.controller.add_follower(self._threshold)
        self.controller.add_follower(self.speakers)
        self.controller.add_follower(self.recorder)
        self.controller.add_follower(self.outputs)

    def _make_dialogs(self, services: Services) -> None:
        self.preferences = SettingsDialog(self.settings_store, self.window)
        self.people = PeopleDialog(self.speakers, self._appearance.look, self.window)
        self._appearance.changed.connect(self.people.set_appearance)
        self.meeting = MeetingDialog(self._catalogue, self.window)
        self.sound = SoundPresenter(self.window, self.meeting, self.controller, self.settings_store, self)
        self.transcripts = TranscriptsWindow(services.sessions, self.window)
        self.caption_file = CaptionFileDialog(services.open_job, self.settings_store, self.window)
        self.window.may_close = self.caption_file.may_close
        form = RecordingForm(SourcePicker(self._catalogue), self.settings_store)
        preview = PreviewView(self.speakers, self._appearance.look)
        self.recording = RecordingDialog(
            services.open_studio, form, preview, self.settings_store, self.window
        )
        self.recording.opened.connect(self.controller.stop)
        self._appearance.changed.connect(preview.set_appearance)
        self.training = TrainingDialog(self.window)
        self.training.model_requested.connect(self._use_model)
        self.training.finished_in_background.connect(self._report_trained)
        self.recording.training_requested.connect(self._offer_training)
        self.window.add_help(lambda: self.tr("Listen to the call…"), self.window.meeting_requested.emit)
        self.diagnostics = DiagnosticsDialog(services.diagnose, parent=self.window)
        self.phrases = None if services.phrases is None else self._make_phrases(services.phrases)

    def _make_phrases(self, services: PhraseServices) -> PhrasesPresenter:
        """Create "My phrases": an entry on the start page, a command, and a bar above the captions."""

        def make_dialog() -> PhrasesDialog:
            preview = PreviewView(self.speakers, self._appearance.look)
            self._appearance.changed.connect(preview.set_appearance)
            sources = SourcePicker(self._catalogue)
            dialog = PhrasesDialog(services, sources, preview, self.settings_store, self.window)
            dialog.opened.connect(self.controller.stop)
            dialog.list.training_requested.connect(self.training.offer)
            return dialog

        presenter = PhrasesPresenter(
            services.in_use, self.settings_store, self.controller, self.speakers, make_dialog, self
        )
        self.window.notes.add_question(presenter.bar)
        self.window.start_page.add_choice(
            "phrases",
            "phrases",
            lambda: self.tr("My phrases"),
            lambda: self.tr("Record your own phrases; then they are read from your lips."),
            presenter.show_dialog,
        )
        self.window.add_help(lambda: self.tr("Add your own phrases…"), presenter.show_dialog)
        presenter.message.connect(self.window.show_message)
        presenter.restart_requested.connect(self.window.start_chosen)
        return presenter

    def _offer_training(self) -> None:
        """Offer to train a model on the recorded sentences."""
        form = self.recording.form
        try:
            self.training.offer(TrainingOffer(lambda: form.training, form.recorded))
        except UserError as error:
            self.recording.message_bar.show_message(error)

    def _report_trained(self, text: str) -> None:
        self.window.show_message(text, MessageAction(lambda: self.tr("Show"), self.training.show))

    def _use_model(self, name: str) -> None:
        """Use the trained model from now on."""
        self.settings_store.change(model=name)
        self.window.controls.models.choose(name)

    def _connect_messages(self) -> None:
        self._overlap_guard.problem.connect(lambda problem: self.window.show_message(problem, topic=RUN))
        self.recorder.problem.connect(self.window.show_message)
        self._recovery.recovered.connect(self._show_session_message)
        self._recovery.failed.connect(self.window.show_message)
        self.overlay.problem.connect(self.window.show_message)
        self.hotkeys.problem.connect(self.window.show_message)
        self.outputs.message.connect(lambda message, output: self.window.show_message(message, topic=output))
        self.outputs.no_camera.connect(self._offer_diagnostics)

    def _connect_actions(self) -> None:
        self.actions.caption_file.triggered.connect(self.caption_file.show)
        self.actions.transcripts.triggered.connect(self.transcripts.show)
        self.actions.my_phrases.setVisible(self.phrases is not None)
        if self.phrases is not None:
            self.actions.my_phrases.triggered.connect(self.phrases.show_dialog)
            self.window.closed.connect(self.phrases.large.hide)
        self.actions.record_sentences.triggered.connect(self.recording.show)
        self.actions.diagnostics.triggered.connect(self.diagnostics.show)
        self.actions.settings.triggered.connect(self.preferences.show)
        self.actions.guide.triggered.connect(self.show_guide)
        self.overlay.window.controls.settings_requested.connect(
            lambda: self.preferences.show_page(OverlayPage)
        )
        self.actions.people.triggered.connect(self.people.show)
        self.window.people_requested.connect(self.people.show)
        self.window.captions.person_requested.connect(self.people.show_person)
        self.window.meeting_requested.connect(self.meeting.show)
        self.window.videos_requested.connect(self.caption_file.open_videos)
        self.caption_file.watch_requested.connect(self.window.start_source)
        self.meeting.chosen.connect(self.window.start_source)
        self.meeting.region_requested.connect(self.window.controls.sources.ask_for_region)
        self.window.closed.connect(self.overlay.window.hide)
        self.window.add_help(
            lambda: self.tr("Record sentences to train your own model…"), self.recording.show
        )
