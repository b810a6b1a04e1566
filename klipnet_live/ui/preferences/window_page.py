"""The settings page of the window's language and appearance."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase

from klipnet_live.ui.preferences.form_page import FormPage


class WindowPage(FormPage):
    """Interface language, theme, text size and font."""

    def build(self) -> None:
        self.add_choice(
            "interface_language",
            lambda: self.tr("Interface language"),
            lambda: [("system", self.tr("System default")), ("en", "English"), ("ko", "한국어")],
        )
        self.add_choice(
            "theme",
            lambda: self.tr("Theme"),
            lambda: [
                ("system", self.tr("System default")),
                ("light", self.tr("Light")),
                ("dark", self.tr("Dark")),
                ("contrast", self.tr("High contrast")),
            ],
        )
        self.add_number("text_scale", lambda: self.tr("Text size"), 80, 400, step=10, suffix=" %", unit=0.01)
        self.add_choice("font_family", lambda: self.tr("Font"), self._fonts)

    def _fonts(self) -> list[tuple[str | None, str]]:
        """List the bundled font first, because other fonts may lack Hangul."""
        families = [name for name in QFontDatabase.families() if not QFontDatabase.isPrivateFamily(name)]
        return [(None, self.tr("Pretendard (built in)")), *((name, name) for name in families)]
