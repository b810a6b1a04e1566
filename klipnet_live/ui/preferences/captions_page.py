"""How captions are shown in the panel."""

from __future__ import annotations

from PySide6.QtWidgets import QFileDialog

from klipnet_live.ui.preferences.form_page import FormPage


class CaptionsPage(FormPage):
    """Size of captions, when words are too unsure to be shown, and whether they are read out."""

    def build(self) -> None:
        self.add_number("caption_points", lambda: self.tr("Size of captions"), 10, 72, suffix=" pt")
        self.add_number(
            "confidence_threshold",
            lambda: self.tr("Leave a gap for words less sure than"),
            0, 100, step=5, suffix=" %", unit=0.01,
        )  # fmt: skip
        self.add_check("mark_unclear", lambda: self.tr("&Mark lines that cannot be read in transcripts"))
        self.add_text("replacements", lambda: self.tr("Words to replace or hide"), browse=self._ask_for_words)
        self.add_note(
            lambda: self.tr(
                "A text file with one entry a line: a word alone is hidden, “word = other” is replaced, in "
                "all captions from the next start on."
            )
        )
        self.add_check("announce_captions", lambda: self.tr("&Tell screen readers about finished lines"))

    def _ask_for_words(self) -> str:
        title, kind = self.tr("Words to replace or hide"), self.tr("Text")
        return QFileDialog.getOpenFileName(self, title, "", f"{kind} (*.txt)")[0]
