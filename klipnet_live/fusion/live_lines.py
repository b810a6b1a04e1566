"""Live caption lines from lips and sound.

Heard words become lines of the speakers whose mouths move with them; lines that are only seen stay lines of
the lips. A line of the lips is held back while it may belong to speech that is heard: then it becomes part of
it.
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
from klipnet_live.fusion.united import FusedText
from klipnet_live.types import CaptionEvent, EventKind, FloatArray, Utterance, Word

PATIENCE_S: Final = 2.0
"""How long a line of the lips waits for recognised words, if it is loud: recognisers take about a second."""

WAIT_S: Final = 0.9
"""How long heard words wait for the speaker's line of the lips, which ends 0.6 s after the lips close."""

_PICTURES_S: Final = 2.0
"""Maximum delay of video behind sound on a computer that cannot keep up."""

_BEHIND_S: Final = 4.0
"""Maximum delay of a recogniser before the lips stop waiting for it."""

_LEAD_S: Final = 0.6
"""Maximum time from lip motion to voice."""


class FinishLine(Protocol):
    """Decides the final text of a turn from lips and sound.

    `closed`: only sentences of a grammar are possible, also without lip reading.
    """

    @property
    def closed(self) -> bool: ...

    def __call__(self, reading: LineReading | None, utterance: Utterance, turn: Turn) -> FusedText | None: ...


class LiveLines:
    """Processes video, lip reading and speech recognition in order of time, and gives caption events.

    `finish_line`: decides the final text of a line; without it the recogniser's words are used. `patience_s`:
    how long lips wait for words if it is loud. `delay`: learns the delay of the sound; None if there is none,
    as in a file.
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
        self._sound_ended = False
        self._signals = Signals(delay)
        self._lips = LipLines(language)
        self._turns: dict[int, Turns] = {}
        self._numbers = count(1)

    def see(self, time_s: float, changes: Mapping[str, float]) -> list[CaptionEvent]:
        """Motion of each mouth in view in a frame."""
        self._signals.see(time_s, changes)
        return [*self._ended_waits(), *self._released()]

    def spoke(self, speaker: str, times_s: Sequence[float], probabilities: Sequence[float]) -> None:
        """Speech probabilities of the lip model for some frames."""
        self._signals.spoke(speaker, times_s, probabilities)

    def read_line(self, speaker: str, start_s: float, end_s: float, reading: LineReading) -> None:
        """A line of this speaker has ended; its completed event follows."""
        self._lips.read_to_end(speaker, (start_s, end_s), reading)

    def read(self, event: CaptionEvent) -> list[CaptionEvent]:
        """Process an event of lip reading."""
        line = self._lips.add(event, self._signals.now_s)
        if line.number is not None and not (line.in_turn or line.done):
            return [replace(event, line=line.number)]
        return [*self._ended_waits(), *self._released()]

    def listen(self, samples: FloatArray, start_s: float) -> list[CaptionEvent]:
        """Process a block of sound, mono at 16 kHz."""
        self._signals.listen(samples, start_s)
        return [*self._ended_waits(), *self._begun()]

    def hear(self, utterance: Utterance, latency_ms: float = 0.0) -> list[CaptionEvent]:
        """Process a partial or final utterance."""
        if utterance.number not in self._turns:
            self._turns[utterance.number] = Turns(utterance)
        turns = self._turns[utterance.number]
        turns.hear(utterance, self._signals.delay_of(utterance))
        utterance = turns.utterance
        if utterance.done and turns.waits_until_s is None:
            turns.waits_until_s = max(self._signals.now_s, utterance.end_s) + WAIT_S
        if utterance.done and not self._must_wait(turns):
            return [*self._completed(turns, latency_ms), *self._released()]
        return [*self._shown(turns, latency_ms), *self._released()]

    def end_sound(self) -> list[CaptionEvent]:
        """The sound has ended: stop waiting for it."""
        self._sound_ended = True
        return list(self._released())

    def finish(self) -> list[CaptionEvent]:
        """Everything has ended: complete all open lines."""
        events = [event for turns in tuple(self._turns.values()) for event in self._waited(turns)]
        return events + [event for line in self._lips for event in self._alone(line)]

    def _ended_waits(self) -> Iterator[CaptionEvent]:
        for turns in tuple(self._turns.values()):
            if turns.waits_until_s is not None and not self._must_wait(turns):
                yield from self._waited(turns)

    def _waited(self, turns: Turns) -> Iterator[CaptionEvent]:
        """Complete the lines of an utterance that was heard before, as more is known about its delay now."""
        turns.hear(turns.heard, self._signals.delay_of(turns.heard))
        yield from self._completed(turns, 0.0)

    def _begun(self) -> Iterator[CaptionEvent]:
        """Lines whose speaker has become known since their words were recognised."""
        for turns in self._turns.values():
            if turns.waits_until_s is None and not turns.segments:
                yield from self._shown(turns, 0.0)

    def _must_wait(self, turns: Turns) -> bool:
        """Whether frames are still missing, or the lips of a possible speaker have not closed."""
        signals = self._signals
        if turns.waits_until_s is None or not signals.sees_mouths:
            return False
        if signals.heard_s > turns.waits_until_s + _PICTURES_S or signals.now_s >= turns.waits_until_s:
            return False
        if signals.seen_s < turns.utterance.end_s:
            return True
        return any(not line.done and line.is_near(turns.utterance) for line in self._lips)

    def _divide(self, turns: Turns, *, final: bool = False) -> None:
        """Assign words to turns, as far as their speakers are known, and lines of the lips to turns."""
        words = turns.utterance.words
        attributions = self._signals.attributions(words, self._lips.spelled, turns.delay.seconds)
        turns.settle(words, attributions, self._signals.seen_s, final)
        turns.divide(words, attributions)
        for turn in turns.turns:
            line = self._lips.of_turn(turn)
            if line is not None:
                line.join(turn)

    def _shown(self, turns: Turns, latency_ms: float) -> Iterator[CaptionEvent]:
        """Events for changed lines of an utterance that is still open."""
        self._divide(turns)
        heard = turns.utterance.words[: turns.utterance.committed]
        fixed = {id(word) for word in heard if turns.is_settled(word)}
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
        """Complete the lines of an utterance."""
        self._signals.learn_delay(turns.delay)
        self._divide(turns, final=True)
        self._turns.pop(turns.utterance.number, None)
        for turn in turns.turns:
            words = self._final_words(turns, turn)
            if not words and turn.number is None:
                continue
            if turn.number is None:
                turn.number = next(self._numbers)
                yield self._event("started", turn, words, len(words), latency_ms)
            event = self._event("completed", turn, words, len(words), latency_ms)
            # Shown text turned out not to be understandable.
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
        """Events for lines of the lips that are not part of what is heard."""
        turns = [turn for turns in self._turns.values() for turn in turns.turns if turn.number is not None]
        for line in self._lips:
            if line.number is None and any(self._lips.of_turn(turn) is line for turn in turns):
                # The turn was shown first.
                line.in_turn = True
            if (line.number is None or line.done) and not line.in_turn and not self._is_held(line):
                yield from self._alone(line)

    def _is_held(self, line: LipLine) -> bool:
        """Whether a line of the lips waits for words that may still be heard."""
        if self._sound_ended or (self._lips.trusts(line) and not line.done):
            return False
        if any(line.is_near(turns.utterance) for turns in self._turns.values()):
            return True
        now_s, heard_s = self._signals.now_s, self._signals.heard_s
        # A recogniser with a backlog has not processed all sound yet.
        waited_s = min(now_s, max(heard_s, now_s - _BEHIND_S)) - line.first_s
        if waited_s >= self._patience_s:
            return False
        if heard_s < line.event.start_s + _LEAD_S:
            return True
        return self._signals.is_loud(line.event.start_s - MARGIN_S, now_s)

    def _alone(self, line: LipLine) -> Iterator[CaptionEvent]:
        """Show a line of the lips on its own, as far as it is known."""
        event = line.event
        if line.in_turn:
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
