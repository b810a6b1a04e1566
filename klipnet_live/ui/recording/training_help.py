"""What to do with recorded sentences: what they give, and the commands that train with them."""

from __future__ import annotations

import importlib.util
import shlex

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from klipnet_live.ui.widgets.plain import PlainLabel

_LINES = 5


class TrainingHelp(QWidget):
    """Figures of the learning curve, and commands to be copied into a terminal."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder, self._count, self._language = "", 0, "en"
        self._gives, self._how = PlainLabel(wordWrap=True), PlainLabel(wordWrap=True)
        self.commands = QPlainTextEdit(readOnly=True)
        self.commands.setTabChangesFocus(True)
        self.commands.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.commands.setFixedHeight(round(self.fontMetrics().height() * (_LINES + 2)))
        self.copy_button = QPushButton(autoDefault=False)
        self.copy_button.clicked.connect(
            lambda: QApplication.clipboard().setText(self.commands.toPlainText())
        )
        row = QHBoxLayout()
        row.addWidget(self.copy_button)
        row.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for part in (self._gives, self._how, self.commands):
            layout.addWidget(part)
        layout.addLayout(row)
        self._retranslate()

    def show_recordings(self, folder: str, count: int, language: str) -> None:
        """Says it of this many sentences in this folder."""
        if (folder, count, language) != (self._folder, self._count, self._language):
            self._folder, self._count, self._language = folder, count, language
            self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        # Measured by benchmarks.learning_curve: 17.4, 11.7 and 9.3 % of the words were wrong.
        self._gives.setText(
            self.tr(
                "You have recorded {count} sentences. How much that gives: of sentences of the same kind, a "
                "model of one speaker got 83 of 100 words right after 203 sentences, 88 after 405 and 91 "
                "after 810. Record more at any time; training goes on from what is there."
            ).format(count=self._count)
        )
        installed = importlib.util.find_spec("torch") is not None
        self._how.setText(
            self.tr("Train in a terminal; then choose the model “mine” under Picture and source:")
            if installed
            else self.tr("Training needs more libraries. The first command installs them, the others train:")
        )
        self.commands.setPlainText("\n".join(commands(self._folder, install=not installed)))
        self.commands.setAccessibleName(self.tr("Commands that train"))
        self.copy_button.setText(self.tr("&Copy"))


def commands(folder: str, *, install: bool) -> list[str]:
    """From the recordings to a model that the window finds by its name."""
    first = ['pip install "klipnet-live[train]"'] if install else []
    return [
        *first,
        f"klipnet-data prepare {shlex.quote(folder)} -o prepared/mine",
        "klipnet-data split prepared/mine --scenario random_split",
        "klipnet-train --scenario adapt --data prepared/mine --out runs/mine",
        "klipnet-export onnx runs/mine -o models/mine",
    ]
