"""Caption lines of lips and sound together, while people speak.

What is heard becomes lines of those whose mouths say it. What is only seen stays a line of the lips. A line
of lips waits as long as somebody is heard who may be its speaker: then it is part of what is heard.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Final, Protocol

from klipnet_live.fusion.line_text import LineReading
from klipnet_live.fusion.lip_lines import MARGIN_S, LipLine, LipLines
from klipnet_live.fusion.merged_words import after_committed, marked, text_of, timed
from klipnet_live.fusion.signals import Signals
from klipnet_live.fusion.sound_delay import SoundDelay
from klipnet_live.fusion.spoken import spoken_form
from klipnet_live.fusion.turns import Turn, Turns
from klipnet_live.fusion.united import United
from klipnet_live.types import CaptionEvent, EventKind, FloatArray, Utterance, Word

PATIENCE_S: Final = 2.0
"""A line of lips waits so long for words to be heard, where it is loud: recognisers take a second."""

WAIT_S: Final = 0.9
"""What was heard waits so long for the lips of its speaker to close: a line of lips ends 0.6 s after them."""

_PICTURES_S: Final = 2.0
"""Where a computer cannot keep up, pictures are looked at so much later than they are heard, at most."""

_BEHIND_S: Final = 4.0
"""So far behind a recogniser may be, at most, before lips no longer wait for it."""

_LEAD_S: Final = 0.6
"""A voice may begin so long after its lips."""


class FinishLine(Protocol):
    """The text of a turn by both; it asks the recogniser that heard it.

    `closed`: nothing but the sentences of a grammar is written, also where no lips were read.
    """

    @property
    def closed(self) -> bool: ...

    def __call__(self, reading: LineReading | None, utterance: Utterance, turn: Turn) -> United | None: ...


class LiveLines:
    """Takes in what is seen, read and heard, in the order of time, and gives caption events.

    `finish_line`: joins lips and sound in the final text of a line; without it the sound's words stand.
    `patience_s`: how long lips wait for words where it is loud. `delay`: learns how late the sound is; None
    where it is on time, as in a file.
    """

    def __init__(
        self,
        language: str,
        finish_line: FinishLine | None = None,
        *,
        patience_s: float = PATIENCE_S,
        delay: SoundDelay | None = None,
    ) -> None:
        self._language, self._patience_s = language, patience_s
        self.finish_line = finish_line
        self._deaf = False
        self._signals = Signals(delay)
        self._lips = LipLines()
        self._turns: dict[int, Turns] = {}
        self._numbers = count(1)

    def see(self, time_s: float, changes: Mapping[str, float]) -> list[CaptionEvent]:
        """How much each mouth in view changed in a picture."""
        self._signals.see(time_s, changes)
        return [*self._ended_waits(), *self._released()]

    def spoke(self, speaker: str, times_s: Sequence[float], probabilities: Sequence[float]) -> None:
        """What the lip model says of some pictures."""
        self._signals.spoke(speaker, times_s, probabilities)

    def read_line(self, speaker: str, start_s: float, end_s: float, reading: LineReading) -> None:
        """A line of this speaker has ended; its completed event follows."""
        self._lips.read_to_end(speaker, (start_s, end_s), reading)

    def read(self, event: CaptionEvent) -> list[CaptionEvent]:
        """An event of the lips alone."""
        line = self._lips.add(event, self._signals.now_s)
        if line.number is not None and not (line.heard or line.done):
            return [replace(event, line=line.number)]
        return [*self._ended_waits(), *self._released()]

    def listen(self, samples: FloatArray, start_s: float) -> list[CaptionEvent]:
        """The next block of sound, mono at 16 kHz."""
        self._signals.listen(samples, start_s)
        return list(self._ended_waits())

    def hear(self, utterance: Utterance, latency_ms: float = 0.0) -> list[CaptionEvent]:
        """What a stretch of voice says, so far or at its end."""
        if utterance.number not in self._turns:
            self._turns[utterance.number] = Turns(utterance, late_s=self._signals.late_s)
        turns = self._turns[utterance.number]
        if self._signals.delay_is_unknown and not turns.segments:
            turns.late_s = self._signals.likeliest_delay_s(utterance)
        turns.utterance = utterance = utterance.earlier(turns.late_s)
        if utterance.done and turns.waits_until_s is None:
            turns.waits_until_s = max(self._signals.now_s, utterance.end_s) + WAIT_S
        if utterance.done and not self._must_wait(turns):
            return [*self._completed(turns, latency_ms), *self._released()]
        return [*self._shown(turns, latency_ms), *self._released()]

    def deafen(self) -> list[CaptionEvent]:
        """No sound follows: lips wait for none."""
        self._deaf = True
        return list(self._released())

    def finish(self) -> list[CaptionEvent]:
        """Nothing follows: complete all that is open."""
        events = [event for turns in tuple(self._turns.values()) for event in self._completed(turns, 0.0)]
        return events + [event for line in self._lips for event in self._alone(line)]

    def _ended_waits(self) -> Iterator[CaptionEvent]:
        for turns in tuple(self._turns.values()):
            if turns.waits_until_s is not None and not self._must_wait(turns):
                yield from self._completed(turns, 0.0)

    def _must_wait(self, turns: Turns) -> bool:
        """Its pictures are on their way, or the lips of somebody who seems to say it have not closed."""
        signals = self._signals
        if turns.waits_until_s is None or not signals.sees_mouths:
            return False
        if signals.heard_s > turns.waits_until_s + _PICTURES_S or signals.now_s >= turns.waits_until_s:
            return False
        if signals.seen_s < turns.utterance.end_s:
            return True
        return any(not line.done and line.is_near(turns.utterance) for line in self._lips)

    def _divide(self, turns: Turns) -> None:
        """Give turns their words, as far as it is known who says them, and the lines of their lips."""
        words = turns.utterance.words
        said = self._signals.who_said(words, self._lips.spelled, turns.late_s)
        turns.settle(words, said, self._signals.seen_s, turns.utterance.committed)
        turns.divide(words, said)
        for turn in turns.turns:
            line = self._lips.of_turn(turn)
            if line is not None:
                line.join(turn)

    def _shown(self, turns: Turns, latency_ms: float) -> Iterator[CaptionEvent]:
        """What changed in the lines of an utterance that is still heard."""
        self._divide(turns)
        fixed = {id(word) for word in turns.utterance.words[: turns.utterance.committed]}
        for turn in turns.turns:
            line = self._lips.of_turn(turn)
            if line is not None and self._lips.trusts(line):
                words = marked(line.event.words, turn.words, self._language)
                committed = words[: line.committed]
            else:
                read = () if line is None else line.event.words
                words = marked(turn.words, read, self._language)
                committed = tuple(w for w, own in zip(words, turn.words, strict=True) if id(own) in fixed)
                if self.finish_line is not None and self.finish_line.closed:
                    committed = ()
            turn.commit(committed)
            yield from self._changed(turn, after_committed(turn.committed, words), latency_ms)

    def _changed(self, turn: Turn, words: tuple[Word, ...], latency_ms: float) -> Iterator[CaptionEvent]:
        text = text_of(words)
        if not text or text == turn.text:
            return
        kind: EventKind = "started" if turn.number is None else "changed"
        turn.number = turn.number or next(self._numbers)
        turn.text = text
        yield self._event(kind, turn, words, len(turn.committed), latency_ms)

    def _completed(self, turns: Turns, latency_ms: float) -> Iterator[CaptionEvent]:
        """The last words of an utterance; its lines end."""
        self._signals.learn_delay(turns.utterance.words, turns.late_s)
        self._divide(turns)
        self._turns.pop(turns.utterance.number, None)
        for turn in turns.turns:
            words = self._final_words(turns, turn)
            if not words and turn.number is None:
                continue
            if turn.number is None:
                turn.number = next(self._numbers)
                yield self._event("started", turn, words, len(words), latency_ms)
            event = self._event("completed", turn, words, len(words), latency_ms)
            # What was shown and is not understood after all.
            yield event if words else replace(event, readable=False, hypothesis=turn.text)
        self._lips.forget(turns.utterance)

    def _final_words(self, turns: Turns, turn: Turn) -> tuple[Word, ...]:
        line = self._lips.of_turn(turn)
        read = () if line is None else line.event.words
        words = marked(turn.words, read, self._language)
        reading = None if line is None else line.reading
        if self.finish_line is not None and words and (reading is not None or self.finish_line.closed):
            united = self.finish_line(reading, turns.utterance, turn)
            if united is not None:
                sure = united.word_confidences(lambda text: spoken_form(text, self._language))
                both = timed(united.best, sure, turn.words, read, self._language)
                words = both or words
        return after_committed(turn.committed, words)

    def _released(self) -> Iterator[CaptionEvent]:
        """Lines of lips that nobody is heard to say."""
        turns = [turn for turns in self._turns.values() for turn in turns.turns if turn.number is not None]
        for line in self._lips:
            if line.number is None and any(self._lips.of_turn(turn) is line for turn in turns):
                # What is heard was shown first.
                line.heard = True
            if (line.number is None or line.done) and not line.heard and not self._is_held(line):
                yield from self._alone(line)

    def _is_held(self, line: LipLine) -> bool:
        """Whether a line of lips waits for what may still be heard."""
        if self._deaf or (self._lips.trusts(line) and not line.done):
            return False
        if any(line.is_near(turns.utterance) for turns in self._turns.values()):
            return True
        now_s, heard_s = self._signals.now_s, self._signals.heard_s
        # A recogniser that is behind has not heard all yet.
        waited_s = min(now_s, max(heard_s, now_s - _BEHIND_S)) - line.first_s
        if waited_s >= self._patience_s:
            return False
        if heard_s < line.event.start_s + _LEAD_S:
            return True
        return self._signals.is_loud(line.event.start_s - MARGIN_S, now_s)

    def _alone(self, line: LipLine) -> Iterator[CaptionEvent]:
        """Show a line of lips by itself, as far as it has come."""
        event = line.event
        if line.heard:
            return
        if line.done:
            self._lips.remove(line)
        if line.number is None:
            line.number = next(self._numbers)
            yield replace(event, line=line.number, event="started")
            if not line.done:
                return
        yield replace(event, line=line.number)

    def _event(
        self, kind: EventKind, turn: Turn, words: Sequence[Word], committed: int, latency_ms: float
    ) -> CaptionEvent:
        assert turn.number is not None
        text, tentative = text_of(words[:committed]), text_of(words[committed:])
        return CaptionEvent(
            kind,
            turn.number,
            turn.speaker,
            text,
            f" {tentative}" if text and tentative else tentative,
            words[0].start_s if words else turn.start_s,
            words[-1].end_s if words else turn.end_s,
            sum(word.confidence for word in words) / len(words) if words else 0.0,
            max(self._signals.now_s, self._signals.heard_s),
            latency_ms,
            tuple(words),
        )
