"""The pages of the guide."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QApplication, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from klipnet_live.pipeline.preview import Preview
from klipnet_live.types import CaptionEvent, UserError
from klipnet_live.ui.captions.line_painter import not_readable
from klipnet_live.ui.core.settings_store import SettingsStore
from klipnet_live.ui.models.model_list import ModelChoice, examples, select_model
from klipnet_live.ui.onboarding.mouth_view import MouthView
from klipnet_live.ui.preview.view import PreviewView
from klipnet_live.ui.sources.picker import SourcePicker
from klipnet_live.ui.text.language import LANGUAGES
from klipnet_live.ui.widgets.message_bar import MessageAction, MessageBar
from klipnet_live.ui.widgets.plain import PlainLabel
from klipnet_live.ui.widgets.spacing import scale_margins


class GuidePage(QWidget):
    """A page with title and body, which are called again when the interface language changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = PlainLabel()
        self._title.setProperty("role", "title")
        self._body = PlainLabel()
        for label in (self._title, self._body):
            label.setWordWrap(True)
        self.rows = QVBoxLayout(self)
        scale_margins(self.rows, self.font().pointSizeF())
        self.rows.addWidget(self._title)
        self.rows.addWidget(self._body)

    def title(self) -> str:
        raise NotImplementedError

    def body(self) -> str:
        raise NotImplementedError

    def retranslate(self) -> None:
        self._title.setText(self.title())
        self._body.setText(self.body())
        self.setAccessibleName(self.title())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.FontChange:
            scale_margins(self.rows, self.font().pointSizeF())
        super().changeEvent(event)


_ICON = 72
"""Size of the app's icon in pixels."""


class LanguagePage(GuidePage):
    """Choice of the interface language and the language to read, with the limits of the model."""

    def __init__(
        self, settings_store: SettingsStore, models: Sequence[ModelChoice], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._models = models
        icon = PlainLabel()
        icon.setPixmap(QApplication.windowIcon().pixmap(_ICON))
        self.rows.insertWidget(0, icon)
        self.rows.insertStretch(0, 1)
        self._labels = [PlainLabel(), PlainLabel()]
        self.window_language = QComboBox()
        self.window_language.addItem("", "system")
        self.read_language = QComboBox()
        for code, name in LANGUAGES.items():
            self.window_language.addItem(name, code)
            self.read_language.addItem(name, code)
        for label, field in zip(self._labels, (self.window_language, self.read_language), strict=True):
            label.setBuddy(field)
            self.rows.addWidget(label)
            self.rows.addWidget(field)
        self.limits = PlainLabel(wordWrap=True)
        self.rows.addWidget(self.limits)
        self.rows.addStretch(2)
        settings = settings_store.settings
        self.window_language.setCurrentIndex(self.window_language.findData(settings.interface_language))
        self.read_language.setCurrentIndex(self.read_language.findData(settings.language))
        self.window_language.activated.connect(
            lambda: settings_store.change(interface_language=self.window_language.currentData())
        )
        self.read_language.activated.connect(
            lambda: settings_store.change(language=self.read_language.currentData(), model=None, grammar=None)
        )
        self.read_language.activated.connect(self._show_limits)
        self.retranslate()

    def title(self) -> str:
        return self.tr("Welcome to KLipNet Live")

    def body(self) -> str:
        return self.tr(
            "This app captions what people say in a video call, next to the call. It watches your camera or "
            "a part of your screen and reads lips. If you let it hear the call, too, it captions everything "
            "that is said, under the right name."
        )

    def retranslate(self) -> None:
        super().retranslate()
        self._labels[0].setText(self.tr("&Interface language"))
        self._labels[1].setText(self.tr("Language to &read from lips"))
        self.window_language.setItemText(0, self.tr("System default"))
        self._show_limits()

    def _show_limits(self) -> None:
        """Describe the limits of the model, so that its mistakes do not come as a surprise."""
        text = self.what_is_read()
        self.limits.setVisible(bool(text))
        self.limits.setText(text)

    def what_is_read(self) -> str:
        """The limits of the selected language's model; empty if it has an open vocabulary."""
        model = select_model(self._models, None, self.read_language.currentData())
        if model is None or not model.words:
            return ""
        text = self.tr(
            "The lip-reading model knows only {count} words, such as {examples}, and reads well only the "
            "people it was trained on. For all other speech, turn on “Hear the call, too” when you start "
            "captions of a meeting. To have your own phrases read, record them."
        )
        return text.format(count=len(model.words), examples=examples(model.words))


class SourcePage(GuidePage):
    """Choice of the source, with preview, mouth crop and first captions."""

    try_again = Signal()
    """Captions failed, and the user wants to start them again."""

    def __init__(
        self,
        sources: SourcePicker,
        preview: PreviewView,
        limits: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.sources = sources
        self.preview = preview
        self._limits = limits
        self._line: CaptionEvent | None = None
        self.message_bar = MessageBar()
        self.mouth = MouthView()
        self.caption = PlainLabel(wordWrap=True)
        self.caption.setProperty("role", "title")
        self._advice = PlainLabel(wordWrap=True)
        self._advice.setProperty("role", "muted")
        pictures = QHBoxLayout()
        pictures.addWidget(preview, stretch=3)
        pictures.addWidget(self.mouth, stretch=2)
        for part in (sources, self.message_bar):
            self.rows.addWidget(part)
        self.rows.addLayout(pictures)
        for label in (self.caption, self._advice):
            self.rows.addWidget(label)
        self.rows.addStretch()
        self.retranslate()

    def show_preview(self, preview: Preview | None) -> None:
        self.preview.show_preview(preview)
        self.mouth.show_preview(preview)

    def show_caption(self, event: CaptionEvent) -> None:
        """Show the newest line."""
        self._line = event
        self.retranslate()

    def show_problem(self, problem: UserError | str) -> None:
        """Show why captions failed, with a button to try again."""
        again = MessageAction(lambda: self.tr("Try again"), self.try_again.emit)
        self.message_bar.show_message(problem, again, _PROBLEM)

    def begin(self) -> None:
        """Start over for another source."""
        self._line = None
        self.message_bar.forget(_PROBLEM)
        self.retranslate()

    def title(self) -> str:
        return self.tr("Try it")

    def body(self) -> str:
        what_to_do = self.tr("Choose your camera or the window of a meeting, and speak.")
        return f"{what_to_do} {self._limits()}"

    def retranslate(self) -> None:
        super().retranslate()
        event = self._line
        waiting = self.tr("Captions appear here.")
        shown = not_readable() if event is not None and not event.readable else event.text if event else ""
        self.caption.setText(f"“{shown}”" if shown.strip() else waiting)
        self._advice.setText(
            self.tr("Your mouth should be sharp and evenly lit. Light from the front helps most.")
        )


_PROBLEM = "problem"


class PrivacyPage(GuidePage):
    """Information about privacy and mistakes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows.insertStretch(0, 1)
        self.rows.addStretch(2)
        self.retranslate()

    def title(self) -> str:
        return self.tr("Your video stays on this computer")

    def body(self) -> str:
        privacy = self.tr(
            "All recognition runs on this computer. Video, sound and usage data are never sent anywhere, and "
            "captions only if you turn on captions for Zoom. Video is not stored. Captions are kept as a "
            "transcript on this computer, unless you turn that off in the settings. Tell people that you are "
            "reading their lips."
        )
        mistakes = self.tr(
            "Lip reading makes mistakes, above all for people the model was not trained on. Do not rely on "
            "captions where an error could do harm."
        )
        return f"{privacy}\n\n{mistakes}"
