"""Utterances of a stream: segmentation, committed text, word times."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from klipnet_live.sound.agreement import WordAgreement
from klipnet_live.sound.base import RATE_HZ
from klipnet_live.sound.loops import without_loops
from klipnet_live.sound.segments import Segments
from klipnet_live.sound.transcriber import Transcriber
from klipnet_live.sound.voice_activity import STEP
from klipnet_live.types import FloatArray, Sound, Utterance, Word

BLOCK = 1_600


def words(text: str, confidence: float = 0.9) -> tuple[Word, ...]:
    return tuple(Word(word, i, i + 1, confidence, "sound") for i, word in enumerate(text.split()))


class Loudness:
    """Everything loud is voice: only segmentation is tested here."""

    def __init__(self) -> None:
        self._rest = np.zeros(0, np.float32)

    def reset(self) -> None:
        self._rest = np.zeros(0, np.float32)

    def push(self, samples: FloatArray) -> NDArray[np.float32]:
        heard = np.concatenate([self._rest, samples])
        steps = len(heard) // STEP
        self._rest = heard[steps * STEP :]
        loudest = np.abs(heard[: steps * STEP]).reshape(steps, STEP).max(axis=1)
        return (loudest > 0.1).astype(np.float32)


class Counts:
    """Recognises one word per whole half second of sound; a voice speaks one word in half a second."""

    name, language = "counts", "en"

    def __init__(self, confidence: float = 0.9) -> None:
        self.confidence = confidence
        self.heard_s: list[float] = []

    def recognise(self, samples: FloatArray, hints: Sequence[str] = ()) -> tuple[Word, ...]:
        self.heard_s.append(len(samples) / RATE_HZ)
        voiced = np.flatnonzero(np.abs(samples) > 0.1)
        first_s = voiced[0] / RATE_HZ
        count = int((voiced[-1] - voiced[0] + 1) / RATE_HZ / 0.5)
        return tuple(
            Word(f"w{i}", first_s + i / 2, first_s + (i + 1) / 2, self.confidence, "sound")
            for i in range(count)
        )

    def n_best(self, samples: FloatArray, n: int) -> list[tuple[str, float]]:
        return []

    def score(self, samples: FloatArray, texts: Sequence[str]) -> list[float]:
        return [0.0 for _ in texts]


def sound_of(*parts: tuple[float, float]) -> FloatArray:
    """(seconds, loudness) pairs in sequence."""
    return np.concatenate([np.full(round(s * RATE_HZ), level, np.float32) for s, level in parts])


def heard(transcriber: Transcriber, samples: FloatArray, clock_s: float = 100.0) -> list[Utterance]:
    found: list[Utterance] = []
    for at in range(0, len(samples), BLOCK):
        found += transcriber.push(Sound(samples[at : at + BLOCK], RATE_HZ, clock_s + at / RATE_HZ))
    return found


def test_an_utterance_grows_and_ends_with_times_of_the_clock() -> None:
    transcriber = Transcriber(Counts(), Loudness())
    found = heard(transcriber, sound_of((1.0, 0.0), (2.1, 0.5), (1.5, 0.0)))
    done = found[-1]
    assert [u.done for u in found] == [False] * (len(found) - 1) + [True]
    assert len(found) > 3
    assert done.text == "w0 w1 w2 w3"
    assert done.words[0].start_s == pytest.approx(101.0, abs=0.05)
    assert done.words[3].end_s == pytest.approx(103.0, abs=0.05)
    committed = [" ".join(w.text for w in u.words[: u.committed]) for u in found]
    assert all(later.startswith(earlier) for earlier, later in pairwise(committed))
    assert not transcriber.speaking


def test_silence_and_a_click_are_no_utterance() -> None:
    recogniser = Counts()
    assert heard(Transcriber(recogniser, Loudness()), sound_of((2.0, 0.0), (0.06, 0.9), (2.0, 0.0))) == []
    assert recogniser.heard_s == []


def test_words_of_very_low_confidence_are_dropped() -> None:
    found = heard(Transcriber(Counts(confidence=0.2), Loudness()), sound_of((2.0, 0.5), (1.5, 0.0)))
    assert found[-1].done
    assert {u.text for u in found} == {""}


def test_a_long_speech_is_split_into_utterances() -> None:
    found = heard(Transcriber(Counts(), Loudness(), live=False), sound_of((40.0, 0.5), (1.0, 0.0)))
    assert len(found) == 3
    assert max(len(u.sound.samples) for u in found) < 15 * RATE_HZ


def test_a_gap_in_the_sound_ends_the_utterance_and_keeps_the_clock() -> None:
    transcriber = Transcriber(Counts(), Loudness(), live=False)
    speech = sound_of((1.1, 0.5))
    found = [*heard(transcriber, speech, 100.0), *heard(transcriber, speech, 130.0), *transcriber.finish()]
    assert [u.words[0].start_s for u in found] == pytest.approx([100.0, 130.0], abs=0.05)


def test_the_end_of_a_file_ends_the_utterance() -> None:
    transcriber = Transcriber(Counts(), Loudness(), live=False)
    assert heard(transcriber, sound_of((1.2, 0.5))) == []
    assert [u.text for u in transcriber.finish()] == ["w0 w1"]


def test_memory_does_not_grow_with_silence() -> None:
    transcriber = Transcriber(Counts(), Loudness())
    heard(transcriber, sound_of((60.0, 0.0)))
    assert len(transcriber._samples) < 2 * RATE_HZ


def test_another_recogniser_may_read_the_completed_utterance() -> None:
    live, final = Counts(), Counts()
    heard(Transcriber(live, Loudness(), final=final), sound_of((2.0, 0.5), (1.0, 0.0)))
    assert len(final.heard_s) == 1
    assert len(live.heard_s) > 1


def test_words_common_to_three_readings_are_committed() -> None:
    rule, shown = WordAgreement().update(words("the cat"))
    rule, shown = rule.update(words("the cat sat"))
    assert rule.committed == ()
    rule, shown = rule.update(words("The cat, sat on"))
    assert [w.text for w in rule.committed] == ["The", "cat,"]
    rule, shown = rule.update(words("A cat sat on the mat"))
    assert [w.text for w in shown] == ["The", "cat,", "sat", "on", "the", "mat"]
    assert [w.text for w in rule.completed(words("the cat sat"))][:3] == ["The", "cat,", "sat"]


@pytest.mark.parametrize(
    ("spoken", "kept"),
    [
        ("no no no it is", "no no no it is"),
        ("yes yes yes yes yes", "yes"),
        ("so it goes so it goes so it goes on", "so it goes on"),
        ("one two one two three", "one two one two three"),
        ("", ""),
    ],
)
def test_repeated_phrases_are_kept_once(spoken: str, kept: str) -> None:
    assert " ".join(w.text for w in without_loops(words(spoken))) == kept


def test_a_short_breath_does_not_end_an_utterance() -> None:
    segments = Segments()
    voice = [1.0] * 20 + [0.0] * 15 + [1.0] * 20 + [0.0] * 30
    changes = [change for change in map(segments.update, voice) if change]
    assert changes == ["begun", "ended"]


def test_times_of_words_never_go_back_behind_committed_words() -> None:
    agreement = WordAgreement()
    for _ in range(3):
        agreement, _ = agreement.update(words("one two three"))
    texts = ("one", "two", "four", "five")
    early = [Word(text, 0.1 * i, 0.1 * i + 0.1, 0.9, "sound") for i, text in enumerate(texts)]
    completed = agreement.completed(early)
    assert [word.text for word in completed] == ["one", "two", "four", "five"]
    assert [word.start_s for word in completed] == sorted(word.start_s for word in completed)


def test_a_line_is_read_again_before_its_final_silence_has_passed() -> None:
    live, final = Counts(), Counts()
    transcriber = Transcriber(live, Loudness(), final=final)
    assert not [u for u in heard(transcriber, sound_of((1.0, 0.5), (0.6, 0.0))) if u.done]
    assert len(final.heard_s) == 1
    ended = [u for u in heard(transcriber, sound_of((0.5, 0.0)), 101.6) if u.done]
    assert [u.text for u in ended] == ["w0 w1"]
    assert len(final.heard_s) == 1


def test_a_line_that_continues_after_a_pause_is_read_to_its_end() -> None:
    transcriber = Transcriber(Counts(), Loudness(), final=Counts())
    done = [u for u in heard(transcriber, sound_of((1.0, 0.5), (0.5, 0.0), (1.0, 0.5), (1.0, 0.0))) if u.done]
    assert [u.text for u in done] == ["w0 w1 w2 w3 w4"]
