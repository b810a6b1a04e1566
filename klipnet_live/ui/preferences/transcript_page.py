"""What is kept of a session."""

from __future__ import annotations

from klipnet_live.ui.preferences.form_page import FormPage


class TranscriptPage(FormPage):
    """Whether anything is kept at all."""

    def build(self) -> None:
        self.add_check("keep_transcripts", lambda: self.tr("&Keep what is said as a transcript"))
        self.add_note(
            lambda: self.tr(
                "Transcripts hold words, names and times, never pictures, and stay on this computer until "
                "you delete them. When this is off, nothing is kept."
            )
        )
