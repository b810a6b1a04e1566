"""A bar to choose the profile, its speaker, and whether its phrases are recognised and spoken."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QMenu, QToolButton, QVBoxLayout, QWidget

from klipnet_live.ui.widgets.flow_row import FlowRow, labelled
from klipnet_live.ui.widgets.plain import PlainLabel
from klipnet_live.ui.widgets.spacing import let_shrink

SPEAKING = ("off", "at once", "after a moment")
"""When recognised phrases are spoken, in the order of the combo box."""


class ProfileBar(QWidget):
    """Shows the profiles and emits the user's choices."""

    chosen = Signal(str)
    new_requested = Signal()
    import_requested = Signal()
    export_requested = Signal()
    delete_requested = Signal()

    use_changed = Signal()
    """The user changed whether, for whom or how the profile is used."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.names, self.owner, self.speaking, self.voices = (QComboBox() for _ in range(4))
        self.read_box, self.large_box, self.more = QCheckBox(), QCheckBox(), QToolButton()
        self._labels = [PlainLabel() for _ in range(4)]
        self._menu = QMenu(self)
        self._actions = [self._menu.addAction("") for _ in range(4)]
        self._speakers: list[tuple[str, str]] = []
        self._lay_out()
        self._connect()
        self._retranslate()

    @property
    def speaker(self) -> str | None:
        """The speaker whose lines are compared with the profile; None means everyone."""
        return self.owner.currentData() or None

    def show_names(self, names: Sequence[str], current: str) -> None:
        self.names.blockSignals(True)
        self.names.clear()
        self.names.addItems(sorted({*names, current} - {""}))
        self.names.setCurrentText(current)
        self.names.blockSignals(False)

    def show_speakers(self, speakers: Sequence[tuple[str, str]], chosen: str | None) -> None:
        """Offer the ids and names of the speakers in view."""
        self._speakers = list(speakers)
        self.owner.blockSignals(True)
        self.owner.clear()
        self.owner.addItem(self.tr("everyone"), "")
        for speaker, name in self._speakers:
            self.owner.addItem(name, speaker)
        self.owner.setCurrentIndex(max(0, self.owner.findData(chosen or "")))
        self.owner.blockSignals(False)

    def show_use(self, *, read: bool, speaking: str, large: bool) -> None:
        """Show the settings without emitting signals."""
        for widget in (self.read_box, self.speaking, self.large_box):
            widget.blockSignals(True)
        self.read_box.setChecked(read)
        self.speaking.setCurrentIndex(SPEAKING.index(speaking))
        self.large_box.setChecked(large)
        for widget in (self.read_box, self.speaking, self.large_box):
            widget.blockSignals(False)

    def show_voices(self, names: Sequence[str], chosen: str) -> None:
        """The system's voices to choose from; none are shown while nothing is spoken."""
        self._voice.setVisible(bool(names))
        self.voices.blockSignals(True)
        self.voices.clear()
        self.voices.addItem(self.tr("of the system"), "")
        for name in names:
            self.voices.addItem(name, name)
        self.voices.setCurrentIndex(max(0, self.voices.findData(chosen)))
        self.voices.blockSignals(False)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        self.more.setMenu(self._menu)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.speaking.addItems(["", "", ""])
        first, second = FlowRow(), FlowRow()
        for box in (self.names, self.owner, self.voices):
            let_shrink(box)
        for widget in (
            labelled(self._labels[0], self.names),
            self.more,
            self.read_box,
            labelled(self._labels[1], self.owner),
        ):
            first.addWidget(widget)
        self._voice = labelled(self._labels[3], self.voices)
        self._voice.hide()
        for widget in (labelled(self._labels[2], self.speaking), self._voice, self.large_box):
            second.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(first)
        column.addLayout(second)

    def _connect(self) -> None:
        self.names.activated.connect(lambda: self.chosen.emit(self.names.currentText()))
        signals = (self.new_requested, self.import_requested, self.export_requested, self.delete_requested)
        for action, signal in zip(self._actions, signals, strict=True):
            action.triggered.connect(lambda _=False, signal=signal: signal.emit())
        self.read_box.toggled.connect(self.use_changed)
        self.large_box.toggled.connect(self.use_changed)
        self.owner.activated.connect(self.use_changed)
        self.speaking.activated.connect(self.use_changed)
        self.voices.activated.connect(self.use_changed)

    def _retranslate(self) -> None:
        labels = (
            self.tr("Pr&ofile"),
            self.tr("Sp&eaker"),
            self.tr("Speak p&hrases aloud"),
            self.tr("&Voice"),
        )
        boxes = (self.names, self.owner, self.speaking, self.voices)
        for label, box, text in zip(self._labels, boxes, labels, strict=True):
            label.setText(text)
            box.setAccessibleName(text.replace("&", ""))
        self.read_box.setText(self.tr("Read these &phrases"))
        self.large_box.setText(self.tr("Show in lar&ge text"))
        for row, text in enumerate((self.tr("never"), self.tr("at once"), self.tr("after a pause"))):
            self.speaking.setItemText(row, text)
        self.more.setText(self.tr("More"))
        texts = (self.tr("&New…"), self.tr("&Import…"), self.tr("&Export…"), self.tr("&Delete…"))
        for action, text in zip(self._actions, texts, strict=True):
            action.setText(text)
        self.voices.setItemText(0, self.tr("of the system"))
        self.show_speakers(self._speakers, self.speaker)
