"""The controls for source, language, model, phrases and sound, and the start button."""

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
"""Width, in line heights, below which labels are placed above their fields."""


class ControlPanel(QWidget):
    """Lets the user choose what to caption; emits requests and does not start anything itself.

    The start button is placed by the window, where it never scrolls out of view.
    """

    start_requested = Signal(object)
    """A Request."""

    stop_requested = Signal()
    chosen = Signal(object)
    """The new Request after a change of any of its parts."""

    model_shown = Signal(object)
    """The ModelChoice in effect, or None."""

    def __init__(
        self, sources: SourcePicker, models: Sequence[ModelChoice], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._running = False
        self._user_choice: tuple[str, str | None, str | None] | None = None
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
        self.sound.languages.chosen.connect(self.announce)
        self.start_button.clicked.connect(self._toggle)
        self._retranslate()

    @property
    def request(self) -> Request | None:
        """The current choice, or None if there is no source."""
        if self.sources.source is None:
            return None
        return Request(
            self.sources.source,
            self.languages.currentData(),
            self.models.value,
            self.grammars.value,
            self.sound.picker.spec,
            self.sound.languages.value,
        )

    @property
    def uses_demo_language(self) -> bool:
        """Whether the source is a demo in a language that the user did not choose."""
        return self._user_choice is not None

    def add_row(self, label: Callable[[], str], field: QWidget) -> None:
        """Add a row below the others; `label` is called again when the interface language changes."""
        caption = PlainLabel(text=label())
        caption.setBuddy(field)
        self._form.addRow(caption, field)
        self._added.append((caption, label))

    def choose(
        self, source: str | None, language: str, model: str | None, grammar: str | None = None
    ) -> None:
        """Show a choice without emitting `chosen`."""
        self._user_choice = None
        self.sources.set_source(source)
        self.grammars.set_value(grammar, language)
        self.languages.setCurrentIndex(max(self.languages.findData(language), 0))
        self.models.set_value(model, language)
        self.sound.set_language(language)
        choice = self.models.choice
        self.vocabulary.show_words(choice.words if choice is not None else ())
        self.model_shown.emit(choice)

    def choose_source(self, source: str) -> None:
        """Show this source without emitting `chosen`.

        A demo is read in its own language; the next source uses the user's language again.
        """
        shown = (self.languages.currentData(), self.models.value, self.grammars.value)
        own = self._user_choice or shown
        language = demo_language(source)
        if language is not None and language != own[0]:
            self.choose(source, language, None)
            self._user_choice = own
        else:
            self.choose(source, *own)

    def choose_language(self, language: str) -> None:
        """Show this language without emitting `chosen`; a demo is replaced by the one in this language."""
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
            self._scale_spacing()
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
        self._scale_spacing()

    def _with_vocabulary(self) -> QVBoxLayout:
        rows = QVBoxLayout()
        rows.setSpacing(2)
        rows.addWidget(self.models)
        rows.addWidget(self.vocabulary)
        return rows

    def _scale_spacing(self) -> None:
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
        """Also switch to the language of the model."""
        choice, grammar = self.models.choice, self.grammars.value
        language = self.languages.currentData()
        if choice is not None and choice.language != language:
            language, grammar = choice.language, None
        self.choose(self.sources.source, language, self.models.value, grammar)
        self.announce()

    def announce(self) -> None:
        """Emit `chosen` with the current request."""
        if self.request is not None:
            self.chosen.emit(self.request)

    def _retranslate(self) -> None:
        texts = (
            self.tr("&Source"),
            self.tr("&Language"),
            self.tr("&Model"),
            self.tr("Phras&es"),
            self.tr("S&ound"),
        )
        for label, text in zip(self._labels, texts, strict=True):
            label.setText(text)
        for caption, added in self._added:
            caption.setText(added())
        self.languages.setAccessibleName(self.tr("Language"))
        self.start_button.setText(self.tr("Stop") if self._running else self.tr("Start"))
