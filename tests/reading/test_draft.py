"""What is shown of an open line when two heads read it."""

from __future__ import annotations

from klipnet_live.decoding.commit import LocalAgreement
from klipnet_live.decoding.transcript import Transcript, Word
from klipnet_live.reading.draft import STREAM_LAG_FRAMES, Draft


def transcript(*words: tuple[str, int, float], ends: bool = False) -> Transcript:
    """Words, the frame where each is written, and their confidence."""
    found = tuple(Word(text, frame, frame, confidence) for text, frame, confidence in words)
    return Transcript(" ".join(w[0] for w in words) + (" " if ends else ""), "", found, 0.9, -1.0)


def test_the_streaming_head_adds_only_words_that_came_after_the_last_reading() -> None:
    draft = Draft(LocalAgreement("word"))
    draft.revise(transcript(("bin", 10, 0.9), ("blue", 20, 0.9)))
    late = 20 + STREAM_LAG_FRAMES
    draft.add(transcript(("pin", 14, 0.5), ("blew", late, 0.5), ("at", late + 4, 0.6)))
    assert draft.shown.text == "bin blue at"


def test_a_later_reading_replaces_what_is_not_committed() -> None:
    draft = Draft(LocalAgreement("word"))
    draft.add(transcript(("sin", 10, 0.5)))
    assert draft.shown.text == "sin"
    draft.revise(transcript(("bin", 8, 0.8)))
    assert draft.shown.text == "bin"


def test_only_words_that_two_readings_are_sure_of_are_committed() -> None:
    draft = Draft(LocalAgreement("word"))
    for _ in range(2):
        draft.revise(transcript(("bin", 8, 0.99), ("blue", 16, 0.6), ("at", 20, 0.99)))
    assert (draft.shown.committed, draft.shown.tentative) == ("bin", " blue at")
    draft.revise(transcript(("pin", 8, 0.99), ("blue", 16, 0.99), ("at", 20, 0.99)))
    assert draft.shown.committed == "bin"
    assert draft.completed(transcript(("pin", 8, 0.99), ("blue", 16, 0.99))).text == "bin blue"
