"""How captions are shown in the panel."""

from __future__ import annotations

from klipnet_live.ui.preferences.form_page import FormPage


class CaptionsPage(FormPage):
    """Size of captions, when they count as unsure, and whether they are read out."""

    def build(self) -> None:
        self.add_number("caption_points", lambda: self.tr("Size of captions"), 10, 72, suffix=" pt")
        self.add_number(
            "confidence_threshold",
            lambda: self.tr("Mark as unsure below"),
            0, 100, step=5, suffix=" %", unit=0.01,
        )  # fmt: skip
        self.add_check("announce_captions", lambda: self.tr("&Tell screen readers about finished lines"))
