from __future__ import annotations

from klipnet_live.captions.lines import CaptionLine, LineCollector, default_name
from tests.builders import event, line


def test_collector_keeps_completed_lines_with_text_only() -> None:
    kept: list[CaptionLine] = []
    collect = LineCollector(kept.append, {"1": "Ann", "2": "철수"}.__getitem__)
    collect(event("started", committed="bin"))
    collect(event("changed", committed="bin blue", tentative=" at"))
    collect(event("completed", committed="bin blue at", tentative=" f"))
    collect(event("completed", committed="  ", speaker="2"))
    collect(event("completed", committed="안녕하세요", speaker="2", media_s=9.0))
    assert [(kept_line.name, kept_line.text) for kept_line in kept] == [
        ("Ann", "bin blue at f"),
        ("철수", "안녕하세요"),
    ]
    assert (kept[1].start_s, kept[1].end_s) == (0.5, 8.9)


def test_speakers_are_numbered_in_the_caption_language() -> None:
    assert default_name("2", "ko") == "화자 2"
    assert default_name("2", "en") == default_name("2") == "Speaker 2"


def test_a_line_survives_the_round_trip_through_a_dictionary() -> None:
    before = line("안녕", 1.25, 2.5)
    assert CaptionLine.from_dict({**before.as_dict(), "record": "line"}) == before
