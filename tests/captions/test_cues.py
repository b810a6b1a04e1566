from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from klipnet_live.captions.cues import MIN_DURATION_MS, Cue, CueTimeline, cues_of, slices_of
from klipnet_live.captions.line_break import LineLimits
from klipnet_live.captions.lines import CaptionLine
from tests.builders import line

LIMITS = LineLimits()

LINES = st.lists(
    st.builds(
        lambda text, start, length, speaker: line(text, start, start + length, speaker),
        st.lists(st.sampled_from(["blue", "at", "안녕하세요", "now"]), min_size=1, max_size=40).map(" ".join),
        st.floats(0, 30),
        st.floats(0, 10),
        st.sampled_from("123"),
    ),
    max_size=12,
)


def test_a_long_line_becomes_successive_cues_that_fill_its_time() -> None:
    cues = cues_of([line(" ".join(["blue"] * 60), 10.0, 30.0)], LIMITS)
    assert len(cues) > 2
    assert (cues[0].start_ms, cues[-1].end_ms) == (10_000, 30_000)
    assert [cue.end_ms for cue in cues[:-1]] == [cue.start_ms for cue in cues[1:]]
    assert " ".join(text for cue in cues for text in cue.lines).split() == ["blue"] * 60


def test_a_short_cue_is_extended_to_be_readable_until_the_next_line() -> None:
    alone, followed, _ = cues_of([line("no", 0, 0.2), line("yes", 5, 5.2), line("so", 5.5, 9)], LIMITS)
    assert alone.end_ms == MIN_DURATION_MS
    assert followed.end_ms == 5500


def test_a_fast_cue_stays_until_it_is_read_or_the_next_person_speaks() -> None:
    fast = "set white by p zero please, then bin blue"
    korean = "안녕하세요 저는 입술을 읽는 사람입니다"
    assert cues_of([line(fast, 0, 1, "1")], LIMITS)[0].end_ms == len(fast) * 1000 // 20
    assert cues_of([line(korean, 0, 1, "1")], LIMITS)[0].end_ms == len(korean) * 1000 // 12
    assert cues_of([line(fast, 0, 1, "1"), line("yes", 1.5, 4, "2")], LIMITS)[0].end_ms == 1500


def test_simultaneous_speakers_share_slices() -> None:
    cues = cues_of([line("one", 0, 4, "1"), line("two", 2, 6, "2")], LIMITS)
    assert [(s.start_ms, s.end_ms, [cue.speaker for cue in s.cues]) for s in slices_of(cues)] == [
        (0, 2000, ["1"]),
        (2000, 4000, ["1", "2"]),
        (4000, 6000, ["2"]),
    ]


def test_a_slight_overlap_causes_no_flicker() -> None:
    cues = cues_of([line("one", 0, 3.1, "1"), line("two", 3, 6, "2")], LIMITS)
    assert [(s.start_ms, s.end_ms, len(s.cues)) for s in slices_of(cues)] == [(0, 3000, 1), (3000, 6000, 1)]


@given(LINES)
def test_slices_never_overlap_and_show_every_cue(lines: list[CaptionLine]) -> None:
    cues = cues_of(lines, LIMITS)
    slices = slices_of(cues)
    assert all(before.end_ms <= after.start_ms for before, after in pairwise(slices))
    assert all(part.start_ms < part.end_ms for part in slices)
    shown = {(cue.speaker, cue.lines) for part in slices for cue in part.cues}
    assert shown == {(cue.speaker, cue.lines) for cue in cues}


@given(LINES, st.lists(st.integers(0, 50_000), max_size=50).map(sorted))
def test_the_timeline_agrees_with_a_search_through_all_cues(
    lines: list[CaptionLine], times: list[int]
) -> None:
    cues = cues_of(lines, LIMITS)
    timeline = CueTimeline(cues)
    for time_ms in times:
        wanted = [cue for cue in cues if cue.start_ms <= time_ms < cue.end_ms]
        assert sorted(timeline.at(time_ms), key=_key) == sorted(wanted, key=_key)


def _key(cue: Cue) -> tuple[int, int, str, tuple[str, ...]]:
    return cue.start_ms, cue.end_ms, cue.speaker, cue.lines
