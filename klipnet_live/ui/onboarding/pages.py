"""The pages of the guide."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QComboBox, QVBoxLayout, QWidget

from klipnet_live.pipeline.preview import Preview
from klipnet_live.ui.core.settings_store import SettingsStore
from klipnet_live.ui.models.model_list import ModelChoice, chosen_among, examples
from klipnet_live.ui.onboarding.mouth_view import MouthView
from klipnet_live.ui.preview.view import PreviewView
from klipnet_live.ui.sources.picker import SourcePicker
from klipnet_live.ui.text.language import LANGUAGES
from klipnet_live.ui.widgets.plain import PlainLabel
from klipnet_live.ui.widgets.spacing import scale_margins


class GuidePage(QWidget):
    """`title` and `body` are asked for again when the language changes."""

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
"""Pixels of the app's icon."""


class LanguagePage(GuidePage):
    """In which language the window speaks, which is read, and how much of it."""

    def __init__(
        self, keeper: SettingsStore, models: Sequence[ModelChoice], parent: QWidget | None = None
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
        settings = keeper.settings
        self.window_language.setCurrentIndex(self.window_language.findData(settings.interface_language))
        self.read_language.setCurrentIndex(self.read_language.findData(settings.language))
        self.window_language.activated.connect(
            lambda: keeper.change(interface_language=self.window_language.currentData())
        )
        self.read_language.activated.connect(
            lambda: keeper.change(language=self.read_language.currentData(), model=None, grammar=None)
        )
        self.read_language.activated.connect(self._show_limits)
        self.retranslate()

    def title(self) -> str:
        return self.tr("Welcome to KLipNet Live")

    def body(self) -> str:
        return self.tr(
            "This app reads lips. It watches your camera or a part of your screen and writes what the "
            "people in view say, beside your video call."
        )

    def retranslate(self) -> None:
        super().retranslate()
        self._labels[0].setText(self.tr("Language of the &window"))
        self._labels[1].setText(self.tr("Language that is &read from the lips"))
        self.window_language.setItemText(0, self.tr("As the system"))
        self._show_limits()

    def _show_limits(self) -> None:
        """Whoever knows what the model cannot read is not surprised by its letter soup."""
        model = chosen_among(self._models, None, self.read_language.currentData())
        words = model.words if model is not None else ()
        text = self.tr(
            "The model of this language reads {count} words only, such as {examples}, and knows only the "
            "face it was trained on. To have your own sentences read from your own face, record them: File, "
            "Record sentences to train with."
        )
        self.limits.setVisible(bool(words))
        self.limits.setText(text.format(count=len(words), examples=examples(words)))


class SourcePage(GuidePage):
    """What is watched, and how well the mouth can be seen."""

    def __init__(self, sources: SourcePicker, preview: PreviewView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sources = sources
        self.preview = preview
        self.mouth = MouthView()
        self._advice = PlainLabel(wordWrap=True)
        self.rows.addWidget(sources)
        self.rows.addWidget(preview, stretch=2)
        self.rows.addWidget(self._advice)
        self.rows.addWidget(self.mouth, stretch=1)
        self.retranslate()

    def show_preview(self, preview: Preview | None) -> None:
        self.preview.show_preview(preview)
        self.mouth.show_preview(preview)

    def title(self) -> str:
        return self.tr("Choose what to watch")

    def body(self) -> str:
        return self.tr("Your camera, a part of the screen, a window or a video.")

    def retranslate(self) -> None:
        super().retranslate()
        self._advice.setText(
            self.tr(
                "Below is the mouth as the reader sees it. It should be sharp and evenly lit; light from "
                "the front helps most."
            )
        )


class PrivacyPage(GuidePage):
    """What happens to the pictures."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows.insertStretch(0, 1)
        self.rows.addStretch(2)
        self.retranslate()

    def title(self) -> str:
        return self.tr("Your pictures stay here")

    def body(self) -> str:
        privacy = self.tr(
            "Everything is read on this computer. No picture and no statistic is sent anywhere, nor a word, "
            "unless you switch on captions for Zoom. No picture is stored. What was said is kept as a "
            "transcript on this computer, unless you turn that off in the settings. Tell the people you read "
            "that you do."
        )
        mistakes = self.tr(
            "Lip reading makes mistakes: captions can be wrong, above all for people it was not trained on, "
            "so do not rely on them where an error would do harm."
        )
        return f"{privacy}\n\n{mistakes}"
