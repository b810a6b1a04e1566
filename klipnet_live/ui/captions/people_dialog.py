"""The People dialog: names, colours, hidden speakers, and the user's own identity."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from klipnet_live.ui.captions.line_painter import paint_badge
from klipnet_live.ui.captions.speakers import SpeakerBook
from klipnet_live.ui.look.appearance import Appearance
from klipnet_live.ui.look.tokens import STROKE
from klipnet_live.ui.widgets.dialog import Dialog
from klipnet_live.ui.widgets.flow_row import FlowRow
from klipnet_live.ui.widgets.plain import PlainLabel, set_tool_tip
from klipnet_live.ui.widgets.scrolled import ScrolledColumn


class PeopleDialog(Dialog):
    """A row for each person of this session; it stays open next to the captions."""

    size_at_full = QSize(520, 480)

    def __init__(self, speakers: SpeakerBook, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speakers, self._appearance = speakers, appearance
        self._rows: dict[str, PersonRow] = {}
        self._no_people = PlainLabel(wordWrap=True)
        self._no_people.setProperty("role", "muted")
        self._scrolled = ScrolledColumn()
        self._scrolled.column.addWidget(self._no_people)
        self._scrolled.column.addStretch()
        self._close = QPushButton(autoDefault=False)
        self._close.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.addWidget(self._scrolled, stretch=1)
        layout.addLayout(buttons)
        speakers.people_changed.connect(self._fill)
        self.retranslate()

    def row(self, speaker: str) -> PersonRow:
        return self._rows[speaker]

    def show_person(self, speaker: str) -> None:
        """Open the dialog with this person's name selected for editing."""
        self.show()
        self.raise_()
        self.activateWindow()
        if (row := self._rows.get(speaker)) is not None:
            row.name.setFocus()
            row.name.selectAll()
            self._scrolled.ensureWidgetVisible(row)

    def set_appearance(self, appearance: Appearance) -> None:
        self._appearance = appearance
        for row in self._rows.values():
            row.set_appearance(appearance)

    def showEvent(self, event: QShowEvent) -> None:
        self._fill()
        super().showEvent(event)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("People"))
        self._no_people.setText(self.tr("People appear here when they speak."))
        self._close.setText(self.tr("Close"))

    def _fill(self) -> None:
        """Add new people and remove those of another source; other rows are unchanged."""
        people = self._speakers.people
        for speaker in [speaker for speaker in self._rows if speaker not in people]:
            self._rows.pop(speaker).deleteLater()
        for speaker in people:
            if speaker not in self._rows:
                row = PersonRow(speaker, self._speakers, self._appearance)
                self._rows[speaker] = row
                self._scrolled.column.insertWidget(len(self._rows), row)
        self._no_people.setVisible(not people)


class PersonRow(QWidget):
    """Badge and name; below them the colour swatches and two check boxes."""

    def __init__(self, speaker: str, speakers: SpeakerBook, appearance: Appearance) -> None:
        super().__init__()
        self._speaker, self._speakers = speaker, speakers
        self._badge = _Badge(speaker, speakers, appearance)
        self.name = QLineEdit()
        self.name.editingFinished.connect(self._rename)
        self.swatches = [_Swatch(number, appearance) for number in range(len(appearance.theme.speakers))]
        self.hidden, self.me = QCheckBox(), QCheckBox()
        self.hidden.clicked.connect(lambda on: speakers.set_hidden(speaker, on))
        self.me.clicked.connect(lambda on: speakers.set_me(speaker if on else None))
        colours = QHBoxLayout()
        colours.setSpacing(2)
        for number, swatch in enumerate(self.swatches):
            swatch.clicked.connect(partial(speakers.choose_swatch, speaker, number))
            colours.addWidget(swatch)
        colours.addStretch()
        first = QHBoxLayout()
        first.addWidget(self._badge)
        first.addWidget(self.name, stretch=1)
        choices = FlowRow()
        choices.addWidget(self.me)
        choices.addWidget(self.hidden)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 8)
        for part in (first, colours, choices):
            rows.addLayout(part)
        speakers.changed.connect(lambda _speaker: self.show_state())
        self.show_state()

    def set_appearance(self, appearance: Appearance) -> None:
        self._badge.appearance = appearance
        for swatch in self.swatches:
            swatch.appearance = appearance
        self.update()

    def show_state(self) -> None:
        speakers, speaker = self._speakers, self._speaker
        if not self.name.hasFocus():
            self.name.setText(speakers.given_name(speaker))
        number = speakers.numbered_name(speaker)
        self.name.setPlaceholderText(number)
        self.name.setAccessibleName(self.tr("Name of {speaker}").format(speaker=number))
        self.me.setText(self.tr("This is me"))
        self.me.setAccessibleName(self.tr("{speaker} is me").format(speaker=number))
        set_tool_tip(self.me, self.tr("Your own lines are not shown in the overlay."))
        self.hidden.setText(self.tr("Hide lines"))
        self.hidden.setAccessibleName(self.tr("Hide lines of {speaker}").format(speaker=number))
        set_tool_tip(self.hidden, self.tr("They stay in the transcript."))
        self.me.setChecked(speakers.is_me(speaker))
        self.hidden.setChecked(speakers.is_hidden(speaker))
        names = self._colour_names()
        for place, swatch in enumerate(self.swatches):
            swatch.setChecked(place == speakers.swatch(speaker))
            swatch.setAccessibleName(f"{number}: {names[place]}")
            set_tool_tip(swatch, names[place])
        self._badge.update()

    def _colour_names(self) -> list[str]:
        """Names of the themes' speaker colours, in order."""
        return [
            self.tr("Blue"), self.tr("Orange"), self.tr("Green"), self.tr("Violet"), self.tr("Pink"),
            self.tr("Turquoise"), self.tr("Yellow"), self.tr("Indigo"),
        ]  # fmt: skip

    def _rename(self) -> None:
        if self.name.text().strip() != self._speakers.given_name(self._speaker):
            self._speakers.rename(self._speaker, self.name.text())


def _square(widget: QWidget) -> QSize:
    """One and a half lines of the widget's text, high and wide."""
    side = round(widget.fontMetrics().height() * 1.5)
    return QSize(side, side)


class _Badge(QWidget):
    def __init__(self, speaker: str, speakers: SpeakerBook, appearance: Appearance) -> None:
        super().__init__()
        self._speaker, self._speakers, self.appearance = speaker, speakers, appearance

    def sizeHint(self) -> QSize:
        return _square(self)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(0, 0, self.sizeHint().width(), self.sizeHint().height())
        place.moveCenter(QRectF(self.rect()).center())
        paint_badge(painter, place, self._speakers, self._speaker, self.appearance)


class _Swatch(QToolButton):
    """A button for one colour; the selected one has a ring."""

    def __init__(self, number: int, appearance: Appearance) -> None:
        super().__init__()
        self._number, self.appearance = number, appearance
        self.setCheckable(True)
        # The arrow keys choose one of the colours of a row; Tab goes to the chosen one only.
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        return _square(self)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self.appearance.theme
        side = min(self.width(), self.height()) - 2
        ring = QRectF(0, 0, side, side)
        ring.moveCenter(QRectF(self.rect()).center())
        if self.isChecked() or self.hasFocus():
            painter.setPen(QPen(theme.accent if self.hasFocus() else theme.text, STROKE))
            painter.drawEllipse(ring.adjusted(1, 1, -1, -1))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.speakers[self._number])
        inset = side * 0.2
        painter.drawEllipse(ring.adjusted(inset, inset, -inset, -inset))
