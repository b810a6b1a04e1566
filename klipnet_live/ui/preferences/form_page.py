"""Base class of settings pages: each row is bound to one settings value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pydantic import BaseModel
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from klipnet_live.settings import Settings
from klipnet_live.ui.core.settings_store import SettingsStore
from klipnet_live.ui.hotkeys.key_field import KeyField
from klipnet_live.ui.widgets.form_rows import number_field, set_silently, with_button
from klipnet_live.ui.widgets.plain import PlainLabel
from klipnet_live.ui.widgets.scrolled import Scrolled
from klipnet_live.ui.widgets.spacing import scale_margins

Text = Callable[[], str]
Options = Callable[[], Sequence[tuple[Any, str]]]


class FormPage(Scrolled):
    """Subclasses add rows in `build`.

    The object name of a field is its settings key. Texts are functions, called again when the language
    changes.
    """

    part: str | None = None
    """The settings group of the rows; None means the top level."""

    def __init__(self, settings_store: SettingsStore, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._settings_store = settings_store
        self._texts: list[Callable[[], None]] = []
        self._readers: list[Callable[[BaseModel], None]] = []
        inside = QWidget()
        self._form = QFormLayout(inside)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        scale_margins(self._form, self.font().pointSizeF())
        self.setWidget(inside)
        self.build()
        self._retranslate()
        self._show(settings_store.settings)
        settings_store.changed.connect(self._show)

    def build(self) -> None:
        """Add the rows."""
        raise NotImplementedError

    def write(self, **changes: object) -> None:
        """Change values of the settings group."""
        if self.part is None:
            self._settings_store.change(**changes)
        else:
            self._settings_store.change_part(self.part, **changes)

    def add_choice(self, key: str, label: Text, options: Options) -> QComboBox:
        """Add a row to choose one of several values."""
        field = QComboBox()
        field.setObjectName(key)
        for value, text in options():
            field.addItem(text, value)
        field.activated.connect(lambda: self.write(**{key: field.currentData()}))

        def retranslate() -> None:
            for row, (_, text) in enumerate(options()):
                field.setItemText(row, text)

        self._texts.append(retranslate)
        self._add_row(field, label)
        self._readers.append(lambda values: field.setCurrentIndex(field.findData(getattr(values, key))))
        return field

    def add_number(
        self,
        key: str,
        label: Text,
        minimum: int,
        maximum: int,
        *,
        step: int = 1,
        suffix: str = "",
        unit: float = 1,
    ) -> QSpinBox:
        """Add a row for an integer; the stored value is the number times `unit`."""
        field = number_field(minimum, maximum, step, suffix)
        field.setObjectName(key)
        field.valueChanged.connect(lambda number: self.write(**{key: number if unit == 1 else number * unit}))
        self._add_row(field, label)
        self._readers.append(lambda values: set_silently(field, round(getattr(values, key) / unit)))
        return field

    def add_text(self, key: str, label: Text, *, browse: Callable[[], str] | None = None) -> QLineEdit:
        """Add a text row. `browse` opens a dialog and returns the text, or "" if the user cancels."""
        field = QLineEdit()
        field.setObjectName(key)
        field.editingFinished.connect(lambda: self.write(**{key: field.text()}))
        row = field if browse is None else with_button(field, self._browse_button(key, label, browse))
        self._add_row(field, label, row)
        self._readers.append(lambda values: field.setText(getattr(values, key) or ""))
        return field

    def _browse_button(self, key: str, label: Text, browse: Callable[[], str]) -> QPushButton:
        button = QPushButton("…", autoDefault=False)

        def ask() -> None:
            if chosen := browse():
                self.write(**{key: chosen})

        button.clicked.connect(ask)
        self._texts.append(lambda: button.setAccessibleName(self.tr("Choose: {what}").format(what=label())))
        return button

    def add_check(self, key: str, label: Text, *, needs: QLineEdit | None = None) -> QCheckBox:
        """Add a check box; it is disabled while the field it needs is empty."""
        field = QCheckBox()
        field.setObjectName(key)
        field.clicked.connect(lambda checked: self.write(**{key: checked}))
        self._texts.append(lambda: field.setText(label()))
        self._form.addRow(field)
        self._readers.append(lambda values: field.setChecked(getattr(values, key)))
        if needs is not None:
            # Updated with each keystroke, so that Tab does not skip the check box.
            needs.textChanged.connect(lambda text: field.setEnabled(bool(text.strip())))
            field.setEnabled(bool(needs.text()))
        return field

    def add_keys(self, key: str, label: Text) -> KeyField:
        """Add a row for a hotkey; the reason for a refused hotkey is shown below it."""
        field, reason = KeyField(), PlainLabel(wordWrap=True)
        field.setObjectName(key)
        reason.setProperty("role", "warning")
        reason.hide()
        field.changed.connect(lambda keys: self.write(**{key: keys}))
        field.refused.connect(reason.setText)
        field.refused.connect(lambda text: reason.setVisible(bool(text)))
        clear = QPushButton(autoDefault=False)
        clear.clicked.connect(lambda: self.write(**{key: ""}))
        row = with_button(field, clear)
        self._add_row(field, label, row)
        self._form.addRow(reason)
        self._texts.append(lambda: clear.setText(self.tr("Clear")))
        self._texts.append(
            lambda: clear.setAccessibleName(self.tr("Clear: {what}").format(what=label().replace("&", "")))
        )
        self._readers.append(lambda values: field.set_keys(getattr(values, key)))
        self._readers.append(lambda values: clear.setEnabled(bool(getattr(values, key))))
        return field

    def add_heading(self, text: Text) -> PlainLabel:
        """Add a heading above a group of rows."""
        heading = PlainLabel(indent=0)
        heading.setProperty("role", "heading")
        self._texts.append(lambda: heading.setText(text()))
        self._form.addRow(heading)
        return heading

    def add_note(self, text: Text) -> PlainLabel:
        """Add a row of explanatory text."""
        note = PlainLabel(wordWrap=True)
        note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        note.setProperty("role", "muted")
        self._texts.append(lambda: note.setText(text()))
        self._form.addRow(note)
        return note

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.FontChange:
            scale_margins(self._form, self.font().pointSizeF())
        super().changeEvent(event)

    def _add_row(self, field: QWidget, label: Text, row: QWidget | None = None) -> None:
        """Add a labelled field. `row` is the widget that contains the field and its button, if any."""
        caption = PlainLabel()
        caption.setBuddy(field)
        self._form.addRow(caption, row or field)

        def retranslate() -> None:
            caption.setText(label())
            field.setAccessibleName(label().replace("&", ""))

        self._texts.append(retranslate)

    def _retranslate(self) -> None:
        for retranslate in self._texts:
            retranslate()

    def _show(self, settings: Settings) -> None:
        values: BaseModel = settings if self.part is None else getattr(settings, self.part)
        for read in self._readers:
            read(values)
