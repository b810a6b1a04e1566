"""A speaker with a phrase profile is read with it once the lips rest; others are read as usual."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from klipnet_live.assets import MODELS
from klipnet_live.phrases.in_use import TakeMemory
from klipnet_live.phrases.matcher import Example, PhraseMatcher
from klipnet_live.phrases.span import spoken_span
from klipnet_live.pipeline.reader_factory import decoders_for
from klipnet_live.reading.model import LipModel
from klipnet_live.reading.phrase_encoder import PhraseEncoder
from klipnet_live.reading.phrases import ActiveProfile, PhraseReader
from klipnet_live.reading.reader import Reader
from klipnet_live.types import Mouth
from tests.reading.talk import Talk, alone, feed


@pytest.fixture(scope="module")
def model() -> LipModel:
    return LipModel(MODELS / "en-grid")


@pytest.fixture(scope="module")
def encode() -> PhraseEncoder:
    return PhraseEncoder()


@pytest.fixture(scope="module")
def matcher(talk: Talk, encode: PhraseEncoder) -> PhraseMatcher:
    """The left talker's sentence as a phrase, between two phrases that are reversed parts of it."""
    crops = [mouth.crop for mouth in talk.line]
    span = spoken_span(crops)
    assert span is not None
    shown = crops[span]
    takes = {"물 주세요": shown, "thank you": shown[::-1], "goodbye": shown[: len(shown) // 2]}
    return PhraseMatcher([Example(text, encode(take)) for text, take in takes.items()], encode.blocks)


def reader(model: LipModel, encode: PhraseEncoder, profile: ActiveProfile, memory: TakeMemory) -> Reader:
    return Reader(model, decoders_for(model.manifest), PhraseReader(encode, [profile], memory))


def test_a_phrase_is_recognised_before_a_sentence_would_end(
    talk: Talk, model: LipModel, encode: PhraseEncoder, matcher: PhraseMatcher
) -> None:
    memory = TakeMemory()
    still = [replace(talk.line[-1], time_s=talk.line[-1].time_s + n / 25) for n in range(1, 14)]
    events = feed(
        reader(model, encode, ActiveProfile("mine", matcher), memory),
        alone([*talk.line, *still]),
        finish=False,
    )
    kinds = [event.event for event in events]
    assert kinds == ["started", "completed"]
    completed = events[-1]
    assert (completed.text or completed.choices[0]) == "물 주세요"
    assert completed.readable == bool(completed.text)
    assert completed.media_s - completed.end_s < 0.6
    take = memory.of_line(replace(completed, line=99))
    assert take is not None
    assert len(take.crops) == len(take.features)


def test_a_profile_applies_only_to_its_owner(
    talk: Talk, model: LipModel, encode: PhraseEncoder, matcher: PhraseMatcher
) -> None:
    profile = ActiveProfile("mine", matcher, speaker="somebody else")
    with_phrases = feed(reader(model, encode, profile, TakeMemory()), alone(talk.line))
    without = feed(Reader(model, decoders_for(model.manifest)), alone(talk.line))
    assert [event.text for event in with_phrases] == [event.text for event in without]


def test_a_still_mouth_gives_no_text(
    talk: Talk, model: LipModel, encode: PhraseEncoder, matcher: PhraseMatcher
) -> None:
    first = talk.line[0]
    still: Sequence[Mouth] = [replace(first, time_s=n / 25) for n in range(60)]
    assert feed(reader(model, encode, ActiveProfile("mine", matcher), TakeMemory()), alone(still)) == []


def test_features_do_not_depend_on_earlier_input(encode: PhraseEncoder, talk: Talk) -> None:
    crops = [mouth.crop for mouth in talk.line[30:60]]
    once = encode(crops)
    encode(crops[::-1])
    assert once.shape == (30, once.shape[1])
    assert np.array_equal(once, encode(crops))


def test_no_phrase_is_read_while_a_hand_is_before_the_mouth(
    talk: Talk, encode: PhraseEncoder, matcher: PhraseMatcher
) -> None:
    crops = [mouth.crop for mouth in talk.line]
    fingers = np.indices((50, 100))[1] // 10 % 2 * 60 + 100
    hidden = [np.asarray(fingers + crop // 8, dtype=np.uint8) for crop in crops]
    span = spoken_span(crops)
    assert span is not None
    profile = ActiveProfile("mine", matcher, examples=(Example("물 주세요", encode(crops[span])),))
    assert profile.match(encode(crops[span])).accepted
    assert not profile.match(encode(hidden[span])).accepted
