"""Speaker attribution: mouths that move with the voice."""

from __future__ import annotations

import numpy as np
import pytest

from klipnet_live.fusion.envelope import RATE_HZ, VoiceEnvelope
from klipnet_live.fusion.mouths import MouthTrack
from klipnet_live.fusion.sound_delay import LEAD_S, SoundDelay
from klipnet_live.fusion.turns import Turns
from klipnet_live.fusion.who import SpokenBy, attribute, correlation
from klipnet_live.types import OFF_SCREEN, Sound, Utterance, Word

SECONDS = 6.0


def voice(seed: int, begin_s: float, end_s: float) -> np.ndarray:
    """Loudness of a voice, 100 values a second: syllables of uneven length."""
    random = np.random.default_rng(seed)
    times = np.arange(0, SECONDS, 0.01)
    phase = np.cumsum(random.uniform(2.0, 6.0, len(times)).repeat(25)[: len(times)]) * 0.01
    return np.where((times >= begin_s) & (times < end_s), 0.5 + 0.5 * np.sin(2 * np.pi * phase), 0.0)


def heard(level: np.ndarray, noise: float = 0.002) -> VoiceEnvelope:
    random = np.random.default_rng(1)
    samples = random.standard_normal(round(SECONDS * RATE_HZ)) * (noise + np.repeat(level, RATE_HZ // 100))
    envelope = VoiceEnvelope()
    for first in range(0, len(samples), 1600):
        envelope.push(samples[first : first + 1600].astype(np.float32), first / RATE_HZ)
    return envelope


def mouth(level: np.ndarray, delay_s: float = -0.04) -> MouthTrack:
    """A mouth that moves with a voice, by default slightly ahead of it."""
    track = MouthTrack()
    times = np.arange(0, SECONDS, 0.04)
    moving = np.interp(times - delay_s, np.arange(0, SECONDS, 0.01), level)
    for time_s, change in zip(times, moving, strict=True):
        track.add(float(time_s), 0.015 + 0.25 * float(change))
    track.speaks(times.tolist(), (moving > 0.02).astype(float).tolist())
    return track


def words(begin_s: float, end_s: float) -> list[Word]:
    return [Word("word", s, s + 0.3, 0.9, "sound") for s in np.arange(begin_s, end_s - 0.3, 0.4)]


def test_a_mouth_matches_its_own_voice_only() -> None:
    own, other = voice(1, 1, 5), voice(2, 1, 5)
    envelope = heard(own)
    assert correlation(mouth(own), envelope, 1.0, 5.0) > 0.6
    assert correlation(mouth(own), envelope, 1.0, 5.0) > correlation(mouth(other), envelope, 1.0, 5.0) + 0.3


@pytest.mark.parametrize("delay_s", [-0.15, 0.03])
def test_sound_may_come_a_little_late_or_early(delay_s: float) -> None:
    own = voice(1, 1, 5)
    assert correlation(mouth(own, delay_s), heard(own), 1.0, 5.0) > 0.6


def test_turns_are_assigned_to_the_mouths_that_speak() -> None:
    first, second = voice(1, 0.5, 2.6), voice(2, 3.2, 5.5)
    mouths = {"a": mouth(first), "b": mouth(second), "c": mouth(np.zeros_like(first))}
    attributed = attribute([*words(0.6, 2.5), *words(3.3, 5.4)], mouths, heard(first + second))
    count = len(words(0.6, 2.5))
    assert {word_speaker.speaker for word_speaker in attributed[:count]} == {"a"}
    assert {word_speaker.speaker for word_speaker in attributed[count:]} == {"b"}
    assert min(word_speaker.probability for word_speaker in attributed) > 0.5


def test_a_voice_without_a_moving_mouth_is_off_screen() -> None:
    own = voice(1, 1, 5)
    attributed = attribute(words(1.2, 4.8), {"a": mouth(np.zeros_like(own))}, heard(own))
    assert {word_speaker.speaker for word_speaker in attributed} == {OFF_SCREEN}


def test_lip_reading_decides_between_mouths_of_equal_rhythm() -> None:
    own = voice(1, 1, 5)
    mouths = {"a": mouth(own), "b": mouth(own)}
    attributed = attribute(words(1.2, 4.8), mouths, heard(own), lambda who, _: -0.2 if who == "b" else -4.0)
    assert {word_speaker.speaker for word_speaker in attributed} == {"b"}


def test_blocks_of_any_size_give_the_same_envelope() -> None:
    samples = np.random.default_rng(0).standard_normal(RATE_HZ).astype(np.float32)
    whole, parts = VoiceEnvelope(), VoiceEnvelope()
    whole.push(samples, 2.0)
    for first in range(0, len(samples), 371):
        parts.push(samples[first : first + 371], 2.0 + first / RATE_HZ)
    times = np.linspace(2.1, 2.9, 50)
    assert parts.at(times) == pytest.approx(whole.at(times), abs=1e-6)


def test_sound_after_a_gap_keeps_its_own_time() -> None:
    envelope = VoiceEnvelope()
    envelope.push(np.zeros(RATE_HZ, np.float32), 0.0)
    envelope.push(np.random.default_rng(0).standard_normal(RATE_HZ).astype(np.float32), 3.0)
    assert envelope.end_s == pytest.approx(4.0, abs=0.03)
    assert envelope.at(np.array([3.5]))[0] > envelope.at(np.array([0.5]))[0] + 5


@pytest.mark.parametrize("late_s", [-0.3, -0.14, 0.0, 0.14, 0.3, 0.46])
def test_the_delay_of_sound_is_estimated_from_the_mouth_that_speaks(late_s: float) -> None:
    own = voice(1, 1, 5)
    delay = SoundDelay()
    tracks = {"a": mouth(own, -LEAD_S - late_s), "b": mouth(np.zeros_like(own))}
    estimate = delay.estimate(tracks, heard(own), 1.0, 5.0)
    assert estimate.seconds == pytest.approx(late_s, abs=0.05)
    assert delay.seconds == 0
    delay.learn(estimate)
    assert delay.seconds == pytest.approx(late_s, abs=0.05)
    late = attribute(words(1.2 - late_s, 4.8 - late_s), tracks, heard(own), delay_s=delay.seconds)
    assert {word_speaker.speaker for word_speaker in late} == {"a"}


def test_one_odd_utterance_does_not_overturn_the_delay() -> None:
    own = voice(1, 1, 5)
    delay = SoundDelay()
    for late_s in (0.1, 0.1, 0.1, 0.5):
        delay.learn(delay.estimate({"a": mouth(own, -LEAD_S - late_s)}, heard(own), 1.0, 5.0))
    assert delay.seconds == pytest.approx(0.1, abs=0.05)


def test_the_delay_is_not_learnt_while_two_mouths_speak() -> None:
    own = voice(1, 1, 5)
    delay = SoundDelay()
    mouths = {"a": mouth(own, -0.36), "b": mouth(voice(3, 1, 5))}
    delay.learn(delay.estimate(mouths, heard(own), 1.0, 5.0))
    assert delay.seconds == 0


@pytest.mark.parametrize("speaks", [True, False])
def test_words_off_screen_are_contested_while_a_mouth_in_view_speaks(speaks: bool) -> None:
    own = voice(1, 1, 5)
    track = mouth(np.zeros_like(own))
    times = np.arange(0, SECONDS, 0.04).tolist()
    track.speaks(times, [float(speaks)] * len(times))
    attributed = attribute(words(1.2, 4.8), {"a": track}, heard(own))
    assert {(word_speaker.speaker, word_speaker.contested) for word_speaker in attributed} == {
        (OFF_SCREEN, speaks)
    }


def test_a_word_beside_one_at_which_a_mouth_speaks_is_contested() -> None:
    """The probability of speech rises late in the first word of a sentence."""
    track = mouth(np.zeros(round(SECONDS * 100)))
    speaking_s = np.arange(2.3, SECONDS, 0.04).tolist()
    track.speaks(speaking_s, [1.0] * len(speaking_s))
    attributed = attribute(words(1.2, 4.8), {"a": track}, heard(voice(1, 1, 5)))
    assert {found.speaker for found in attributed} == {OFF_SCREEN}
    assert [found.contested for found in attributed] == [False, False, *[True] * 7]


@pytest.mark.parametrize(
    ("probability", "contested", "settled"),
    [(0.99, False, [OFF_SCREEN]), (0.99, True, []), (0.7, False, [])],
)
def test_doubtful_words_wait_for_the_end_of_the_sentence(
    probability: float, contested: bool, settled: list[str]
) -> None:
    spoken = words(1.0, 2.2)
    sound = Sound(np.zeros(2 * RATE_HZ, np.float32), RATE_HZ, 0.8)
    turns = Turns(Utterance(1, tuple(spoken), len(spoken), False, sound))
    turns.settle(spoken, [SpokenBy(OFF_SCREEN, probability, contested) for _ in spoken], 2.6, final=False)
    assert [turn.speaker for turn in turns.turns] == settled
    turns.settle(spoken, [SpokenBy("a", 1.0) for _ in spoken], 3.0, final=True)
    assert [turn.speaker for turn in turns.turns] == (settled or ["a"])


def test_missing_frames_reduce_the_probability_of_a_speaker() -> None:
    own = voice(1, 1, 5)
    track = MouthTrack()
    for time_s in np.arange(0, 1.0, 0.04):
        track.add(float(time_s), 0.015)
    attributed = attribute(words(1.2, 4.8), {"a": track}, heard(own))
    assert max(word_speaker.probability for word_speaker in attributed) < 0.6


def test_a_word_outside_all_frames_says_nothing_about_the_others() -> None:
    own = voice(1, 1, 5)
    said = words(1.2, 4.8)
    # Ends before it starts: its times are those of a clock that was set back.
    lost = Word("lost", 5.5, 5.0, 0.9, "sound")
    attributed = attribute([*said, lost], {"a": mouth(own)}, heard(own))
    assert {word_speaker.speaker for word_speaker in attributed[:-1]} == {"a"}
    assert all(0.5 < word_speaker.probability <= 1 for word_speaker in attributed[:-1])
