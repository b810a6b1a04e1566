"""Titles of old sessions in the current language of the window."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from klipnet_live.assets import DEMOS
from klipnet_live.transcripts.session_file import Header
from klipnet_live.ui.transcripts.titles import shown_title


@pytest.mark.parametrize(
    ("source", "title", "shown"),
    [
        ("screen:0,0,640,480", "화면의 일부 (640 × 480)", "Region of the screen (640 × 480)"),
        ("screen:0,0,640,480", "월요일 회의", "월요일 회의"),
        (str(DEMOS / "demo-ko.mp4"), "데모 (한국어)", "Demo (한국어)"),
        (str(DEMOS / "demo-ko.mp4"), "My demo", "My demo"),
        ("window:Zoom", "Zoom Meeting (640 × 480)", "Zoom Meeting (640 × 480)"),
        ("", "old (640 × 480)", "old (640 × 480)"),
    ],
)
def test_only_titles_given_by_the_app_are_translated(source: str, title: str, shown: str) -> None:
    assert shown_title(Header(title, "ko", source, datetime.now(UTC))) == shown
