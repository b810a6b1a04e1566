"""The settings page of the caption overlay."""

from __future__ import annotations

from klipnet_live.ui.preferences.form_page import FormPage


class OverlayPage(FormPage):
    """Shows or hides the overlay and sets its contents and style."""

    part = "overlay"

    def build(self) -> None:
        self.add_check("visible", lambda: self.tr("&Show the caption overlay"))
        self.add_check("click_through", lambda: self.tr("Let clicks pass &through"))
        self.add_choice(
            "mode",
            lambda: self.tr("Words"),
            lambda: [
                ("fast", self.tr("As soon as they are recognised (fast)")),
                ("reading", self.tr("Only when they are final (calm)")),
            ],
        )
        self.add_number("lines", lambda: self.tr("Lines"), 2, 3)
        self.add_number("korean_columns", lambda: self.tr("Korean characters per line"), 8, 40)
        self.add_number("latin_columns", lambda: self.tr("Latin characters per line"), 20, 80)
        self.add_number(
            "background_opacity",
            lambda: self.tr("Background opacity"),
            60, 100, step=5, suffix=" %", unit=0.01,
        )  # fmt: skip
        self.add_choice(
            "text_colour",
            lambda: self.tr("Text colour"),
            lambda: [
                ("white", self.tr("White")),
                ("yellow", self.tr("Yellow")),
                ("cyan", self.tr("Light blue")),
                ("green", self.tr("Light green")),
            ],
        )
        self.add_note(lambda: self.tr("Set the text size with “Caption size” on the Captions page."))
