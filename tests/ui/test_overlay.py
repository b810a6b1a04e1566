"""The caption overlay: what it shows, where it is, and that clicks can go through."""

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
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make(clock: Clock) -> Callable[..., OverlayCaptions]:
    def build(**settings: object) -> OverlayCaptions:
        return OverlayCaptions(
            lambda speaker: SpeakerStyle(f"S{speaker}", "#ffffff"),
            OverlaySettings.model_validate(settings),
            clock,
        )

    return build


def lines(captions: OverlayCaptions) -> list[str]:
    return [row.name + row.text for row in captions.rows()]


def test_fast_mode_shows_tentative_text_and_reading_mode_does_not(
    make: Callable[..., OverlayCaptions],
) -> None:
    shown = make(mode="fast")
    shown.apply(caption(committed="bin blue", tentative=" at"))
    assert lines(shown) == ["S1  bin blue at"]
    shown.set_settings(OverlaySettings(mode="reading"))
    assert lines(shown) == ["S1  bin blue"]


def test_lines_break_at_words_within_the_limit_of_the_script(
    make: Callable[..., OverlayCaptions],
) -> None:
    shown = make(latin_columns=20, korean_columns=16)
    shown.apply(caption(committed="place green with h seven please"))
    assert [row.text for row in shown.rows()] == ["place green with h", "seven please"]
    shown.begin_session()
    shown.apply(caption(committed="안녕하세요 오늘 회의를 시작하겠습니다 여러분"))
    assert all(len(row.text) <= 16 for row in shown.rows())
    assert len(shown.rows()) == 2


def test_a_long_line_shows_its_last_two_rows_and_room_is_left_for_others(
    make: Callable[..., OverlayCaptions],
) -> None:
    shown = make(lines=3, latin_columns=20)
    shown.apply(caption(line=1, speaker="1", committed="one two three four five six seven eight nine ten"))
    shown.apply(caption(line=2, speaker="2", committed="lay red in the middle of two"))
    assert lines(shown) == ["S1  nine ten", "S2  lay red in the", "middle of two"]


def test_finished_lines_leave_after_a_while(make: Callable[..., OverlayCaptions], clock: Clock) -> None:
    shown = make()
    shown.apply(caption("completed", committed="bin blue"))
    clock.now_s += 5
    assert lines(shown) == ["S1  bin blue"]
    clock.now_s += 5
    assert lines(shown) == []


def test_what_nobody_goes_on_reading_loses_its_tentative_part_and_leaves(
    make: Callable[..., OverlayCaptions], clock: Clock
) -> None:
    shown = make()
    shown.apply(caption(committed="bin blue", tentative=" a"))
    clock.now_s += 60
    shown.end_session()
    assert lines(shown) == ["S1  bin blue"]
    clock.now_s += 10
    assert lines(shown) == []


@pytest.fixture
def window(qtbot: QtBot, appearance: Appearance) -> OverlayWindow:
    settings = OverlaySettings(geometry=(60, 70, 500, 120))
    widget = OverlayWindow(SpeakerBook(), settings, appearance)
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_it_comes_back_where_it_was(window: OverlayWindow) -> None:
    assert window.geometry().bottomLeft() == QPoint(60, 189)


def say(window: OverlayWindow, text: str, line: int = 1, speaker: str = "1") -> QRect:
    window.apply(caption(line=line, speaker=speaker, committed=text))
    QApplication.processEvents()
    return window.geometry()


def test_the_window_is_as_large_as_its_text(window: OverlayWindow) -> None:
    """What is larger than the text takes clicks that are meant for what lies beneath."""
    short, long = say(window, "bin"), say(window, "bin blue at f two now")
    assert short.width() < long.width() < 500
    assert short.bottomLeft() == long.bottomLeft()
    two_rows = say(window, "set red", line=2, speaker="2")
    assert two_rows.height() > 1.5 * long.height()
    window.apply(caption("completed", line=1, committed=""))
    window.apply(caption("completed", line=2, committed=""))
    assert window.width() * window.height() <= 4


def test_under_the_pointer_it_has_controls_that_do_not_move_the_text(window: OverlayWindow) -> None:
    say(window, "bin blue at f two now")
    before = window.plate_place
    assert not window.controls.isVisible()
    place = QPointF(5, 5)
    QApplication.sendEvent(window, QEnterEvent(place, place, place))
    assert window.controls.isVisible()
    assert window.plate_place == before
    assert window.geometry().contains(before)
    free = QRegion(window.rect()) - window.mask()
    assert free.contains(QPoint(2, 2)), "beside the controls, clicks go to what lies beneath"


def test_its_controls_close_it_and_let_clicks_through(qtbot: QtBot, open_desktop: Open) -> None:
    desktop = open_desktop("talk.mp4")
    desktop.commands["overlay"]()
    overlay = desktop.overlay.window
    overlay.controls.lock_button.click()
    assert desktop.keeper.settings.overlay.click_through
    overlay.controls.close_button.click()
    assert not desktop.keeper.settings.overlay.visible


def test_the_shortcuts_of_the_main_window_work_in_it(open_desktop: Open) -> None:
    desktop = open_desktop("talk.mp4")
    offered = desktop.overlay.window.actions()
    assert {desktop.actions.toggle, desktop.actions.larger, desktop.actions.click_through} <= set(offered)


def test_lines_of_one_speaker_that_follow_each_other_bear_the_name_once(
    make: Callable[..., OverlayCaptions],
) -> None:
    shown = make(lines=3)
    for line, speaker in enumerate(("1", "1", "2")):
        shown.apply(caption("completed", line=line, speaker=speaker, committed=f"line {line}"))
    assert [row.name.strip() for row in shown.rows()] == ["S1", "", "S2"]


def test_by_default_it_leaves_the_controls_of_a_call_free(qtbot: QtBot, appearance: Appearance) -> None:
    widget = OverlayWindow(SpeakerBook(), OverlaySettings(), appearance)
    qtbot.addWidget(widget)
    widget.show()
    screen = QGuiApplication.primaryScreen().geometry()
    assert widget.geometry().bottom() < screen.top() + 0.85 * screen.height()
    assert widget.geometry().top() > screen.top() + 0.15 * screen.height()


def test_a_place_on_a_monitor_that_is_gone_is_not_used(qtbot: QtBot, appearance: Appearance) -> None:
    widget = OverlayWindow(SpeakerBook(), OverlaySettings(geometry=(90_000, 0, 500, 120)), appearance)
    qtbot.addWidget(widget)
    assert QGuiApplication.primaryScreen().geometry().intersects(widget.geometry())


def test_clicks_go_through_only_when_asked(window: OverlayWindow) -> None:
    settings = OverlaySettings(geometry=(60, 70, 500, 120))
    for through in (True, False):
        window.set_settings(settings.model_copy(update={"click_through": through}))
        for flags in (window.windowFlags(), window.windowHandle().flags()):
            assert bool(flags & Qt.WindowType.WindowTransparentForInput) is through
            assert flags & Qt.WindowType.WindowStaysOnTopHint


def test_letting_clicks_through_does_not_hide_the_window(window: OverlayWindow) -> None:
    """After hiding it, window managers on X11 forget that it stays above."""
    seen: list[bool] = []
    window.windowHandle().visibleChanged.connect(seen.append)
    window.set_settings(OverlaySettings(geometry=(60, 70, 500, 120), click_through=True))
    QApplication.processEvents()
    assert seen == []
    assert window.isVisible()


def test_it_stays_above_without_a_frame(window: OverlayWindow) -> None:
    assert window.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert window.windowFlags() & Qt.WindowType.FramelessWindowHint


def test_the_arrow_keys_move_it_and_the_place_is_told(qtbot: QtBot, window: OverlayWindow) -> None:
    before = window.plate_place
    with qtbot.waitSignal(window.geometry_changed) as signal:
        qtbot.keyClick(window, Qt.Key.Key_Right)
    assert signal.args == [before.translated(20, 0)]


def test_escape_closes_it(qtbot: QtBot, window: OverlayWindow) -> None:
    with qtbot.waitSignal(window.closed):
        qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_text_is_painted_white_on_a_dark_plate(window: OverlayWindow) -> None:
    window.apply(caption(committed="mmmm mmmm mmmm"))
    QApplication.processEvents()
    picture = window.grab().toImage()
    colours = [QColor(picture.pixel(x, y)) for x in range(picture.width()) for y in range(picture.height())]
    assert any(colour.lightness() > 240 for colour in colours)
    assert sum(colour.lightness() < 60 for colour in colours) > 1000


def test_the_colour_of_the_text_is_chosen(window: OverlayWindow) -> None:
    # Clicks go through: then there are no controls.
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
def test_covering_what_is_read_is_noticed(qapp: QApplication, source: str, covered: bool) -> None:
    assert covers_source(QRect(60, 70, 500, 120), source) is covered


def painted(window: OverlayWindow) -> list[str]:
    return [row.name + row.text for row in window.rows()]


def test_how_to_place_it_is_told_until_the_first_caption_only(window: OverlayWindow) -> None:
    hint = ["Captions appear here. Drag to move."]
    assert painted(window) == hint
    window.begin_session()
    assert painted(window) == hint
    window.apply(caption("started", committed="", tentative=""))
    assert painted(window) == ["Speaker 1  …"]
    window.begin_session()
    assert painted(window) == []


STOPPED, LOST = "Captions are stopped.", "Source lost, captions are stopped."


@pytest.mark.parametrize(
    ("error", "told"),
    [(None, STOPPED), (UserError("The camera is gone."), LOST)],
)
def test_the_overlay_tells_that_captions_have_stopped(
    qtbot: QtBot, open_desktop: Open, factory: FakeFactory, error: UserError | None, told: str
) -> None:
    desktop = open_desktop("talk.mp4")
    overlay = desktop.overlay.window
    factory.made[0].say(caption(line=1, committed="bin blue", tentative=" a"))
    qtbot.waitUntil(lambda: painted(overlay) == ["Speaker 1  bin blue a"])
    factory.made[0].end(error, by_itself=error is None)
    qtbot.waitUntil(lambda: painted(overlay) == ["Speaker 1  bin blue", told])
    desktop.keeper.change_part("overlay", click_through=True)
    assert painted(overlay)[-1] == told
    desktop.window.start_chosen()
    qtbot.waitUntil(lambda: painted(overlay) == [])
    desktop.controller.stop()
    assert painted(overlay) == [STOPPED]
