"""The page with the captions, and with preview and controls next to them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from klipnet_live.ui.look.appearance import Appearance
from klipnet_live.ui.look.tokens import BODY_POINTS, GAP_L
from klipnet_live.ui.main_window.notes import Notes
from klipnet_live.ui.main_window.session_bar import SessionBar
from klipnet_live.ui.main_window.side_column import SideColumn
from klipnet_live.ui.widgets.spacing import padding
from klipnet_live.ui.widgets.splitter import ResponsiveSplitter


class CaptioningPage(QWidget):
    """Places session bar, notes and captions below each other.

    `setup`: preview and controls, hidden at first. They are shown beside the captions or above them, or in
    their place if both do not fit.
    """

    def __init__(self, bar: SessionBar, notes: Notes, captions: QWidget, setup: Sequence[QWidget]) -> None:
        super().__init__()
        self._bar, self._captions = bar, captions
        self._setup_shown = self._captions_only = False
        self._side = SideColumn()
        for part in setup:
            self._side.add(part)
        self._side.hide()
        self._parts = ResponsiveSplitter(self._side, captions)
        self._parts.too_small.connect(self._show_parts)
        self._row = QVBoxLayout()
        self._row.addWidget(self._parts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(notes)
        column.addLayout(self._row, stretch=1)

    def set_appearance(self, appearance: Appearance) -> None:
        gap = padding(BODY_POINTS * appearance.scale, GAP_L)
        self._row.setContentsMargins(gap, gap, gap, gap)

    def show_setup(self, shown: bool) -> None:
        """Show or hide preview and controls."""
        self._setup_shown = shown
        self._show_parts()

    def show_captions_only(self, only: bool) -> None:
        """Hide everything but the captions, or show it again."""
        self._captions_only = only
        self._bar.setVisible(not only)
        self._show_parts()

    def _show_parts(self) -> None:
        setup = self._setup_shown and not self._captions_only
        self._side.setVisible(setup)
        self._captions.setVisible(not (setup and self._parts.is_too_small))
