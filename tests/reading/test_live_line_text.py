"""The text shown for an open line that two heads read."""

from __future__ import annotations

from klipnet_live.decoding.commit import LocalAgreement
from klipnet_live.decoding.transcript import DecodedWord, Transcript
from klipnet_live.reading.live_line_text import STREAM_LAG_FRAMES, LiveLineText


def transcript(*words: tuple[str, int, float], ends: bool = False) -> Transcript:
    """Words, their first frame, and their confidence."""
    found = tuple(DecodedWord(text, frame, frame, confidence) for text, frame, confidence in words)
    return Transcript(" ".join(w[0] for w in words) + (" " if ends else ""), "", found, 0.9, -1.0)


def test_the_streaming_head_adds_only_words_after_the_last_reading() -> None:
    draft = LiveLineText(LocalAgreement())
    draft.revise(transcript(("bin", 10, 0.9), ("blue", 20, 0.9)))
    late = 20 + STREAM_LAG_FRAMES
    draft.add(transcript(("pin", 14, 0.8), ("blew", late, 0.8), ("at", late + 4, 0.8)))
    assert draft.shown.text == "bin blue at"


def test_a_later_reading_replaces_uncommitted_words() -> None:
    draft = LiveLineText(LocalAgreement())
    draft.add(transcript(("sin", 10, 0.8)))
    assert draft.shown.text == "sin"
    draft.revise(transcript(("bin", 8, 0.8)))
    assert draft.shown.text == "bin"


def test_low_confidence_words_at_the_end_are_not_shown_yet() -> None:
    draft = LiveLineText(LocalAgreement())
    draft.add(transcript(("l", 10, 0.04)))
    assert draft.shown.text == ""
    draft.revise(transcript(("bin", 8, 0.8), ("b", 16, 0.5), ("at", 20, 0.6)))
    assert draft.shown.text == "bin"
    draft.add(transcript(("bin", 12, 0.9), ("blue", 26, 0.9), ("a", 30, 0.3)))
    assert draft.shown.text == "bin blue"
    draft.revise(transcript(("bin", 8, 0.8), ("blew", 16, 0.5), ("at", 20, 0.9)))
    assert draft.shown.text == "bin blew at", "the following word confirms it"


def test_only_words_confident_in_two_readings_are_committed() -> None:
    draft = LiveLineText(LocalAgreement())
    for _ in range(2):
        draft.revise(transcript(("bin", 8, 0.99), ("blue", 16, 0.8), ("at", 20, 0.99)))
    assert (draft.shown.committed, draft.shown.tentative) == ("bin", " blue at")
    draft.revise(transcript(("pin", 8, 0.99), ("blue", 16, 0.99), ("at", 20, 0.99)))
    assert draft.shown.committed == "bin"
    assert draft.completed(transcript(("pin", 8, 0.99), ("blue", 16, 0.99))).text == "bin blue"


def test_words_carry_the_frames_of_the_reading_that_wrote_them() -> None:
    draft = LiveLineText(LocalAgreement())
    draft.revise(transcript(("bin", 8, 0.99), ("blue", 16, 0.9)))
    draft.add(transcript(("pin", 14, 0.8), ("at", 30, 0.8)))
    assert [(word.text, word.first_frame) for word in draft.words] == [
        ("bin", 8),
        ("blue", 16),
        ("at", 30 - STREAM_LAG_FRAMES),
    ]
    assert [word.confidence for word in draft.words] == [0.99, 0.9, 0.8]


def test_a_committed_word_missing_from_the_last_reading_keeps_its_frames() -> None:
    draft = LiveLineText(LocalAgreement())
    for _ in range(2):
        draft.revise(transcript(("bin", 8, 0.99), ("blue", 16, 0.8)))
    shown = draft.completed(transcript(("pin", 9, 0.5), ("blue", 17, 0.9), ("now", 40, 0.9)))
    assert shown.text == " ".join(word.text for word in draft.words) == "bin blue now"
    assert [(word.first_frame, word.confidence) for word in draft.words] == [(8, 0.99), (17, 0.9), (40, 0.9)]


def test_a_syllable_that_has_just_begun_is_a_separate_word() -> None:
    draft = LiveLineText(LocalAgreement())
    found = DecodedWord("빨", 10, 14, 0.9)
    draft.revise(Transcript("빨", "ㄱ", (found,), 0.9, -1.0))
    assert [(word.text, word.first_frame) for word in draft.words] == [("빨ㄱ", 10)]
