"""What is shown of an open line when two heads read it."""

from __future__ import annotations

from klipnet_live.decoding.commit import LocalAgreement
from klipnet_live.decoding.transcript import Transcript, Word
from klipnet_live.reading.live_line_text import STREAM_LAG_FRAMES, LiveLineText


def transcript(*words: tuple[str, int, float], ends: bool = False) -> Transcript:
    """Words, the frame where each is written, and their confidence."""
    found = tuple(Word(text, frame, frame, confidence) for text, frame, confidence in words)
    return Transcript(" ".join(w[0] for w in words) + (" " if ends else ""), "", found, 0.9, -1.0)


def test_the_streaming_head_adds_only_words_that_came_after_the_last_reading() -> None:
    draft = LiveLineText(LocalAgreement("word"))
    draft.revise(transcript(("bin", 10, 0.9), ("blue", 20, 0.9)))
    late = 20 + STREAM_LAG_FRAMES
    draft.add(transcript(("pin", 14, 0.8), ("blew", late, 0.8), ("at", late + 4, 0.8)))
    assert draft.shown.text == "bin blue at"


def test_a_later_reading_replaces_what_is_not_committed() -> None:
    draft = LiveLineText(LocalAgreement("word"))
    draft.add(transcript(("sin", 10, 0.8)))
    assert draft.shown.text == "sin"
    draft.revise(transcript(("bin", 8, 0.8)))
    assert draft.shown.text == "bin"


def test_words_at_the_end_that_are_not_sure_yet_are_not_shown() -> None:
    draft = LiveLineText(LocalAgreement("word"))
    draft.add(transcript(("l", 10, 0.04)))
    assert draft.shown.text == ""
    draft.revise(transcript(("bin", 8, 0.8), ("b", 16, 0.5), ("at", 20, 0.6)))
    assert draft.shown.text == "bin"
    draft.add(transcript(("bin", 12, 0.9), ("blue", 26, 0.9), ("a", 30, 0.3)))
    assert draft.shown.text == "bin blue"
    draft.revise(transcript(("bin", 8, 0.8), ("blew", 16, 0.5), ("at", 20, 0.9)))
    assert draft.shown.text == "bin blew at", "what follows speaks for it"


def test_only_words_that_two_readings_are_sure_of_are_committed() -> None:
    draft = LiveLineText(LocalAgreement("word"))
    for _ in range(2):
        draft.revise(transcript(("bin", 8, 0.99), ("blue", 16, 0.8), ("at", 20, 0.99)))
    assert (draft.shown.committed, draft.shown.tentative) == ("bin", " blue at")
    draft.revise(transcript(("pin", 8, 0.99), ("blue", 16, 0.99), ("at", 20, 0.99)))
    assert draft.shown.committed == "bin"
    assert draft.completed(transcript(("pin", 8, 0.99), ("blue", 16, 0.99))).text == "bin blue"
