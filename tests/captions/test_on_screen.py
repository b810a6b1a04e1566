from __future__ import annotations

import pytest

from klipnet_live.captions.on_screen import HOLD_S, PALETTE, OnScreen, SpeakerStyle, default_speaker_style
from tests.builders import event


def test_a_caption_grows_in_place_and_stays_for_a_while_after_its_end() -> None:
    screen = OnScreen()
    screen(event("started", committed="", tentative="bi"))
    assert [caption.text for caption in screen.at(2.0)] == ["bi"]
    screen(event("changed", committed="bin ", tentative="bl"))
    screen(event("completed", committed="bin blue", media_s=3.0))
    assert [caption.text for caption in screen.at(3.0 + HOLD_S - 0.1)] == ["bin blue"]
    assert screen.at(3.0 + HOLD_S + 0.1) == ()


def test_a_line_without_text_is_not_shown() -> None:
    screen = OnScreen()
    screen(event("started", committed="", tentative="b"))
    screen(event("completed", committed="", tentative=""))
    assert screen.at(2.0) == ()


def test_a_new_session_starts_with_an_empty_screen() -> None:
    screen = OnScreen()
    screen(event("completed", committed="old", media_s=900.0))
    screen.clear()
    assert screen.at(0.0) == ()


def test_only_the_latest_captions_are_shown_in_order() -> None:
    screen = OnScreen(most=2)
    for number in (3, 1, 2):
        screen(event(committed=f"line {number}", number=number, speaker=str(number)))
    shown = screen.at(2.0)
    assert [caption.text for caption in shown] == ["line 2", "line 3"]
    assert [caption.style.name for caption in shown] == ["Speaker 2", "Speaker 3"]


def test_reading_mode_shows_committed_text_only() -> None:
    screen = OnScreen(reading_mode=True)
    screen(event(committed="bin ", tentative="blue"))
    screen(event(committed="", tentative="set", number=2))
    assert [caption.text for caption in screen.at(2.0)] == ["bin "]


def test_speakers_have_different_and_stable_styles() -> None:
    assert len({default_speaker_style(str(number)).colour for number in range(1, 9)}) == len(PALETTE)
    assert default_speaker_style("guest") == default_speaker_style("guest")
    assert default_speaker_style("2", "ko") == SpeakerStyle("화자 2", default_speaker_style("2").colour)


@pytest.mark.parametrize("colour", PALETTE)
def test_names_have_enough_contrast_on_the_backdrop_over_white(colour: str) -> None:
    # 65 % black over a white picture.
    backdrop = _luminance((89, 89, 89))
    channels = tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
    ratio = (_luminance(channels) + 0.05) / (_luminance((0, 0, 0)) + 0.05)
    assert ratio > 4.5, "against the outline"
    assert (_luminance(channels) + 0.05) / (backdrop + 0.05) > 2.5


def _luminance(channels: tuple[int, ...]) -> float:
    """Relative luminance (WCAG 2.1)."""
    linear = [c / 255 / 12.92 if c / 255 <= 0.03928 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
