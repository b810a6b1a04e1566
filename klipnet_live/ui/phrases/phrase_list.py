"""The phrases of the open profile: add, dictate, remove, play, and train a model on them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from klipnet_live.errors import as_user_error
from klipnet_live.recording.phrase_clips import held_out_takes, language_of, matched_right, write_clips
from klipnet_live.recording.training import TrainingTask
from klipnet_live.types import UserError
from klipnet_live.ui.core.phrases_port import PhraseServices
from klipnet_live.ui.core.settings_store import SettingsStore
from klipnet_live.ui.phrases.dictating import Dictating
from klipnet_live.ui.phrases.open_profile import Checked, OpenProfile
from klipnet_live.ui.phrases.phrase_table import PhraseTable
from klipnet_live.ui.phrases.sets import SETS, phrases_of_set
from klipnet_live.ui.training.dialog import TrainingOffer
from klipnet_live.ui.widgets.flow_row import FlowRow
from klipnet_live.ui.widgets.plain import PlainLabel

_TABLE_ROWS = 7


class PhraseList(QWidget):
    """Edits the phrases of one profile. Phrases can be played at any time, but not edited while recording."""

    problem = Signal(object)
    """A UserError."""

    solved = Signal()
    """A new attempt began: earlier problems no longer count."""

    played = Signal(object)
    """The mouth crops of a take."""

    training_requested = Signal(object)
    """A TrainingOffer, of the profile that is open."""

    def __init__(
        self,
        services: PhraseServices,
        open_profile: OpenProfile,
        settings: SettingsStore,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._open_profile, self._settings = open_profile, settings
        self._blocks = services.encode.blocks
        self._recording = False
        self.dictating = Dictating(services, self)
        self.table = PhraseTable()
        self.text, self.add_button, self.sets_button = QLineEdit(), QPushButton(), QToolButton()
        self.dictate_button, self.remove_button = QPushButton(), QPushButton()
        self.play_button, self.train_button = QPushButton(), QPushButton()
        self.pairs = PlainLabel(wordWrap=True)
        self._sets = QMenu(self)
        self._lay_out()
        self._connect()
        self._retranslate()
        self._show_profile()

    def add_phrases(self, texts: list[str]) -> None:
        """Add phrases to the open profile."""
        if self._open_profile.profile is None:
            return
        try:
            self._open_profile.change(self._open_profile.profile.with_phrases(texts))
        except UserError as error:
            self.problem.emit(error)

    def set_recording(self, recording: bool) -> None:
        """Phrases are not dictated, removed or trained on while their takes are recorded."""
        self._recording = recording
        self._show_buttons()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        adding = QHBoxLayout()
        adding.addWidget(self.text, stretch=1)
        adding.addWidget(self.add_button)
        row = FlowRow()
        buttons = self.dictate_button, self.remove_button, self.play_button, self.train_button
        row.addWidget(self.sets_button)
        for button in buttons:
            row.addWidget(button)
        for button in (self.add_button, *buttons):
            button.setAutoDefault(False)
        self.table.setMinimumHeight(_TABLE_ROWS * self.table.verticalHeader().defaultSectionSize())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(adding)
        column.addWidget(self.table, stretch=1)
        column.addLayout(row)
        column.addWidget(self.pairs)

    def _connect(self) -> None:
        self.sets_button.setMenu(self._sets)
        self.sets_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.text.returnPressed.connect(self._add_typed)
        self.add_button.clicked.connect(self._add_typed)
        self.dictate_button.clicked.connect(self._toggle_dictation)
        self.dictating.heard.connect(lambda text: self.add_phrases([text]))
        self.dictating.problem.connect(self.problem)
        self.dictating.changed.connect(self._show_buttons)
        self.remove_button.clicked.connect(self._remove)
        self.play_button.clicked.connect(self._play)
        self.train_button.clicked.connect(self._offer_training)
        self.table.itemSelectionChanged.connect(self._show_buttons)
        self._open_profile.changed.connect(self._show_profile)
        self._open_profile.checked.connect(self._show_check)

    def _add_typed(self) -> None:
        self.add_phrases(self.text.text().replace(";", "\n").splitlines())
        self.text.clear()

    def _toggle_dictation(self) -> None:
        if self.dictating.running:
            self.dictating.end()
            return
        self.solved.emit()
        try:
            self.dictating.begin(self._settings.settings.language)
        except Exception as error:
            self.problem.emit(as_user_error(error))

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
        profile = self._open_profile.profile
        if profile is not None:
            for text in self.table.chosen:
                profile = profile.without_phrase(text)
            self._open_profile.change(profile)

    def _play(self) -> None:
        """Play the newest take of the selected phrase."""
        profile, chosen = self._open_profile.profile, self.table.chosen
        takes = profile.takes_of(chosen[0]) if profile is not None and chosen else []
        if profile is not None and takes:
            self.played.emit(profile.crops.get(takes[-1].id, ()))

    def _offer_training(self) -> None:
        """Request training of a model on the profile's takes; the clips are written when it starts."""
        profile, folder = self._open_profile.profile, self._open_profile.folder
        if profile is None:
            return
        work, blocks = folder / "training", self._blocks

        def prepare() -> TrainingTask:
            write_clips(profile, work / "clips")
            name = f"{folder.name}-{language_of(profile)}"
            return TrainingTask(work / "clips", work, name, rival=lambda: matched_right(profile, blocks))

        self.training_requested.emit(TrainingOffer(prepare, len(held_out_takes(profile)), phrases=True))

    def _show_profile(self) -> None:
        self.table.show_profile(self._open_profile.profile)
        self._show_buttons()

    def _show_check(self, checked: Checked) -> None:
        if checked.profile is not self._open_profile.profile:
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

    def _show_buttons(self) -> None:
        profile, chosen, idle = self._open_profile.profile, self.table.chosen, not self._recording
        for widget in (self.text, self.add_button, self.sets_button):
            widget.setEnabled(profile is not None)
        self.dictate_button.setEnabled(profile is not None and idle)
        self.dictate_button.setText(
            self.tr("Stop &listening") if self.dictating.running else self.tr("Speak a&loud")
        )
        self.remove_button.setEnabled(bool(chosen) and idle)
        self.play_button.setEnabled(bool(chosen))
        self.train_button.setEnabled(profile is not None and bool(profile.info.takes) and idle)

    def _retranslate(self) -> None:
        self.text.setPlaceholderText(self.tr("A phrase (separate several with ;)"))
        self.text.setAccessibleName(self.tr("New phrase"))
        self.add_button.setText(self.tr("&Add"))
        self.sets_button.setText(self.tr("Add a se&t"))
        self.remove_button.setText(self.tr("Re&move"))
        self.play_button.setText(self.tr("Pla&y last take"))
        self.train_button.setText(self.tr("T&rain…"))
        self._fill_sets()
        self._show_buttons()
