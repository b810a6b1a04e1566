"""How captions are shown in the panel."""

from __future__ import annotations

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
        self.add_check("announce_captions", lambda: self.tr("&Tell screen readers about finished lines"))
