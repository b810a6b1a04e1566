"""Words that a calibration is fitted on."""

from __future__ import annotations

import pytest
from klipnet_training.commands.calibrate import scored_words

from klipnet_live.decoding.transcript import DecodedWord, Transcript
from tests.training.small_clips import make_clip


@pytest.mark.parametrize(
    ("truth", "expected"),
    [
        ("lay red now", [(0.25, False), (0.5, True), (0.75, True)]),
        ("* red soon", [(0.5, True), (0.75, False)]),
        ("* at set lay red now", [(0.25, True), (0.5, True), (0.75, True)]),
        ("*", []),
    ],
)
def test_only_words_known_in_the_transcript_are_scored(
    truth: str, expected: list[tuple[float, bool]]
) -> None:
    first = "bin" if truth.startswith("lay") else "lay"
    words = tuple(DecodedWord(w, 0, 0, 0.25 * (i + 1)) for i, w in enumerate((first, "red", "now")))
    read = Transcript(" ".join(w.text for w in words), "", words, 0.0, 0.5)
    found = scored_words([make_clip("a", "s1", "val", truth, aligned=False)], [read])
    assert [(word.posterior, word.right) for word in found] == expected
