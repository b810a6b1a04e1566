"""Fused lines of lips and sound, as they grow."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from klipnet_live.fusion.line_text import LineReading
from klipnet_live.fusion.lip_lines import LipLines
from klipnet_live.fusion.live_lines import LiveLines
from klipnet_live.fusion.sound_delay import SoundDelay
from klipnet_live.fusion.turns import Turns
from klipnet_live.fusion.who import SpokenBy
from klipnet_live.types import OFF_SCREEN, CaptionEvent, Sound, Utterance, Word
from tests.fusion.test_line_text import lips_that_say
from tests.fusion.test_who import SECONDS, mouth, voice

RATE_HZ = 16_000


def utterance(
    text: str, begin_s: float, *, done: bool = True, committed: int | None = None, number: int = 1
) -> Utterance:
    """Words of 0.3 s, one every 0.4 s."""
    words = tuple(
        Word(word, begin_s + 0.4 * i, begin_s + 0.4 * i + 0.3, 0.9, "sound")
        for i, word in enumerate(text.split())
    )
    length = round((0.4 * len(words) + 0.5) * RATE_HZ)
    sound = Sound(np.zeros(length, np.float32), RATE_HZ, begin_s - 0.2)
    return Utterance(number, words, len(words) if committed is None else committed, done, sound)


def read(text: str, kind: str, speaker: str = "a", begin_s: float = 1.0, line: int = 1) -> CaptionEvent:
    """A lip-reading event."""
    words = tuple(
        Word(word, begin_s + 0.4 * i, begin_s + 0.4 * i + 0.3, 0.8) for i, word in enumerate(text.split())
    )
    end_s = words[-1].end_s if words else begin_s
    return CaptionEvent(kind, line, speaker, "", text, begin_s, end_s, 0.8, end_s, 20.0, words)  # type: ignore[arg-type]


class Meeting:
    """Mouths and voices, fed to the fusion in order of time."""

    def __init__(self, late_s: float | None = None, **voices: np.ndarray) -> None:
        """`late_s`: unknown delay of the sound; None if there is none."""
        self.lines = LiveLines("en", delay=None if late_s is None else SoundDelay())
        self._late_s = late_s or 0.0
        self.events: list[CaptionEvent] = []
        self._mouths = {name: mouth(level) for name, level in voices.items()}
        self._clock_s = 0.0

    def until(self, end_s: float, *levels: np.ndarray) -> None:
        """Feeds frames every 0.04 s, and the sound of these voices."""
        random = np.random.default_rng(0)
        level = np.sum(levels, axis=0) if levels else np.zeros(round(SECONDS * 100))
        while self._clock_s < end_s - 1e-9:
            at = self._clock_s
            part = level[round(at * 100) : round(at * 100) + 4]
            samples = random.standard_normal(len(part) * 160) * (0.002 + np.repeat(part, 160))
            self.lines.listen(samples.astype(np.float32), at + self._late_s)
            changes = {}
            for name, track in self._mouths.items():
                _, motion = track.motion(at - 0.01, at + 0.03)
                changes[name] = float(np.exp(motion[0]) - 0.02) if len(motion) else 0.0
            self.events += self.lines.see(at, changes)
            for name, track in self._mouths.items():
                self.lines.spoke(name, [at], [track.speaking(at - 0.01, at + 0.03)])
            self._clock_s = at + 0.04

    def hear(self, heard: Utterance) -> None:
        self.events += self.lines.hear(heard.earlier(-self._late_s))

    def read(self, event: CaptionEvent) -> None:
        self.events += self.lines.read(event)

    def completed(self) -> list[tuple[str, str]]:
        return [(event.speaker, event.text) for event in self.events if event.event == "completed"]


def test_lips_are_shown_at_once_when_nothing_is_heard() -> None:
    level = voice(1, 1, 3)
    meeting = Meeting(a=level)
    meeting.until(2.0)
    meeting.read(read("bin blue", "started"))
    assert [event.event for event in meeting.events] == ["started"]
    meeting.until(3.5)
    meeting.read(read("bin blue at f", "completed"))
    assert meeting.completed() == [("a", "bin blue at f")]
    assert {word.source for word in meeting.events[-1].words} == {"lips"}


def test_heard_words_are_assigned_to_the_moving_mouth_without_a_second_line() -> None:
    level = voice(1, 1, 3)
    meeting = Meeting(a=level, b=np.zeros_like(level))
    meeting.until(2.0, level)
    meeting.read(read("bin blue", "started"))
    assert meeting.events == []
    meeting.hear(utterance("we meet", 1.0, done=False))
    meeting.until(3.6, level)
    meeting.read(read("bin blue at f", "completed"))
    meeting.hear(utterance("we meet on monday", 1.0))
    meeting.until(5.5)
    assert meeting.completed() == [("a", "we meet on monday")]
    assert {event.line for event in meeting.events} == {1}
    assert {word.source for word in meeting.events[-1].words} == {"sound"}


@pytest.mark.parametrize("late_s", [-0.15, 0.0, 0.15, 0.3, 0.5])
def test_the_first_line_goes_to_its_speaker_however_late_the_sound_is(late_s: float) -> None:
    level = voice(1, 1, 4)
    meeting = Meeting(late_s, a=level, b=np.zeros_like(level))
    for until_s, said in ((1.9, "we"), (2.4, "we meet"), (2.9, "we meet on"), (3.4, "we meet on monday")):
        meeting.until(until_s, level)
        meeting.hear(utterance(said, 1.0, done=False, committed=len(said.split()) - 1))
    meeting.until(4.8, level)
    meeting.hear(utterance("we meet on monday at nine", 1.0))
    meeting.until(6.0)
    assert meeting.completed() == [("a", "we meet on monday at nine")]
    assert {event.speaker for event in meeting.events} == {"a"}
    assert {event.line for event in meeting.events} == {1}


def test_words_whose_speaker_is_open_are_not_committed_to_a_line() -> None:
    turns = Turns(utterance("we meet", 1.0, done=False))
    words = turns.utterance.words
    turns.settle(words, [SpokenBy("a", 1.0), SpokenBy("a", 0.6)], 2.0, final=False)
    assert [turns.is_settled(word) for word in words] == [True, False]


def test_words_from_both_are_marked_as_both() -> None:
    level = voice(1, 1, 3)
    meeting = Meeting(a=level)
    meeting.until(3.6, level)
    meeting.read(read("bin blue", "completed"))
    meeting.hear(utterance("Bin glue.", 1.0))
    assert [word.source for word in meeting.events[-1].words] == ["both", "sound"]


def test_a_voice_without_a_visible_speaker_is_off_screen() -> None:
    level = voice(1, 1, 3)
    meeting = Meeting(a=np.zeros_like(level))
    meeting.until(3.6, level)
    meeting.hear(utterance("we meet on monday", 1.0))
    assert meeting.completed() == [(OFF_SCREEN, "we meet on monday")]


def test_an_utterance_of_two_speakers_becomes_two_lines() -> None:
    first, second = voice(1, 0.6, 2.2), voice(2, 2.3, 4.6)
    meeting = Meeting(a=first, b=second)
    meeting.until(5.5, first, second)
    words = utterance("one two three four five six seven eight nine", 0.7)
    meeting.hear(words)
    assert meeting.completed() == [("a", "one two three four"), ("b", "five six seven eight nine")]


def test_committed_words_stay_when_the_last_reading_differs() -> None:
    level = voice(1, 1, 4)
    meeting = Meeting(a=level)
    meeting.until(3.4, level)
    meeting.hear(utterance("we meet on mon", 1.0, done=False, committed=3))
    assert meeting.events[-1].committed == "we meet on"
    meeting.until(4.6, level)
    meeting.hear(utterance("he meets on monday", 1.0))
    assert meeting.completed() == [("a", "we meet on monday")]


def test_an_utterance_finally_not_understood_becomes_unreadable() -> None:
    level = voice(1, 1, 4)
    meeting = Meeting(a=level)
    meeting.until(3.4, level)
    meeting.hear(utterance("we meet", 1.0, done=False, committed=0))
    assert meeting.events[-1].text == "we meet"
    meeting.until(4.6, level)
    meeting.hear(replace(utterance("", 1.0), sound=utterance("we meet", 1.0).sound))
    assert (meeting.events[-1].event, meeting.events[-1].readable) == ("completed", False)
    assert (meeting.events[-1].text, meeting.events[-1].hypothesis) == ("", "we meet")


@pytest.mark.parametrize("kind", ["started", "completed"])
def test_lips_continue_at_once_when_sound_ends(kind: str) -> None:
    level = voice(1, 1, 3)
    meeting = Meeting(a=level)
    meeting.until(2.0, level)
    meeting.read(read("bin blue", kind))
    assert meeting.events == []
    meeting.events += meeting.lines.end_sound()
    assert [event.text for event in meeting.events][:1] == ["bin blue"]


def test_the_end_completes_open_lines() -> None:
    level = voice(1, 1, 3)
    meeting = Meeting(a=level)
    meeting.until(2.6, level)
    meeting.hear(utterance("we meet on", 1.0, done=False, committed=0))
    meeting.events += meeting.lines.finish()
    assert meeting.completed() == [("a", "we meet on")]


def test_memory_does_not_grow_with_lips_alone() -> None:
    meeting = Meeting(a=voice(1, 1, 3))
    meeting.until(2.0)
    for line in range(1, 50):
        meeting.read(read("bin blue", "started", line=line))
        meeting.read(read("bin blue at f", "completed", line=line))
    assert len(meeting.completed()) == 49
    assert len({event.line for event in meeting.events}) == 49
    before = len(meeting.events)
    meeting.events += meeting.lines.finish()
    assert len(meeting.events) == before


def reading_of(text: str) -> LineReading:
    return lips_that_say(text, words=frozenset())


def test_confident_lips_are_shown_first_and_continue_in_the_same_line() -> None:
    level = voice(1, 1, 3) + voice(2, 3.5, 5.5)
    meeting = Meeting(a=level)
    meeting.until(2.9, level)
    meeting.lines.read_line("a", 0.8, 2.8, reading_of("bin blue"))
    meeting.read(read("bin blue", "completed"))
    meeting.hear(utterance("bin blue", 1.0))
    meeting.until(4.4, level)
    meeting.read(read("lay red", "started", begin_s=3.6, line=2))
    assert (meeting.events[-1].text, meeting.events[-1].event) == ("lay red", "started")
    shown = meeting.events[-1].line
    meeting.until(5.4, level)
    meeting.read(read("lay red by f", "completed", begin_s=3.6, line=2))
    meeting.hear(utterance("Lay read by F.", 3.6, number=2))
    meeting.until(5.9, level)
    assert [event.line for event in meeting.events if event.event == "completed"] == [1, shown]


def test_confident_lips_spell_the_words_of_their_open_line() -> None:
    """On a busy computer a line of the lips ends after its words are recognised."""
    heard, later = Word("Red", 4.1, 4.4, 0.9, "sound"), Word("red", 6.0, 6.3, 0.9, "sound")
    lips = LipLines("en")
    lips.add(read("lay red by f", "changed", begin_s=3.6), 5.0)
    assert lips.spelled("a", heard) is None
    lips.read_to_end("a", (0.8, 2.8), reading_of("bin blue"))
    assert [lips.spelled("a", word) for word in (heard, later)] == [0.0, None]
    assert lips.spelled("b", heard) is None


def test_two_utterances_never_complete_the_same_line() -> None:
    level = voice(1, 1, 3) + voice(2, 3.2, 5.2)
    meeting = Meeting(a=level)
    meeting.until(3.2)
    meeting.read(read("a b c d e f g h i", "started"))
    assert len(meeting.events) == 1
    meeting.until(5.6, level)
    meeting.hear(utterance("we meet on", 1.0))
    meeting.hear(utterance("monday at nine", 3.4, number=2))
    meeting.read(read("a b c d e f g h i", "completed"))
    meeting.until(5.9, level)
    meeting.events += meeting.lines.finish()
    lines = [event.line for event in meeting.events if event.event == "completed"]
    assert len(lines) == len(set(lines)) == 2


def test_late_lips_create_no_second_line() -> None:
    level = voice(1, 1, 3) + voice(2, 3.5, 5.5)
    meeting = Meeting(a=level)
    meeting.until(2.9, level)
    meeting.lines.read_line("a", 0.8, 2.8, reading_of("bin blue"))
    meeting.read(read("bin blue", "completed"))
    meeting.hear(utterance("bin blue", 1.0))
    meeting.until(4.8, level)
    meeting.hear(utterance("lay read", 3.6, number=2, done=False))
    shown = meeting.events[-1]
    assert (shown.event, shown.text) == ("started", "lay read")
    meeting.read(read("lay red by", "started", begin_s=3.6, line=2))
    meeting.read(read("lay red by f", "completed", begin_s=3.6, line=2))
    meeting.until(5.4, level)
    meeting.hear(utterance("lay read by f", 3.6, number=2))
    meeting.until(5.9, level)
    assert {event.line for event in meeting.events if event.start_s > 3} == {shown.line}
