"""What is read, in which language, by which model, in which sentences; and the button that starts it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QPushButton, QVBoxLayout, QWidget

from klipnet_live.ui.core.controller import Request
from klipnet_live.ui.models.grammar_picker import GrammarPicker
from klipnet_live.ui.models.model_list import ModelChoice, VocabularyLine
from klipnet_live.ui.models.model_picker import ModelPicker
from klipnet_live.ui.sound.row import SoundRow
from klipnet_live.ui.sources.catalogue import demo_in, demo_language
from klipnet_live.ui.sources.picker import SourcePicker
from klipnet_live.ui.text.language import LANGUAGES
from klipnet_live.ui.widgets.plain import PlainLabel
from klipnet_live.ui.widgets.spacing import let_shrink, scale_margins

_NARROW_LINES = 17
"""Width, in heights of a line, below which labels stand above their fields."""


class ControlPanel(QWidget):
    """Asks for captions of a source; whoever listens carries it out.

    The start button is placed by the window, where it never scrolls out of view.
    """

    start_requested = Signal(object)
    """A Request."""

    stop_requested = Signal()
    chosen = Signal(object)
    """The Request as it stands after a change of any of its parts."""

    model_shown = Signal(object)
    """The ModelChoice that will read, or None where there is none."""

    def __init__(
        self, sources: SourcePicker, models: Sequence[ModelChoice], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._running = False
        self._own: tuple[str, str | None, str | None] | None = None
        self.sources = sources
        self.languages, self.models = QComboBox(), ModelPicker(models)
        let_shrink(self.languages)
        for code, name in LANGUAGES.items():
            self.languages.addItem(name, code)
        self.vocabulary = VocabularyLine()
        self.grammars = GrammarPicker()
        self.sound = SoundRow()
        self.start_button = QPushButton()
        self.start_button.setProperty("role", "primary")
        self._labels = [PlainLabel() for _ in range(5)]
        self._added: list[tuple[PlainLabel, Callable[[], str]]] = []
        self._lay_out()
        self.sources.source_chosen.connect(self._source_chosen)
        self.sources.opened.connect(lambda: self.start_requested.emit(self.request))
        self.languages.activated.connect(self._language_chosen)
        self.models.chosen.connect(self._model_chosen)
        self.grammars.chosen.connect(self.announce)
        self.sound.picker.chosen.connect(self.announce)
        self.start_button.clicked.connect(self._toggle)
        self._retranslate()

    @property
    def request(self) -> Request | None:
        """What is chosen, or None while there is no source."""
        if self.sources.source is None:
            return None
        return Request(
            self.sources.source,
            self.languages.currentData(),
            self.models.value,
            self.grammars.value,
            self.sound.picker.spec,
        )

    @property
    def borrows_language(self) -> bool:
        """What is read is a demo in a language that the user did not choose: nothing else is read in it."""
        return self._own is not None

    def add_row(self, label: Callable[[], str], field: QWidget) -> None:
        """Adds a choice below the others; `label` is asked for again when the language changes."""
        caption = PlainLabel(text=label())
        caption.setBuddy(field)
        self._form.addRow(caption, field)
        self._added.append((caption, label))

    def choose(
        self, source: str | None, language: str, model: str | None, grammar: str | None = None
    ) -> None:
        """Shows a choice without announcing it."""
        self._own = None
        self.sources.set_source(source)
        self.grammars.set_value(grammar, language)
        self.languages.setCurrentIndex(max(self.languages.findData(language), 0))
        self.models.set_value(model, language)
        self.sound.set_language(language)
        choice = self.models.choice
        self.vocabulary.show_words(choice.words if choice is not None else ())
        self.model_shown.emit(choice)

    def choose_source(self, source: str) -> None:
        """Shows this source without announcing it.

        A demo is read in the language that is spoken in it, and the next source as before.
        """
        shown = (self.languages.currentData(), self.models.value, self.grammars.value)
        own = self._own or shown
        language = demo_language(source)
        if language is not None and language != own[0]:
            self.choose(source, language, None)
            self._own = own
        else:
            self.choose(source, *own)

    def choose_language(self, language: str) -> None:
        """Shows this language without announcing it; a demo in another one gives way."""
        source = self.sources.source
        if demo_language(source) is not None:
            source = demo_in(language) or source
        self.choose(source, language, None)

    def set_running(self, running: bool) -> None:
        self._running = running
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.FontChange:
            self._give_room()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = event.size().width() < _NARROW_LINES * self.fontMetrics().height()
        policies = QFormLayout.RowWrapPolicy
        self._form.setRowWrapPolicy(policies.WrapAllRows if narrow else policies.WrapLongRows)
        super().resizeEvent(event)

    def _lay_out(self) -> None:
        self._form = form = QFormLayout(self)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        fields = (self.sources, self.languages, self.models, self.grammars, self.sound)
        for label, field in zip(self._labels, fields, strict=True):
            label.setBuddy(field)
            form.addRow(label, self._with_vocabulary() if field is self.models else field)
        self._give_room()

    def _with_vocabulary(self) -> QVBoxLayout:
        rows = QVBoxLayout()
        rows.setSpacing(2)
        rows.addWidget(self.models)
        rows.addWidget(self.vocabulary)
        return rows

    def _give_room(self) -> None:
        scale_margins(self._form, self.font().pointSizeF())
        self._form.setContentsMargins(0, 0, 0, 0)

    def _toggle(self) -> None:
        if self._running:
            self.stop_requested.emit()
        elif self.request is not None:
            self.start_requested.emit(self.request)
        else:
            self.sources.showPopup()

    def _source_chosen(self, source: str) -> None:
        self.choose_source(source)
        self.announce()

    def _language_chosen(self) -> None:
        self.choose_language(self.languages.currentData())
        self.announce()

    def _model_chosen(self) -> None:
        """A model that reads another language brings it along."""
        choice, grammar = self.models.choice, self.grammars.value
        language = self.languages.currentData()
        if choice is not None and choice.language != language:
            language, grammar = choice.language, None
        self.choose(self.sources.source, language, self.models.value, grammar)
        self.announce()

    def announce(self) -> None:
        """Tells what is chosen, as after a change of any of its parts."""
        if self.request is not None:
            self.chosen.emit(self.request)

    def _retranslate(self) -> None:
        texts = (
            self.tr("&Source"),
            self.tr("&Language read"),
            self.tr("&Model"),
            self.tr("S&entences"),
            self.tr("Soun&d"),
        )
        for label, text in zip(self._labels, texts, strict=True):
            label.setText(text)
        for caption, added in self._added:
            caption.setText(added())
        self.languages.setAccessibleName(self.tr("Language read"))
        self.start_button.setText(self.tr("Stop") if self._running else self.tr("Start"))
