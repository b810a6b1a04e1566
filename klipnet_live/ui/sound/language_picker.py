"""The combo box for the language of the sound."""

from __future__ import annotations

from klipnet_live.sound.base import ANY_LANGUAGE
from klipnet_live.ui.text.language import LANGUAGES
from klipnet_live.ui.widgets.choice_box import ChoiceBox


class SoundLanguagePicker(ChoiceBox):
    """The language that is read from lips, a fixed one, or Korean and English line by line."""

    def fill(self) -> None:
        self.setAccessibleName(self.tr("Language of the sound"))
        self.addItem(self.tr("Spoken language: as above"), None)
        for code, name in LANGUAGES.items():
            self.addItem(name, code)
        self.addItem(self.tr("English or Korean, detected per line"), ANY_LANGUAGE)
