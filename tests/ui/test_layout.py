"""The layout of the windows from normal to very large text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from klipnet_live.settings import Settings
from klipnet_live.types import UserError
from klipnet_live.ui.app.shell import AppShell
from klipnet_live.ui.captions.line_layout import Head, LineLayout
from klipnet_live.ui.look.appearance import appearance_of
from klipnet_live.ui.widgets.screens import centred
from klipnet_live.ui.widgets.scrolled import Scrolled
from klipnet_live.ui.widgets.splitter import ResponsiveSplitter
from tests.ui.conftest import Open
from tests.ui.fakes import FakeFactory, caption

SCREEN = QRect(100, 50, 1600, 1000)


@pytest.fixture
def desktop(open_desktop: Open) -> AppShell:
    return open_desktop("talk.mp4")


def scale_text(desktop: AppShell, scale: float) -> None:
    """Set the text size and keep the size of the window."""
    desktop.settings_store.change(text_scale=scale)
    desktop.window.session_bar.setup_button.setChecked(True)
    desktop.window.resize(1120, 720)
    QApplication.processEvents()


def test_the_window_fits_a_laptop_screen_with_the_largest_text(open_desktop: Open) -> None:
    """Before captions have run, so that the session bar has not been laid out yet."""
    desktop = open_desktop()
    desktop.settings_store.change(text_scale=4.0)
    QApplication.processEvents()
    smallest = desktop.window.minimumSizeHint()
    assert smallest.width() <= 1280
    assert smallest.height() <= 720


@pytest.mark.parametrize("scale", [1.0, 1.4, 2.0, 3.0, 4.0])
def test_no_control_is_wider_than_its_column(desktop: AppShell, scale: float) -> None:
    scale_text(desktop, scale)
    window = desktop.window
    column = window.controls.parentWidget().parentWidget()
    for part in (window.controls, window.controls.sources, window.controls.models, window.preview):
        right = part.mapTo(column, part.rect().topRight()).x()
        assert right <= column.rect().right(), f"{part} ends at {right} of {column.width()}"


@pytest.mark.parametrize("scale", [1.0, 4.0])
def test_the_first_focus_is_a_control_and_never_a_scroll_area(desktop: AppShell, scale: float) -> None:
    scale_text(desktop, scale)
    assert desktop.window.focusWidget() is desktop.window.controls.start_button
    guide = desktop.show_guide()
    assert guide.focusWidget() is guide.next_button
    desktop.preferences.show()
    assert desktop.preferences.focusWidget() is desktop.preferences.tabs.tabBar()
    if scale == 1.0:
        areas = [*guide.findChildren(Scrolled), *desktop.preferences.findChildren(Scrolled)]
        assert {area.focusPolicy() for area in areas if area.isVisible()} == {Qt.FocusPolicy.NoFocus}


@pytest.mark.parametrize("scale", [1.0, 2.0, 4.0])
def test_the_start_button_is_always_visible(desktop: AppShell, scale: float) -> None:
    scale_text(desktop, scale)
    button = desktop.window.controls.start_button
    assert button.visibleRegion().boundingRect() == button.rect()


@pytest.mark.parametrize(("scale", "beside"), [(1.0, True), (2.0, True), (4.0, False)])
def test_captions_move_below_the_controls_in_a_narrow_window(
    desktop: AppShell, scale: float, beside: bool
) -> None:
    scale_text(desktop, scale)
    (parts,) = desktop.window.centralWidget().findChildren(ResponsiveSplitter)
    assert (parts.orientation() == Qt.Orientation.Horizontal) is beside
    assert desktop.window.captions.width() > 12 * desktop.window.fontMetrics().height()


def test_the_source_can_be_chosen_in_a_small_window_with_large_text(desktop: AppShell) -> None:
    """It was once squeezed into 50 pixels at 200 % and 1024x700."""
    desktop.settings_store.change(text_scale=2.0)
    window = desktop.window
    window.resize(1024, 700)
    window.session_bar.setup_button.setChecked(True)
    QApplication.processEvents()
    side = window.controls.parentWidget().parentWidget().parentWidget()
    assert side.height() > 5 * window.fontMetrics().height()
    window.session_bar.setup_button.setChecked(False)
    QApplication.processEvents()
    assert window.captions.height() > 5 * window.fontMetrics().height()


def test_every_dialog_fits_full_hd_at_the_largest_text(desktop: AppShell) -> None:
    desktop.settings_store.change(text_scale=4.0)
    for dialog in (desktop.transcripts, desktop.caption_file, desktop.recording, desktop.diagnostics):
        dialog.show()
        QApplication.processEvents()
        size = dialog.minimumSizeHint()
        assert size.width() <= 1920, f"{dialog}: {size}"
        assert size.height() <= 1040, f"{dialog}: {size}"
        dialog.close()


def test_a_message_leaves_room_for_captions_at_the_largest_text(desktop: AppShell) -> None:
    desktop.settings_store.change(text_scale=4.0)
    desktop.window.show_message(
        UserError("The screen can no longer be captured ({reason}). Choose it again.", reason="5")
    )
    desktop.window.resize(1805, 1015)
    QApplication.processEvents()
    assert desktop.window.height() <= 1015
    assert desktop.window.captions.height() > 4 * desktop.window.fontMetrics().height()
    desktop.window.message_bar.dismiss()
    QApplication.processEvents()
    assert desktop.window.session_bar.isVisible()


@pytest.mark.parametrize(("scale", "width"), [(1.0, 200), (1.0, 300), (1.0, 800), (4.0, 500), (4.0, 900)])
def test_the_parts_of_a_caption_line_do_not_overlap(qapp: QApplication, width: int, scale: float) -> None:
    look = appearance_of(Settings(text_scale=scale), "Pretendard")
    parts = LineLayout(look).parts(Head("화자 2", "12:34", "seen and heard"), "안녕하세요", width)
    header = (parts.badge, parts.name, parts.time, parts.sign)
    assert not any(a.intersects(b) for a in header for b in (*header, parts.text) if a is not b)
    assert parts.name.width() > 0
    assert parts.text.top() >= max(part.bottom() for part in header)
    assert parts.row.contains(parts.text)


def test_the_scroll_position_is_kept_when_the_text_size_changes(
    qtbot: QtBot, desktop: AppShell, factory: FakeFactory
) -> None:
    for line in range(60):
        factory.made[0].say(caption("completed", line=line, committed=f"line number {line} of a long talk"))
    view = desktop.window.captions.view
    qtbot.waitUntil(lambda: view.model().rowCount() == 60)
    QApplication.processEvents()
    bar = view.verticalScrollBar()
    bar.triggerAction(bar.SliderAction.SliderPageStepSub)
    bar.triggerAction(bar.SliderAction.SliderPageStepSub)
    before = view.indexAt(view.viewport().rect().topLeft()).row()
    assert 10 < before < 50
    for scale in (2.0, 3.0, 1.0):
        desktop.settings_store.change(text_scale=scale)
        QApplication.processEvents()
        assert abs(view.indexAt(view.viewport().rect().topLeft()).row() - before) <= 1
    assert not view.following


def test_a_new_window_is_centred_and_fits_the_screen() -> None:
    assert centred(QSize(1120, 720), SCREEN) == QRect(340, 190, 1120, 720)
    large = centred(QSize(4000, 3000), SCREEN)
    assert large.size() == QSize(1504, 940)
    assert SCREEN.contains(large)


def test_a_message_takes_the_place_of_the_limits_in_a_low_window(desktop: AppShell) -> None:
    window = desktop.window
    desktop.settings_store.change(text_scale=2.0)
    window.resize(760, 680)
    QApplication.processEvents()
    limits = window.expectations[1]
    assert limits.isVisible()
    window.show_message(UserError("There is no camera {name}.", name="Front"))
    QApplication.processEvents()
    assert not limits.isVisible()
    window.message_bar.dismiss()
    QApplication.processEvents()
    assert limits.isVisible()
