"""The settings page of transcripts."""

from __future__ import annotations

from klipnet_live.ui.preferences.form_page import FormPage


class TranscriptPage(FormPage):
    """Turns transcripts on or off."""

    def build(self) -> None:
        self.add_check("keep_transcripts", lambda: self.tr("&Keep captions as a transcript"))
        self.add_note(
            lambda: self.tr(
                "Transcripts contain words, names and times, but no video. They stay on this computer until "
                "you delete them. When this is off, nothing is stored."
            )
        )
