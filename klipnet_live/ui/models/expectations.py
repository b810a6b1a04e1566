"""What to expect of a model, said before and while captions run, and what helps."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QMenu, QWidget

from klipnet_live.ui.models.model_list import ModelChoice
from klipnet_live.ui.widgets.note_bar import NoteBar

Text = Callable[[], str]


class ExpectationBar(NoteBar):
    """Stays for as long as a model is chosen that knows few words. One click shows what helps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice: ModelChoice | None = None
        self._helps: list[tuple[Text, Callable[[], object]]] = []
        self._menu = QMenu(self)
        self.button.setMenu(self._menu)
        self.hide()

    def show_model(self, choice: ModelChoice | None) -> None:
        """A model that writes any word promises nothing that has to be put right."""
        self._choice = choice
        self.setVisible(choice is not None and bool(choice.words))
        self._retranslate()

    def add_help(self, label: Text, begin: Callable[[], object]) -> None:
        """Something that makes captions better; `label` is asked for again when the language changes."""
        self._helps.append((label, begin))
        self._retranslate()

    @property
    def helps(self) -> Sequence[str]:
        """What is offered."""
        return [action.text() for action in self._menu.actions()]

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.button.setText(self.tr("What helps"))
        self.button.setVisible(bool(self._helps))
        self._menu.clear()
        for label, begin in self._helps:
            self._menu.addAction(label()).triggered.connect(begin)
        if self._choice is None:
            return
        count, people = len(self._choice.words), self._choice.people
        if people == 1:
            text = self.tr("Knows {count} words of one person. For others, expect gaps.")
        elif people:
            text = self.tr("Knows {count} words of {people} people. For others, expect gaps.")
        else:
            text = self.tr("Knows {count} words only. For anything else, expect gaps.")
        self.text.setText(text.format(count=count, people=people))
