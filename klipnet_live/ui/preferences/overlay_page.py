"""The caption overlay."""

from __future__ import annotations

from klipnet_live.ui.preferences.form_page import FormPage


class OverlayPage(FormPage):
    """Whether the overlay is there, what it shows and how."""

    part = "overlay"

    def build(self) -> None:
        self.add_check("visible", lambda: self.tr("&Show the caption overlay"))
        self.add_check("click_through", lambda: self.tr("Clicks go &through it"))
        self.add_choice(
            "mode",
            lambda: self.tr("Words"),
            lambda: [
                ("fast", self.tr("As soon as they are read (fast)")),
                ("reading", self.tr("Only when they are settled (calm)")),
            ],
        )
        self.add_number("lines", lambda: self.tr("Lines"), 2, 3)
        self.add_number("korean_columns", lambda: self.tr("Korean characters a line"), 8, 40)
        self.add_number("latin_columns", lambda: self.tr("Latin characters a line"), 20, 80)
        self.add_number(
            "background_opacity",
            lambda: self.tr("Darkness behind the text"),
            60, 100, step=5, suffix=" %", unit=0.01,
        )  # fmt: skip
        self.add_choice(
            "text_colour",
            lambda: self.tr("Colour of the text"),
            lambda: [
                ("white", self.tr("White")),
                ("yellow", self.tr("Yellow")),
                ("cyan", self.tr("Light blue")),
                ("green", self.tr("Light green")),
            ],
        )
        self.add_note(lambda: self.tr("The text is as large as “Size of captions” on the first page says."))
