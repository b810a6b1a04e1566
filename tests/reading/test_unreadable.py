"""Lines that the model cannot read: the speaker is shown without words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from klipnet_live.decoding.readability import Readability
from klipnet_live.pipeline.reader_factory import decoders_for
from klipnet_live.reading.line import Decoders
from klipnet_live.reading.model import LipModel
from klipnet_live.reading.reader import Reader
from klipnet_live.types import CaptionEvent, Mouth
from tests.reading.talk import Talk, alone, feed


@pytest.fixture(scope="module")
def as_released(model: LipModel) -> Decoders:
    return decoders_for(model.manifest)


def with_doubt_limit(decoders: Decoders, most: float) -> Decoders:
    return replace(decoders, readability=replace(decoders.readability, most_doubt=most))


@pytest.fixture(scope="module")
def scrambled(talk: Talk) -> list[Mouth]:
    """The same lips with implausible movement: the frames within each third of a second are shuffled."""
    order = np.concatenate(
        [np.random.default_rng(i).permutation(8) + 8 * i for i in range(len(talk.line) // 8)]
    )
    times = [mouth.time_s for mouth in talk.line]
    return [replace(talk.line[j], time_s=time_s) for j, time_s in zip(order, times, strict=False)]


@pytest.fixture(scope="module")
def unreadable(model: LipModel, as_released: Decoders, scrambled: list[Mouth]) -> list[CaptionEvent]:
    return feed(Reader(model, as_released), alone(scrambled))


def test_a_known_speaker_is_readable(model: LipModel, as_released: Decoders, talk: Talk) -> None:
    events = feed(Reader(model, as_released), alone(talk.line))
    assert events[-1].readable
    assert events[-1].hypothesis == ""
    assert len(events[-1].text.split()) == 6


def test_implausible_lip_motion_gives_a_line_without_words(unreadable: list[CaptionEvent]) -> None:
    assert [event.event for event in unreadable] == ["started", "completed"]
    assert not any(event.text or event.words for event in unreadable)
    assert not unreadable[-1].readable
    assert unreadable[-1].hypothesis, "the hypothesis must be reported separately"
    assert unreadable[-1].confidence < 0.5


def test_open_lines_show_words_only_after_enough_evidence(
    model: LipModel, as_released: Decoders, talk: Talk
) -> None:
    first, *_ = feed(Reader(model, as_released), alone(talk.line))
    assert first.event == "started"
    assert first.text == "", "one word is not enough evidence"
    assert first.readable, "nothing is decided yet"


def test_committed_words_stay_in_an_unreadable_line(
    model: LipModel, as_released: Decoders, talk: Talk
) -> None:
    """A line may be readable at first and end in something else."""
    reader = Reader(model, as_released)
    events = feed(reader, alone(talk.line[:70]), finish=False)
    committed = events[-1].committed
    assert committed
    reader._streams[talk.left].line._decoders = with_doubt_limit(as_released, 0.0)  # type: ignore[union-attr]
    last = [event for event in reader.finish() if event.event == "completed"][-1]
    assert last.readable
    assert last.text.startswith(committed)


def test_a_stricter_limit_shows_less(model: LipModel, as_released: Decoders, talk: Talk) -> None:
    strict = feed(Reader(model, with_doubt_limit(as_released, 0.1)), alone(talk.line))
    assert not strict[-1].readable
    assert strict[-1].hypothesis.startswith("bin blue")


def test_a_model_without_a_limit_shows_everything(
    model: LipModel, as_released: Decoders, scrambled: list[Mouth]
) -> None:
    everything = replace(as_released, readability=Readability())
    events = feed(Reader(model, everything), alone(scrambled))
    assert events[-1].readable
    assert events[-1].text
