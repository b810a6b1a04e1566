"""Every window by keyboard alone, and as a screen reader finds it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QMenu,
    QSpinBox,
    QTextBrowser,
    QWidget,
)

from klipnet_live.settings import Settings, save
from klipnet_live.transcripts.sessions import SessionStore
from klipnet_live.ui.core.services import Services
from tests.ui.conftest import Open
from tests.ui.every_window import DEVICES, Stage, keep_sessions
from tests.ui.fakes import FakeFactory, FakeJobs, FakeStudios

SETTLE_MS = 120
MOST_TABS = 60
LINE_HEIGHT = 3

Role = QAccessible.Role
OPERATED = {
    Role.Button, Role.CheckBox, Role.ComboBox, Role.SpinBox, Role.EditableText, Role.List,
    Role.ListItem, Role.Table, Role.Tree, Role.TreeItem, Role.PageTab, Role.ProgressBar, Role.MenuItem,
    Role.ColumnHeader,
}  # fmt: skip
"""Roles of what a screen reader's user operates, or hears as one thing."""

INPUTS = (
    QAbstractButton, QComboBox, QSpinBox, QLineEdit, QAbstractItemView, QTextBrowser
)  # fmt: skip


@pytest.fixture
def stage(settings_path: Path, store: SessionStore, services: Services, open_desktop: Open) -> Stage:
    save(Settings(guide_done=True, interface_language="en"), settings_path)
    keep_sessions(store)
    desktop = open_desktop(catalogue=DEVICES)
    assert isinstance(services.open_pipeline, FakeFactory)
    assert isinstance(services.open_job, FakeJobs)
    assert isinstance(services.open_studio, FakeStudios)
    parts = services.open_pipeline, services.open_job, services.open_studio
    return Stage(desktop, *parts, lambda: QTest.qWait(SETTLE_MS))


def test_all_that_a_screen_reader_finds_has_a_name(stage: Stage) -> None:
    nameless: set[str] = set()
    found: set[Role] = set()
    for name, window in stage.windows():
        root = QAccessible.queryAccessibleInterface(window)
        if not name.startswith("menu"):
            assert root.text(QAccessible.Text.Name), name
        for part in parts_of(root):
            found.add(part.role())
            if is_operated(part) and not part.text(QAccessible.Text.Name):
                nameless.add(f"{name}: {part.role()} {part.object()}")
    assert nameless == set()
    assert {Role.CheckBox, Role.ComboBox, Role.SpinBox, Role.Tree, Role.PageTab, Role.MenuItem} <= found


def test_tab_reaches_all_that_takes_input(stage: Stage) -> None:
    unreached: set[str] = set()
    for name, window in stage.windows():
        if isinstance(window, QMenu) or name.startswith(("menu", "region", "overlay")):
            continue
        window.activateWindow()
        QApplication.processEvents()
        for widget in set(inputs_of(window)) - set(tab_chain(window)):
            unreached.add(f"{name}: {widget}")
    assert sorted(unreached) == []


def parts_of(interface: QAccessibleInterface | None) -> Iterator[QAccessibleInterface]:
    """This part and all that are in it, those left out that nobody can see."""
    if interface is None or interface.state().invisible:
        return
    yield interface
    for number in range(interface.childCount()):
        yield from parts_of(interface.child(number))


def is_operated(part: QAccessibleInterface) -> bool:
    line_between_groups = part.role() == Role.ListItem and part.rect().height() <= LINE_HEIGHT
    return part.role() in OPERATED and not line_between_groups


def inputs_of(window: QWidget) -> Iterator[QWidget]:
    """What can be used now; the parts of Qt's own widgets have their keys from them."""
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, INPUTS) or widget.objectName().startswith("qt_"):
            continue
        inner = isinstance(widget.parent(), QComboBox | QSpinBox | QLineEdit)
        inner |= isinstance(widget, QHeaderView)
        own = widget.window() is window and widget.isVisible() and widget.isEnabled()
        if own and not inner and "Scroll" not in type(widget.parent()).__name__:
            yield widget


def tab_chain(window: QWidget) -> Iterator[QWidget]:
    """What has the keyboard after each press of Tab."""
    for _ in range(MOST_TABS):
        focus = QApplication.focusWidget() or window
        yield focus
        QTest.keyClick(focus, Qt.Key.Key_Tab)
