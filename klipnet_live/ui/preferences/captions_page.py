"""The settings page of the captions panel."""

from __future__ import annotations

from PySide6.QtWidgets import QFileDialog

from klipnet_live.ui.preferences.form_page import FormPage


class CaptionsPage(FormPage):
    """Caption size, confidence threshold, word replacements and screen reader announcements."""

    def build(self) -> None:
        self.add_number("caption_points", lambda: self.tr("Caption size"), 10, 72, suffix=" pt")
        self.add_number(
            "confidence_threshold",
            lambda: self.tr("Hide words with confidence below"),
            0, 100, step=5, suffix=" %", unit=0.01,
        )  # fmt: skip
        self.add_check("mark_unclear", lambda: self.tr("&Mark unreadable lines in transcripts"))
        self.add_text("replacements", lambda: self.tr("Words to replace or hide"), browse=self._ask_for_words)
        self.add_note(
            lambda: self.tr(
                "A text file with one entry per line: a word alone is hidden, and “word = other” replaces "
                "it. "
                "Applies the next time captions start."
            )
        )
        self.add_check("announce_captions", lambda: self.tr("&Announce completed lines to screen readers"))

    def _ask_for_words(self) -> str:
        title, kind = self.tr("Words to replace or hide"), self.tr("Text")
        return QFileDialog.getOpenFileName(self, title, "", f"{kind} (*.txt)")[0]
