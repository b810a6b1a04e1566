"""Every window can be used by keyboard alone and with a screen reader."""

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

from klipnet_live.settings import Settings
from klipnet_live.settings_file import save
from klipnet_live.transcripts.sessions import SessionStore
from klipnet_live.ui.core.services import Services
from tests.ui.conftest import Open
from tests.ui.every_window import Stage, open_stage

SETTLE_MS = 120
MAX_TABS = 60
SEPARATOR_HEIGHT = 3

Role = QAccessible.Role
ROLES_WITH_NAMES = {
    Role.Button, Role.CheckBox, Role.ComboBox, Role.SpinBox, Role.EditableText, Role.List,
    Role.ListItem, Role.Table, Role.Tree, Role.TreeItem, Role.PageTab, Role.ProgressBar, Role.MenuItem,
    Role.ColumnHeader,
}  # fmt: skip
"""Roles of the elements that a screen reader must be able to name."""

INPUTS = (
    QAbstractButton, QComboBox, QSpinBox, QLineEdit, QAbstractItemView, QTextBrowser
)  # fmt: skip


@pytest.fixture
def stage(settings_path: Path, store: SessionStore, services: Services, open_desktop: Open) -> Stage:
    save(Settings(guide_done=True, interface_language="en"), settings_path)
    return open_stage(open_desktop, services, store, SETTLE_MS)


def test_every_control_has_a_name_for_screen_readers(stage: Stage) -> None:
    unnamed: set[str] = set()
    roles: set[Role] = set()
    for name, window in stage.windows():
        root = QAccessible.queryAccessibleInterface(window)
        if not name.startswith("menu"):
            assert root.text(QAccessible.Text.Name), name
        for part in visible_elements(root):
            roles.add(part.role())
            if needs_name(part) and not part.text(QAccessible.Text.Name):
                unnamed.add(f"{name}: {part.role()} {part.object()}")
            if part.role() == Role.ComboBox and not has_label(part):
                unnamed.add(f"{name}: {part.object()} has only its value")
            if "<" in part.text(QAccessible.Text.Description):
                unnamed.add(f"{name}: markup in the description of {part.object()}")
    assert unnamed == set()
    assert {Role.CheckBox, Role.ComboBox, Role.SpinBox, Role.Tree, Role.PageTab, Role.MenuItem} <= roles


def test_tab_reaches_every_input(stage: Stage) -> None:
    unreached: set[str] = set()
    for name, window in stage.windows():
        if isinstance(window, QMenu) or name.startswith(("menu", "region", "overlay")):
            continue
        window.activateWindow()
        QApplication.processEvents()
        reached = set(tab_order(window))
        for widget in set(usable_inputs(window)) - reached:
            if not reached_by_arrows(widget, reached):
                unreached.add(f"{name}: {widget}")
    assert sorted(unreached) == []


def reached_by_arrows(widget: QWidget, reached: set[QWidget]) -> bool:
    """Tab reaches the checked button of an exclusive group, and the arrow keys the others."""
    group = [
        button
        for button in (widget, *reached)
        if isinstance(button, QAbstractButton) and button.autoExclusive()
    ]
    return widget in group and any(button.parent() is widget.parent() for button in group[1:])


def visible_elements(interface: QAccessibleInterface | None) -> Iterator[QAccessibleInterface]:
    """The element and all visible elements inside it."""
    if interface is None or interface.state().invisible:
        return
    yield interface
    for number in range(interface.childCount()):
        yield from visible_elements(interface.child(number))


def has_label(part: QAccessibleInterface) -> bool:
    """Whether a combo box has a label or a description: on Linux its name is its value."""
    labels = part.relations(QAccessible.RelationFlag.Label)
    return bool(labels) or bool(part.text(QAccessible.Text.Description))


def needs_name(part: QAccessibleInterface) -> bool:
    separator = part.role() == Role.ListItem and part.rect().height() <= SEPARATOR_HEIGHT
    return part.role() in ROLES_WITH_NAMES and not separator


def usable_inputs(window: QWidget) -> Iterator[QWidget]:
    """Enabled input widgets, without the inner parts of Qt's compound widgets."""
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, INPUTS) or widget.objectName().startswith("qt_"):
            continue
        inner = isinstance(widget.parent(), QComboBox | QSpinBox | QLineEdit)
        inner |= isinstance(widget, QHeaderView)
        usable = widget.window() is window and widget.isVisible() and widget.isEnabled()
        if usable and not inner and "Scroll" not in type(widget.parent()).__name__:
            yield widget


def tab_order(window: QWidget) -> Iterator[QWidget]:
    """The focused widget after each press of Tab."""
    for _ in range(MAX_TABS):
        focus = QApplication.focusWidget() or window
        yield focus
        QTest.keyClick(focus, Qt.Key.Key_Tab)
