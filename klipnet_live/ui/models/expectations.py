"""A bar that describes the limits of the selected model, with suggestions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QMenu, QWidget

from klipnet_live.ui.models.model_list import ModelChoice
from klipnet_live.ui.widgets.note_bar import NoteBar

Text = Callable[[], str]


class ExpectationBar(NoteBar):
    """Visible while the selected model has a limited vocabulary; a menu shows suggestions."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice: ModelChoice | None = None
        self._helps: list[tuple[Text, Callable[[], object]]] = []
        self._menu = QMenu(self)
        self.button.setMenu(self._menu)
        self.hide()

    def show_model(self, choice: ModelChoice | None) -> None:
        """Show the limits of a model; hidden for models with an open vocabulary."""
        self._choice = choice
        self.setVisible(choice is not None and bool(choice.words))
        self._retranslate()

    def add_help(self, label: Text, begin: Callable[[], object]) -> None:
        """Add a suggestion; `label` is called again when the interface language changes."""
        self._helps.append((label, begin))
        self._retranslate()

    @property
    def helps(self) -> Sequence[str]:
        """Texts of the suggestions."""
        return [action.text() for action in self._menu.actions()]

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.button.setText(self.tr("How to improve"))
        self.button.setVisible(bool(self._helps))
        self._menu.clear()
        for label, begin in self._helps:
            self._menu.addAction(label()).triggered.connect(begin)
        if self._choice is None:
            return
        count, people = len(self._choice.words), self._choice.people
        if people == 1:
            text = self.tr("This model knows {count} words of one person. Expect gaps for others.")
        elif people:
            text = self.tr("This model knows {count} words of {people} people. Expect gaps for others.")
        else:
            text = self.tr("This model knows only {count} words. Expect gaps for other words.")
        self.text.setText(text.format(count=count, people=people))
