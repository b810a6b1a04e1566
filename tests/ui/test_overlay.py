"""The caption overlay: its text, place, controls and click-through."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QEnterEvent, QGuiApplication, QRegion
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from klipnet_live.captions.on_screen import SpeakerStyle
from klipnet_live.settings import OverlaySettings
from klipnet_live.types import UserError
from klipnet_live.ui.captions.speakers import SpeakerBook
from klipnet_live.ui.look.appearance import Appearance
from klipnet_live.ui.overlay.captions import OverlayCaptions
from klipnet_live.ui.overlay.window import OverlayWindow
from klipnet_live.ui.sources.overlap_guard import covers_source
from tests.ui.conftest import Open
from tests.ui.fakes import FakeFactory, caption


class Clock:
    """A clock that only the test moves."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make(clock: Clock) -> Callable[..., OverlayCaptions]:
    def make_captions(**settings: object) -> OverlayCaptions:
        return OverlayCaptions(
            lambda speaker: SpeakerStyle(f"S{speaker}", "#ffffff"),
            OverlaySettings.model_validate(settings),
            clock,
        )

    return make_captions


def row_texts(captions: OverlayCaptions) -> list[str]:
    return [row.name + row.text for row in captions.rows()]


def test_only_fast_mode_shows_tentative_text(
    make: Callable[..., OverlayCaptions],
) -> None:
    captions = make(mode="fast")
    captions.apply(caption(committed="bin blue", tentative=" at"))
    assert row_texts(captions) == ["S1  bin blue at"]
    captions.set_settings(OverlaySettings(mode="reading"))
    assert row_texts(captions) == ["S1  bin blue"]


def test_lines_break_between_words_at_the_limit_of_the_script(
    make: Callable[..., OverlayCaptions],
) -> None:
    captions = make(latin_columns=20, korean_columns=16)
    captions.apply(caption(committed="place green with h seven please"))
    assert [row.text for row in captions.rows()] == ["place green with h", "seven please"]
    captions.begin_session()
    captions.apply(caption(committed="안녕하세요 오늘 회의를 시작하겠습니다 여러분"))
    assert all(len(row.text) <= 16 for row in captions.rows())
    assert len(captions.rows()) == 2


def test_a_long_line_keeps_its_end_and_leaves_room_for_other_speakers(
    make: Callable[..., OverlayCaptions],
) -> None:
    captions = make(row_texts=3, latin_columns=20)
    captions.apply(caption(line=1, speaker="1", committed="one two three four five six seven eight nine ten"))
    captions.apply(caption(line=2, speaker="2", committed="lay red in the middle of two"))
    assert row_texts(captions) == ["S1  nine ten", "S2  lay red in the", "middle of two"]


def test_completed_lines_disappear_after_some_seconds(
    make: Callable[..., OverlayCaptions], clock: Clock
) -> None:
    captions = make()
    captions.apply(caption("completed", committed="bin blue"))
    clock.now_s += 5
    assert row_texts(captions) == ["S1  bin blue"]
    clock.now_s += 5
    assert row_texts(captions) == []


def test_open_lines_lose_their_tentative_text_and_expire_when_the_session_ends(
    make: Callable[..., OverlayCaptions], clock: Clock
) -> None:
    captions = make()
    captions.apply(caption(committed="bin blue", tentative=" a"))
    clock.now_s += 60
    captions.end_session()
    assert row_texts(captions) == ["S1  bin blue"]
    clock.now_s += 10
    assert row_texts(captions) == []


@pytest.fixture
def window(qtbot: QtBot, appearance: Appearance) -> OverlayWindow:
    settings = OverlaySettings(geometry=(60, 70, 500, 120))
    widget = OverlayWindow(SpeakerBook(), settings, appearance)
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_the_window_opens_at_its_stored_place(window: OverlayWindow) -> None:
    assert window.geometry().bottomLeft() == QPoint(60, 189)


def show_caption(window: OverlayWindow, text: str, line: int = 1, speaker: str = "1") -> QRect:
    window.apply(caption(line=line, speaker=speaker, committed=text))
    QApplication.processEvents()
    return window.geometry()


def test_the_window_is_only_as_large_as_its_text(window: OverlayWindow) -> None:
    """A larger window would take clicks meant for the windows below it."""
    short, long = show_caption(window, "bin"), show_caption(window, "bin blue at f two now")
    assert short.width() < long.width() < 500
    assert short.bottomLeft() == long.bottomLeft()
    two_rows = show_caption(window, "set red", line=2, speaker="2")
    assert two_rows.height() > 1.5 * long.height()
    window.apply(caption("completed", line=1, committed=""))
    window.apply(caption("completed", line=2, committed=""))
    assert window.width() * window.height() <= 4


def test_controls_appear_under_the_pointer_without_moving_the_text(window: OverlayWindow) -> None:
    show_caption(window, "bin blue at f two now")
    before = window.plate_place
    assert not window.controls.isVisible()
    pointer = QPointF(5, 5)
    QApplication.sendEvent(window, QEnterEvent(pointer, pointer, pointer))
    assert window.controls.isVisible()
    assert window.plate_place == before
    assert window.geometry().contains(before)
    outside = QRegion(window.rect()) - window.mask()
    assert outside.contains(QPoint(2, 2)), "beside the controls, clicks must reach the window below"


def test_the_controls_switch_click_through_and_close_the_overlay(qtbot: QtBot, open_desktop: Open) -> None:
    desktop = open_desktop("talk.mp4")
    desktop.commands["overlay"]()
    overlay = desktop.overlay.window
    overlay.controls.lock_button.click()
    assert desktop.settings_store.settings.overlay.click_through
    overlay.controls.close_button.click()
    assert not desktop.settings_store.settings.overlay.visible


def test_the_shortcuts_of_the_main_window_work_in_the_overlay(open_desktop: Open) -> None:
    desktop = open_desktop("talk.mp4")
    actions = desktop.overlay.window.actions()
    assert {desktop.actions.toggle, desktop.actions.larger, desktop.actions.click_through} <= set(actions)


def test_consecutive_lines_of_a_speaker_show_the_name_once(
    make: Callable[..., OverlayCaptions],
) -> None:
    captions = make(row_texts=3)
    for line, speaker in enumerate(("1", "1", "2")):
        captions.apply(caption("completed", line=line, speaker=speaker, committed=f"line {line}"))
    assert [row.name.strip() for row in captions.rows()] == ["S1", "", "S2"]


def test_the_default_place_covers_no_controls_of_a_call(qtbot: QtBot, appearance: Appearance) -> None:
    widget = OverlayWindow(SpeakerBook(), OverlaySettings(), appearance)
    qtbot.addWidget(widget)
    widget.show()
    screen = QGuiApplication.primaryScreen().geometry()
    assert widget.geometry().bottom() < screen.top() + 0.85 * screen.height()
    assert widget.geometry().top() > screen.top() + 0.15 * screen.height()


def test_a_stored_place_on_a_removed_monitor_is_ignored(qtbot: QtBot, appearance: Appearance) -> None:
    widget = OverlayWindow(SpeakerBook(), OverlaySettings(geometry=(90_000, 0, 500, 120)), appearance)
    qtbot.addWidget(widget)
    assert QGuiApplication.primaryScreen().geometry().intersects(widget.geometry())


def test_click_through_follows_the_setting(window: OverlayWindow) -> None:
    settings = OverlaySettings(geometry=(60, 70, 500, 120))
    for click_through in (True, False):
        window.set_settings(settings.model_copy(update={"click_through": click_through}))
        for flags in (window.windowFlags(), window.windowHandle().flags()):
            assert bool(flags & Qt.WindowType.WindowTransparentForInput) is click_through
            assert flags & Qt.WindowType.WindowStaysOnTopHint


def test_switching_click_through_does_not_hide_the_window(window: OverlayWindow) -> None:
    """Window managers on X11 no longer keep it on top after it was hidden."""
    changes: list[bool] = []
    window.windowHandle().visibleChanged.connect(changes.append)
    window.set_settings(OverlaySettings(geometry=(60, 70, 500, 120), click_through=True))
    QApplication.processEvents()
    assert changes == []
    assert window.isVisible()


def test_the_window_stays_on_top_without_a_frame(window: OverlayWindow) -> None:
    assert window.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert window.windowFlags() & Qt.WindowType.FramelessWindowHint


def test_the_arrow_keys_move_the_window_and_report_its_place(qtbot: QtBot, window: OverlayWindow) -> None:
    before = window.plate_place
    with qtbot.waitSignal(window.geometry_changed) as signal:
        qtbot.keyClick(window, Qt.Key.Key_Right)
    assert signal.args == [before.translated(20, 0)]


def test_escape_closes_the_window(qtbot: QtBot, window: OverlayWindow) -> None:
    with qtbot.waitSignal(window.closed):
        qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_text_is_painted_white_on_a_dark_background(window: OverlayWindow) -> None:
    window.apply(caption(committed="mmmm mmmm mmmm"))
    QApplication.processEvents()
    picture = window.grab().toImage()
    colours = [QColor(picture.pixel(x, y)) for x in range(picture.width()) for y in range(picture.height())]
    assert any(colour.lightness() > 240 for colour in colours)
    assert sum(colour.lightness() < 60 for colour in colours) > 1000


def test_the_text_has_the_chosen_colour(window: OverlayWindow) -> None:
    # With click-through there are no controls, whose colours would be found too.
    window.apply(caption(committed="mmmm mmmm mmmm"))
    settings = OverlaySettings(geometry=(60, 70, 500, 120), click_through=True, text_colour="yellow")
    window.set_settings(settings)
    picture = window.grab().toImage()
    colours = {
        picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())
    }
    assert "#ffe600" in colours
    assert "#ffffff" not in colours


@pytest.mark.parametrize(
    ("source", "covered"),
    [
        ("screen", True),
        ("screen:100,80,50,50", True),
        ("screen:600,400,50,50", False),
        ("screen:no", False),
        ("camera:0", False),
        ("window:Zoom", False),
        ("talk.mp4", False),
    ],
)
def test_covering_the_captured_part_of_the_screen_is_detected(
    qapp: QApplication, source: str, covered: bool
) -> None:
    assert covers_source(QRect(60, 70, 500, 120), source) is covered


def painted_rows(window: OverlayWindow) -> list[str]:
    return [row.name + row.text for row in window.rows()]


def test_the_hint_how_to_move_it_is_shown_until_the_first_caption(window: OverlayWindow) -> None:
    hint = ["Captions appear here. Drag to move."]
    assert painted_rows(window) == hint
    window.begin_session()
    assert painted_rows(window) == hint
    window.apply(caption("started", committed="", tentative=""))
    assert painted_rows(window) == ["Speaker 1  …"]
    window.begin_session()
    assert painted_rows(window) == []


STOPPED, LOST = "Captions are stopped.", "Source lost, captions are stopped."


@pytest.mark.parametrize(
    ("error", "message"),
    [(None, STOPPED), (UserError("The camera is gone."), LOST)],
)
def test_the_overlay_shows_that_captions_have_stopped(
    qtbot: QtBot, open_desktop: Open, factory: FakeFactory, error: UserError | None, message: str
) -> None:
    desktop = open_desktop("talk.mp4")
    overlay = desktop.overlay.window
    factory.made[0].say(caption(line=1, committed="bin blue", tentative=" a"))
    qtbot.waitUntil(lambda: painted_rows(overlay) == ["Speaker 1  bin blue a"])
    factory.made[0].end(error, by_itself=error is None)
    qtbot.waitUntil(lambda: painted_rows(overlay) == ["Speaker 1  bin blue", message])
    desktop.settings_store.change_part("overlay", click_through=True)
    assert painted_rows(overlay)[-1] == message
    desktop.window.start_chosen()
    qtbot.waitUntil(lambda: painted_rows(overlay) == [])
    desktop.controller.stop()
    assert painted_rows(overlay) == [STOPPED]
