"""The “My phrases” dialog: users type phrases and record each of them three times."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from klipnet_live.errors import as_user_error
from klipnet_live.phrases.profile import Profile
from klipnet_live.phrases.profile_storage import (
    profile_names,
)
from klipnet_live.recording.phrase_clips import held_out_takes, language_of, matched_right, write_clips
from klipnet_live.recording.states import PhraseStudioState
from klipnet_live.recording.training import TrainingTask
from klipnet_live.types import UserError
from klipnet_live.ui.core.phrases_port import PhraseServices
from klipnet_live.ui.core.settings_store import SettingsStore
from klipnet_live.ui.phrases.crop_view import CropView
from klipnet_live.ui.phrases.dictating import Dictating
from klipnet_live.ui.phrases.open_profile import Checked, OpenProfile
from klipnet_live.ui.phrases.phrase_table import PhraseTable
from klipnet_live.ui.phrases.profile_bar import ProfileBar
from klipnet_live.ui.phrases.profile_commands import ProfileCommands
from klipnet_live.ui.phrases.sets import SETS, phrases_of_set
from klipnet_live.ui.phrases.take_recorder import TAKES, TakeRecorder
from klipnet_live.ui.preview.view import PreviewView
from klipnet_live.ui.sources.picker import SourcePicker
from klipnet_live.ui.training.dialog import TrainingOffer
from klipnet_live.ui.widgets.announcer import announce
from klipnet_live.ui.widgets.dialog import Dialog
from klipnet_live.ui.widgets.flow_row import FlowRow
from klipnet_live.ui.widgets.message_bar import MessageAction, MessageBar
from klipnet_live.ui.widgets.plain import PlainLabel
from klipnet_live.ui.widgets.scrolled import ScrolledColumn
from klipnet_live.ui.widgets.splitter import ResponsiveSplitter

_TABLE_ROWS = 7

_PHRASE = "phrase"
"""Topic of messages about takes: removed when the next take is kept."""


class PhrasesDialog(Dialog):
    """Edits one profile at a time. The dialog uses the camera itself while it records."""

    size_at_full = QSize(860, 720)

    opened = Signal()
    """Emitted before the dialog opens the camera."""

    training_requested = Signal(object)
    """A TrainingOffer, of the profile that is open."""

    changed = Signal()
    """The takes of the open profile changed, or it was deleted."""

    def __init__(
        self,
        services: PhraseServices,
        sources: SourcePicker,
        preview: PreviewView,
        settings: SettingsStore,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.sources, self.preview, self._settings = sources, preview, settings
        self.open_profile, self._blocks = OpenProfile(services.encode, self), services.encode.blocks
        self.take_recorder = TakeRecorder(services, self.open_profile, self)
        self.dictating = Dictating(services, self)
        self.message_bar, self.table, self.crop = MessageBar(), PhraseTable(), CropView()
        self.profiles = ProfileBar()
        self._commands = ProfileCommands(self.profiles, self.open_profile, self)
        self.text, self.add_button, self.sets_button = QLineEdit(), QPushButton(), QToolButton()
        self.dictate_button = QPushButton()
        self.remove_button, self.play_button, self.train_button = QPushButton(), QPushButton(), QPushButton()
        self.skip_button, self.undo_button, self.record_button = QPushButton(), QPushButton(), QPushButton()
        self.record_button.setProperty("role", "primary")
        self.phrase = PlainLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self.phrase.setProperty("role", "title")
        self.phrase.hide()
        self.state = PlainLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self.state.setProperty("role", "muted")
        self.pairs = PlainLabel(wordWrap=True)
        self._sets = QMenu(self)
        self._lay_out()
        self._connect()
        self.retranslate()
        self._show_profile()

    def showEvent(self, event: QShowEvent) -> None:
        if not event.spontaneous():
            self.sources.set_source(self._settings.settings.source)
            self._commands.list_profiles()
        super().showEvent(event)

    def done(self, result: int) -> None:
        self.dictating.end()
        self.take_recorder.end()
        super().done(result)

    def add_phrases(self, texts: list[str]) -> None:
        """Add phrases to the open profile."""
        if self.open_profile.profile is None:
            return
        try:
            self.open_profile.change(self.open_profile.profile.with_phrases(texts))
        except UserError as error:
            self._show_message(error)

    def _lay_out(self) -> None:
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        left, right = QWidget(), QWidget()
        self._lay_out_phrases(left)
        column = QVBoxLayout(right)
        column.addWidget(self.sources)
        column.addWidget(self.preview, stretch=2)
        column.addWidget(self.crop, stretch=1)
        for part in (left.layout(), right.layout()):
            if part is not None:
                part.setContentsMargins(0, 0, 0, 0)
        self.table.setMinimumHeight(_TABLE_ROWS * self.table.verticalHeader().defaultSectionSize())
        parts = ResponsiveSplitter(left, right)
        scrolled = ScrolledColumn()
        scrolled.column.addWidget(self.message_bar)
        scrolled.column.addWidget(self.profiles)
        scrolled.column.addWidget(parts, stretch=1)
        buttons = FlowRow(at_end=True)
        for button in (self.undo_button, self.skip_button, self.record_button):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addWidget(scrolled, stretch=1)
        layout.addWidget(self.phrase)
        layout.addWidget(self.state)
        layout.addLayout(buttons)

    def _lay_out_phrases(self, parent: QWidget) -> None:
        adding = QHBoxLayout()
        adding.addWidget(self.text, stretch=1)
        adding.addWidget(self.add_button)
        table_buttons = FlowRow()
        for widget in (
            self.sets_button,
            self.dictate_button,
            self.remove_button,
            self.play_button,
            self.train_button,
        ):
            table_buttons.addWidget(widget)
        column = QVBoxLayout(parent)
        column.addLayout(adding)
        column.addWidget(self.table, stretch=1)
        column.addLayout(table_buttons)
        column.addWidget(self.pairs)

    def _connect(self) -> None:
        self.sets_button.setMenu(self._sets)
        self.sets_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.text.returnPressed.connect(self._add_typed)
        self.add_button.clicked.connect(self._add_typed)
        self.dictate_button.clicked.connect(self._toggle_dictation)
        self.dictating.heard.connect(lambda text: self.add_phrases([text]))
        self.dictating.problem.connect(self._show_message)
        self.dictating.changed.connect(self._show_buttons)
        self.remove_button.clicked.connect(self._remove)
        self.play_button.clicked.connect(self._play)
        self.train_button.clicked.connect(self._offer_training)
        self.record_button.clicked.connect(self._toggle_recording)
        self.skip_button.clicked.connect(self.take_recorder.skip)
        self.undo_button.clicked.connect(self.take_recorder.undo)
        self.table.itemSelectionChanged.connect(self._show_buttons)
        self._commands.problem.connect(self._show_message)
        self.open_profile.changed.connect(self._show_profile)
        self.open_profile.changed.connect(self.changed)
        self.open_profile.checked.connect(self._show_check)
        self.open_profile.problem.connect(self._show_message)
        self.take_recorder.polled.connect(self._show_state)
        self.take_recorder.take_kept.connect(self._take_kept)
        self.take_recorder.problem.connect(self._show_message)
        self.take_recorder.take_refused.connect(self._take_refused)
        self.take_recorder.ended.connect(self._recording_ended)

    def _add_typed(self) -> None:
        self.add_phrases(self.text.text().replace(";", "\n").splitlines())
        self.text.clear()

    def _toggle_dictation(self) -> None:
        if self.dictating.running:
            self.dictating.end()
            return
        self.message_bar.forget(_PHRASE)
        try:
            self.dictating.begin(self._settings.settings.language)
        except Exception as error:
            self._show_message(as_user_error(error))

    def _fill_sets(self) -> None:
        self._sets.clear()
        names = (self.tr("At the bedside"), self.tr("In a meeting"), self.tr("Greetings"))
        for language, spoken in (("ko", "한국어"), ("en", "English")):
            for key, name in zip(SETS, names, strict=True):
                action = self._sets.addAction(f"{name} ({spoken})")
                action.triggered.connect(
                    lambda _=False, key=key, language=language: self.add_phrases(
                        phrases_of_set(key, language)
                    )
                )

    def _remove(self) -> None:
        profile = self.open_profile.profile
        for text in self.table.chosen if profile is not None else []:
            assert profile is not None
            profile = profile.without_phrase(text)
        if profile is not None:
            self.open_profile.change(profile)

    def _play(self) -> None:
        """Play the newest take of the selected phrase."""
        profile, chosen = self.open_profile.profile, self.table.chosen
        takes = profile.takes_of(chosen[0]) if profile is not None and chosen else []
        if profile is not None and takes:
            self.crop.play(profile.crops.get(takes[-1].id, ()))

    def _offer_training(self) -> None:
        """Request training of a model on the profile's takes; the clips are written when it starts."""
        profile, folder = self.open_profile.profile, self.open_profile.folder
        if profile is None:
            return
        work, blocks = folder / "training", self._blocks

        def prepare() -> TrainingTask:
            write_clips(profile, work / "clips")
            name = f"{folder.name}-{language_of(profile)}"
            return TrainingTask(work / "clips", work, name, rival=lambda: matched_right(profile, blocks))

        self.training_requested.emit(TrainingOffer(prepare, len(held_out_takes(profile)), phrases=True))

    def _toggle_recording(self) -> None:
        if self.take_recorder.running:
            self.take_recorder.end()
            return
        self.dictating.end()
        self.message_bar.forget(_PHRASE)
        source = self.sources.source
        try:
            if source is None:
                raise UserError("Choose a camera first.")
            self.opened.emit()
            self.take_recorder.begin(source)
            self.open_profile.checking = False
        except Exception as error:
            self._show_message(as_user_error(error))
        self._show_buttons()

    def _show_state(self, state: PhraseStudioState) -> None:
        """Show the camera image and the phrase to record."""
        studio = self.take_recorder.studio
        if studio is not None and (preview := studio.preview.take()) is not None:
            self.preview.show_preview(preview)
        self.crop.show_crop(state.crop)
        text, profile = self.take_recorder.phrase, self.open_profile.profile
        if text is not None and profile is not None:
            number = len(profile.takes_of(text)) + 1
            prompt = self.tr("{text}  ({number} of {count})").format(text=text, number=number, count=TAKES)
            if prompt != self.phrase.text():
                self.phrase.setText(prompt)
                self.phrase.show()
                announce(self.phrase, prompt)
                self.table.choose(text)
        self.state.setText(self._state_text(state))

    def _state_text(self, state: PhraseStudioState) -> str:
        if state.faces != 1:
            return self.tr("No face in view.") if not state.faces else self.tr("More than one face in view.")
        if state.moving:
            return self.tr("Recording… then rest your lips.")
        return self.tr("Say it now, aloud or silently, then rest your lips.")

    def _recording_ended(self) -> None:
        self.open_profile.checking = True
        self.preview.show_preview(None)
        self.phrase.clear()
        self.phrase.hide()
        self._show_buttons()

    def _take_kept(self) -> None:
        self.message_bar.forget(_PHRASE)

    def _take_refused(self, error: UserError) -> None:
        keep = MessageAction(lambda: self.tr("Keep it"), self.take_recorder.keep_anyway)
        self.message_bar.show_message(error, keep, topic=_PHRASE)

    def _show_message(self, error: UserError) -> None:
        self.message_bar.show_message(error, topic=_PHRASE)

    def _show_profile(self) -> None:
        self.table.show_profile(self.open_profile.profile)
        self._show_buttons()

    def _show_check(self, checked: Checked) -> None:
        if checked.profile is not self.open_profile.profile:
            return
        self.table.show_reports(checked.reports)
        hints = [
            self.tr("“{one}” and “{other}” look alike on the lips. Reword one of them.").format(
                one=pair.one, other=pair.other
            )
            for pair in checked.pairs[:3]
        ]
        self.pairs.setText("\n".join(hints))
        self.pairs.setVisible(bool(hints))
        if self.open_profile.folder.name not in profile_names():
            return
        self.profiles.show_names(profile_names(), self.open_profile.folder.name)

    def _show_buttons(self) -> None:
        profile, running = self.open_profile.profile, self.take_recorder.running
        has_phrases = profile is not None and bool(profile.phrases)
        todo = self.take_recorder.phrase is not None
        for widget in (self.text, self.add_button, self.sets_button):
            widget.setEnabled(profile is not None)
        self.dictate_button.setEnabled(profile is not None and not running)
        self.dictate_button.setText(
            self.tr("Stop &listening") if self.dictating.running else self.tr("Speak a&loud")
        )
        self.remove_button.setEnabled(bool(self.table.chosen) and not running)
        self.play_button.setEnabled(bool(self.table.chosen))
        self.train_button.setEnabled(profile is not None and bool(profile.info.takes) and not running)
        self.sources.setEnabled(not running)
        self.profiles.setEnabled(not running)
        self.skip_button.setVisible(running)
        self.undo_button.setVisible(running)
        self.record_button.setEnabled(running or (has_phrases and todo))
        self.record_button.setText(self.tr("&Stop") if running else self.tr("Record &with the camera"))
        if not running:
            self.state.setText(self._idle_text(profile, todo=todo))

    def _idle_text(self, profile: Profile | None, *, todo: bool) -> str:
        if self.dictating.running:
            if not self.dictating.listening:
                return self.tr("Preparing to listen…")
            return self.tr("Say each phrase aloud, with a pause after it. It is written into the list.")
        if profile is None or not profile.phrases:
            return self.tr("Type a phrase or add a set. Then record each phrase three times.")
        if todo:
            return self.tr("Each phrase is recorded three times. Ten phrases take about two minutes.")
        return self.tr("All phrases are recorded. Turn on “Read these phrases” and start captions.")

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("My phrases"))
        self.text.setPlaceholderText(self.tr("A phrase (separate several with ;)"))
        self.text.setAccessibleName(self.tr("New phrase"))
        self.add_button.setText(self.tr("&Add"))
        self.sets_button.setText(self.tr("Add a se&t"))
        self.remove_button.setText(self.tr("Re&move"))
        self.play_button.setText(self.tr("&Play last take"))
        self.train_button.setText(self.tr("T&rain…"))
        self.undo_button.setText(self.tr("&Undo last take"))
        self.skip_button.setText(self.tr("S&kip this phrase"))
        self.crop.setAccessibleName(self.tr("Mouth as seen by the camera"))
        self._fill_sets()
        self._show_buttons()
