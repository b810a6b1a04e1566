"""When a line ends and what is shown of it: hand-made chunks, real decoders."""

from __future__ import annotations

import numpy as np
import pytest

from klipnet_live.lips.alphabet import alphabet_for
from klipnet_live.reading.line import (
    END_FRAMES,
    FALSE_START_FRAMES,
    MAX_FRAMES,
    REREAD_FRAMES,
    Decoders,
    OpenLine,
)
from klipnet_live.reading.model import Chunk
from klipnet_live.types import FPS, FloatArray, GreyImage

ALPHABET = alphabet_for("en")


def says(text: str) -> FloatArray:
    """Log-probabilities of frames that spell a text: one symbol per frame, with a blank in between."""
    ids = [symbol for letter in ALPHABET.encode(text) for symbol in (letter, 0)]
    probabilities = np.full((len(ids), ALPHABET.size), 0.001 / ALPHABET.size, np.float32)
    probabilities[np.arange(len(ids)), ids] = 0.999
    return np.log(probabilities)


class Speech:
    """Adds frames to a line, 25 a second."""

    def __init__(self, decoders: Decoders) -> None:
        self.line = OpenLine({}, decoders)
        self._frames = 0
        self._log_probs: list[FloatArray] = []
        self._noise = np.random.default_rng(1)
        self._lips = self._another()

    def _another(self) -> GreyImage:
        """Lip features unlike any before."""
        return self._noise.integers(0, 255, (50, 100), np.uint8)

    def add(self, log_probs: FloatArray, *, speaking: bool, moving: bool | None = None) -> None:
        count = len(log_probs)
        times = [(self._frames + i) / FPS for i in range(count)]
        self._frames += count
        kept = np.zeros((count, 4), np.float32)
        self._log_probs.append(log_probs)
        crops = []
        for _ in range(count):
            self._lips = self._another() if (speaking if moving is None else moving) else self._lips
            crops.append(self._lips)
        self.line.read(Chunk(log_probs, np.full(count, float(speaking), np.float32), kept, {}), times, crops)

    def reread(self) -> None:
        """The final head agrees with the streaming head."""
        self.line.reread(np.concatenate(self._log_probs))

    def silence(self, frames: int) -> None:
        for _ in range(frames):
            self.add(says(" ")[1:], speaking=False)


@pytest.fixture
def speech(decoders: Decoders) -> Speech:
    return Speech(decoders)


def test_a_line_ends_six_tenths_of_a_second_after_the_last_sound(speech: Speech) -> None:
    speech.silence(5)
    speech.add(says("bin "), speaking=True)
    speech.silence(END_FRAMES - 1)
    assert not speech.line.is_over
    speech.silence(1)
    assert speech.line.is_over
    assert END_FRAMES / FPS == 0.6
    assert (speech.line.start_s, speech.line.end_s) == pytest.approx((0.2, 0.48))


def test_a_movement_without_speech_is_dropped_after_a_second(speech: Speech) -> None:
    speech.silence(FALSE_START_FRAMES - 1)
    assert not speech.line.is_over
    speech.silence(1)
    assert speech.line.is_over
    assert not speech.line.has_speech


def test_a_line_never_grows_longer_than_twelve_seconds(speech: Speech) -> None:
    while not speech.line.is_over:
        speech.add(says("la"), speaking=True)
    assert speech.line.newest_s == pytest.approx(MAX_FRAMES / FPS, abs=0.2)


def test_still_lips_give_no_text_whatever_the_model_outputs(speech: Speech) -> None:
    speech.add(says("bin blue "), speaking=True, moving=False)
    assert not speech.line.has_speech
    assert not speech.line.wants_rereading
    assert speech.line.shown.text == ""
    speech.add(says("at f"), speaking=True)
    assert speech.line.has_speech


def test_letters_written_while_nobody_speaks_are_not_shown(speech: Speech) -> None:
    speech.add(says("bin blue"), speaking=False)
    assert speech.line.shown.text == ""


def test_a_word_in_two_readings_is_committed_and_the_next_is_tentative(speech: Speech) -> None:
    for text in ("bin ", "blu"):
        speech.add(says(text), speaking=True)
        assert speech.line.shown.committed == ""
        speech.reread()
    assert (speech.line.shown.committed, speech.line.shown.tentative) == ("bin", " blu")


def test_the_last_reading_keeps_committed_words(speech: Speech) -> None:
    for text in ("bin ", "blu"):
        speech.add(says(text), speaking=True)
        speech.reread()
    assert speech.line.finish(says("bin blue")).text == "bin blue"
    assert speech.line.finish(says("set red now")).text.startswith("bin ")


def test_a_line_is_re_read_only_when_enough_of_it_is_new(speech: Speech) -> None:
    speech.add(says("la"), speaking=False)
    assert not speech.line.wants_rereading
    speech.add(says("blue"), speaking=True)
    assert speech.line.wants_rereading
    speech.reread()
    assert not speech.line.wants_rereading
    speech.silence(REREAD_FRAMES)
    assert speech.line.wants_rereading


def test_features_are_kept_for_the_second_reading(speech: Speech) -> None:
    speech.add(says("bin "), speaking=True)
    speech.silence(3)
    assert speech.line.kept.shape == (11, 4)
