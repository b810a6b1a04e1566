"""Caption lines of lips and sound together, while people speak.

What is heard becomes lines of those whose mouths say it. What is only seen stays a line of the lips. A line
of lips waits as long as somebody is heard who may be its speaker: then it is part of what is heard.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Final, Protocol

from klipnet_live.fusion.ctc import spotting_score
from klipnet_live.fusion.envelope import VoiceEnvelope
from klipnet_live.fusion.line_text import LineReading
from klipnet_live.fusion.merged_words import marked, timed
from klipnet_live.fusion.mouths import KEPT_S, MouthTrack
from klipnet_live.fusion.sound_delay import TRIED_S, SoundDelay
from klipnet_live.fusion.spoken import spoken_form
from klipnet_live.fusion.turns import Turn, Turns
from klipnet_live.fusion.united import United
from klipnet_live.fusion.who import Said, attribute, support
from klipnet_live.types import FPS, UNSURE, CaptionEvent, EventKind, FloatArray, Utterance, Word

PATIENCE_S: Final = 2.0
"""A line of lips waits so long for words to be heard, where it is loud: recognisers take a second."""

WAIT_S: Final = 0.9
"""What was heard waits so long for the lips of its speaker to close: a line of lips ends 0.6 s after them."""

LOUD_DB: Final = 9.0
"""Above the quietest of the last seconds: somebody may be speaking."""

KNOWN: Final = 0.5
"""Probability that lips know a face, from which they are asked at all."""

_PICTURES_S: Final = 2.0
"""Where a computer cannot keep up, pictures are looked at so much later than they are heard, at most."""

_BEHIND_S: Final = 4.0
"""So far behind a recogniser may be, at most, before lips no longer wait for it."""

TRUSTED: Final = 0.8
"""Confidence from which lips that know a face are shown before anything is recognised."""

_LEAD_S: Final = 0.6
"""A voice may begin so long after its lips."""

_ROOM_S: Final = 15.0
_MARGIN_S: Final = 0.3
_OVERLAP: Final = 0.5


class FinishLine(Protocol):
    """The text of a turn by both; it asks the recogniser that heard it.

    `closed`: nothing but the sentences of a grammar is written, also where no lips were read.
    """

    @property
    def closed(self) -> bool: ...

    def __call__(self, reading: LineReading | None, utterance: Utterance, turn: Turn) -> United | None: ...


@dataclass(slots=True)
class _LipLine:
    """A line that was read. `number`: of its caption, if it is shown by itself; `heard`: part of a turn."""

    event: CaptionEvent
    first_s: float
    number: int | None = None
    heard: bool = False
    reading: LineReading | None = None
    span_s: tuple[float, float] = (0.0, 0.0)

    @property
    def done(self) -> bool:
        return self.event.event == "completed"


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
        self._delay = delay
        self._deaf = False
        self._mouths: dict[str, MouthTrack] = {}
        self._envelope = VoiceEnvelope()
        self._lips: dict[tuple[str, int], _LipLine] = {}
        self._readings: dict[str, tuple[LineReading, tuple[float, float]]] = {}
        self._turns: dict[int, Turns] = {}
        self._known: dict[str, float] = {}
        self._first_s: float | None = None
        self._numbers = count(1)
        self._now_s = float("-inf")

    def see(self, time_s: float, changes: Mapping[str, float]) -> list[CaptionEvent]:
        """How much each mouth in view changed in a picture."""
        self._now_s = max(self._now_s, time_s)
        if self._first_s is None and changes:
            self._first_s = time_s
        for speaker, change in changes.items():
            self._mouths.setdefault(speaker, MouthTrack()).add(time_s, change)
        for speaker in [name for name, mouth in self._mouths.items() if time_s - mouth.end_s > KEPT_S]:
            del self._mouths[speaker]
        return [*self._ended_waits(), *self._released()]

    def spoke(self, speaker: str, times_s: Sequence[float], probabilities: Sequence[float]) -> None:
        """What the lip model says of some pictures."""
        if speaker in self._mouths:
            self._mouths[speaker].speaks(times_s, probabilities)

    def read_line(self, speaker: str, start_s: float, end_s: float, reading: LineReading) -> None:
        """A line of this speaker has ended; its completed event follows."""
        self._readings[speaker] = reading, (start_s, end_s)
        self._known[speaker] = reading.known

    def read(self, event: CaptionEvent) -> list[CaptionEvent]:
        """An event of the lips alone."""
        line = self._lips.setdefault((event.speaker, event.line), _LipLine(event, self._now_s))
        line.event = event
        if line.done and event.speaker in self._readings:
            line.reading, line.span_s = self._readings.pop(event.speaker)
        if line.number is not None and not (line.heard or line.done):
            return [replace(event, line=line.number)]
        return [*self._ended_waits(), *self._released()]

    def listen(self, samples: FloatArray, start_s: float) -> list[CaptionEvent]:
        """The next block of sound, mono at 16 kHz."""
        self._envelope.push(samples, start_s)
        return list(self._ended_waits())

    def hear(self, utterance: Utterance, latency_ms: float = 0.0) -> list[CaptionEvent]:
        """What a stretch of voice says, so far or at its end."""
        if utterance.number not in self._turns:
            self._turns[utterance.number] = Turns(utterance, late_s=self._late_s)
        turns = self._turns[utterance.number]
        if self._delay is not None and not (self._delay.is_known or turns.segments):
            turns.late_s = self._likeliest_delay(utterance)
        turns.utterance = utterance = utterance.earlier(turns.late_s)
        if utterance.done and turns.waits_until_s is None:
            turns.waits_until_s = max(self._now_s, _end_s(utterance)) + WAIT_S
        if utterance.done and not self._must_wait(turns):
            return [*self._completed(turns, latency_ms), *self._released()]
        return [*self._shown(turns, latency_ms), *self._released()]

    def _likeliest_delay(self, utterance: Utterance) -> float:
        """The delay with which some mouth fits best, of a few, while none is known."""

        def fits(delay_s: float) -> float:
            words = utterance.earlier(delay_s).words
            return support(words, self._mouths, self._envelope, delay_s)

        return max(TRIED_S, key=fits)

    def deafen(self) -> list[CaptionEvent]:
        """No sound follows: lips wait for none."""
        self._deaf = True
        return list(self._released())

    def finish(self) -> list[CaptionEvent]:
        """Nothing follows: complete all that is open."""
        events = [event for turns in tuple(self._turns.values()) for event in self._completed(turns, 0.0)]
        return events + [event for line in tuple(self._lips.values()) for event in self._alone(line)]

    def _ended_waits(self) -> Iterator[CaptionEvent]:
        for turns in tuple(self._turns.values()):
            if turns.waits_until_s is not None and not self._must_wait(turns):
                yield from self._completed(turns, 0.0)

    def _must_wait(self, turns: Turns) -> bool:
        """Its pictures are on their way, or the lips of somebody who seems to say it have not closed."""
        if turns.waits_until_s is None or not self._mouths:
            return False
        if self._heard_s > turns.waits_until_s + _PICTURES_S or self._now_s >= turns.waits_until_s:
            return False
        if self._seen_s < _end_s(turns.utterance):
            return True
        return any(not line.done and _near(line, turns.utterance) for line in self._lips.values())

    @property
    def _late_s(self) -> float:
        """How much later than the pictures the sound comes."""
        return 0.0 if self._delay is None else self._delay.seconds

    @property
    def _seen_s(self) -> float:
        """Until when mouths were seen; without any nothing is waited for."""
        return self._now_s if self._mouths else float("inf")

    @property
    def _heard_s(self) -> float:
        """Until when sound was heard, on the clock of the pictures."""
        return self._envelope.end_s - self._late_s

    def _divided(self, turns: Turns) -> None:
        """Turns with their words, as far as it is known who says them."""
        words = turns.utterance.words
        said = attribute(words, self._mouths, self._envelope, self._spelled, turns.late_s)
        said = _as_seen(words, said, self._first_s)
        turns.settle(words, said, self._seen_s, turns.utterance.committed)
        turns.divide(words, said)
        for turn in turns.turns:
            line = self._line_of(turn)
            if line is not None:
                self._take_over(line, turn)

    def _take_over(self, line: _LipLine, turn: Turn) -> None:
        """The line is part of the turn from now on; what it has committed stays."""
        if line.number is not None and turn.number is None and not line.heard:
            turn.number, turn.text = line.number, line.event.text
            turn.committed = line.event.words[: len(line.event.committed.split())]
        line.heard = True

    def _spelled(self, speaker: str, word: Word) -> float | None:
        """How well the lips of a speaker spell a word, in a line that was read to its end."""
        for line in self._lips.values():
            if line.reading is None or line.event.speaker != speaker or line.reading.known < KNOWN:
                continue
            if line.span_s[0] <= word.start_s and word.end_s <= line.span_s[1]:
                ids = line.reading.spelled(word.text)
                first, end = (
                    round((s - line.span_s[0]) * FPS) for s in (word.start_s - 0.16, word.end_s + 0.2)
                )
                return (
                    None if ids is None else spotting_score(line.reading.log_probs[max(0, first) : end], ids)
                )
        return None

    def _shown(self, turns: Turns, latency_ms: float) -> Iterator[CaptionEvent]:
        """What changed in the lines of an utterance that is still heard."""
        self._divided(turns)
        fixed = {id(word) for word in turns.utterance.words[: turns.utterance.committed]}
        for turn in turns.turns:
            line = self._line_of(turn)
            if line is not None and self._trusts(line):
                words = marked(line.event.words, turn.words, self._language)
                committed = words[: len(line.event.committed.split())]
            else:
                read = () if line is None else line.event.words
                words = marked(turn.words, read, self._language)
                committed = tuple(w for w, own in zip(words, turn.words, strict=True) if id(own) in fixed)
                if self.finish_line is not None and self.finish_line.closed:
                    committed = ()
            turn.commit(committed)
            yield from self._changed(turn, _kept(turn.committed, words), latency_ms)

    def _changed(self, turn: Turn, words: tuple[Word, ...], latency_ms: float) -> Iterator[CaptionEvent]:
        text = _text(words)
        if not text or text == turn.text:
            return
        kind: EventKind = "started" if turn.number is None else "changed"
        turn.number = turn.number or next(self._numbers)
        turn.text = text
        yield self._event(kind, turn, words, len(turn.committed), latency_ms)

    def _completed(self, turns: Turns, latency_ms: float) -> Iterator[CaptionEvent]:
        """The last words of an utterance; its lines end."""
        words = turns.utterance.words
        if self._delay is not None and words:
            span_s = words[0].start_s + turns.late_s, words[-1].end_s + turns.late_s
            self._delay.learn(self._mouths, self._envelope, *span_s)
        self._divided(turns)
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
        self._forget(turns.utterance)

    def _final_words(self, turns: Turns, turn: Turn) -> tuple[Word, ...]:
        line = self._line_of(turn)
        read = () if line is None else line.event.words
        words = marked(turn.words, read, self._language)
        reading = None if line is None else line.reading
        if self.finish_line is not None and words and (reading is not None or self.finish_line.closed):
            united = self.finish_line(reading, turns.utterance, turn)
            if united is not None:
                sure = united.word_confidences(lambda text: spoken_form(text, self._language))
                both = timed(united.best, sure, turn.words, read, self._language)
                words = both or words
        return _kept(turn.committed, words)

    def _line_of(self, turn: Turn) -> _LipLine | None:
        """The line of lips that is the same as a turn: its speaker's, at the same time for the most part."""
        best, share = None, _OVERLAP
        for line in self._lips.values():
            shown_alone = line.number is not None and line.number != turn.number
            if line.event.speaker != turn.speaker or not turn.words:
                continue
            if shown_alone and (line.heard or turn.number is not None):
                continue
            start_s, end_s = max(turn.start_s, line.event.start_s), min(turn.end_s, line.event.end_s)
            shorter = min(turn.end_s - turn.start_s, line.event.end_s - line.event.start_s)
            if (end_s - start_s) / max(0.1, shorter) >= share:
                best, share = line, (end_s - start_s) / max(0.1, shorter)
        return best

    def _released(self) -> Iterator[CaptionEvent]:
        """Lines of lips that nobody is heard to say."""
        turns = [turn for turns in self._turns.values() for turn in turns.turns if turn.number is not None]
        for line in tuple(self._lips.values()):
            if line.number is None and any(self._line_of(turn) is line for turn in turns):
                # What is heard was shown first.
                line.heard = True
            if (line.number is None or line.done) and not line.heard and not self._is_held(line):
                yield from self._alone(line)

    def _trusts(self, line: _LipLine) -> bool:
        """The lips know this face, and are sure of what they read now."""
        return self._known.get(line.event.speaker, 0.0) >= KNOWN and line.event.confidence >= TRUSTED

    def _is_held(self, line: _LipLine) -> bool:
        if self._deaf or (self._trusts(line) and not line.done):
            return False
        if any(_near(line, turns.utterance) for turns in self._turns.values()):
            return True
        # A recogniser that is behind has not heard all yet.
        waited_s = min(self._now_s, max(self._heard_s, self._now_s - _BEHIND_S)) - line.first_s
        if waited_s >= self._patience_s:
            return False
        if self._heard_s < line.event.start_s + _LEAD_S:
            return True
        return self._is_loud(line.event.start_s - _MARGIN_S, self._now_s)

    def _is_loud(self, start_s: float, end_s: float) -> bool:
        start_s, end_s = start_s + self._late_s, end_s + self._late_s
        return self._envelope.rise_db(start_s, end_s, end_s - _ROOM_S) >= LOUD_DB

    def _alone(self, line: _LipLine) -> Iterator[CaptionEvent]:
        """Show a line of lips by itself, as far as it has come."""
        event = line.event
        if line.heard:
            return
        if line.done:
            del self._lips[event.speaker, event.line]
        if line.number is None:
            line.number = next(self._numbers)
            yield replace(event, line=line.number, event="started")
            if not line.done:
                return
        yield replace(event, line=line.number)

    def _forget(self, utterance: Utterance) -> None:
        """Drop what is over: lines that were heard, and those of mouths that only moved along."""
        for number, line in tuple(self._lips.items()):
            if not line.done:
                continue
            moved_along = _near(line, utterance) and line.number is None and not _is_sure(line)
            if line.heard or moved_along:
                del self._lips[number]

    def _event(
        self, kind: EventKind, turn: Turn, words: Sequence[Word], committed: int, latency_ms: float
    ) -> CaptionEvent:
        assert turn.number is not None
        text, tentative = _text(words[:committed]), _text(words[committed:])
        return CaptionEvent(
            kind,
            turn.number,
            turn.speaker,
            text,
            f" {tentative}" if text and tentative else tentative,
            words[0].start_s if words else turn.start_s,
            words[-1].end_s if words else turn.end_s,
            sum(word.confidence for word in words) / len(words) if words else 0.0,
            max(self._now_s, self._heard_s),
            latency_ms,
            tuple(words),
        )


def _text(words: Iterable[Word]) -> str:
    return " ".join(word.text for word in words)


def _as_seen(words: Sequence[Word], said: Sequence[Said], first_s: float | None) -> list[Said]:
    """What was said before anything was seen is of whoever goes on, or of nobody in particular."""
    if first_s is None:
        return list(said)
    seen = next((i for i, word in enumerate(words) if word.start_s >= first_s), None)
    before = Said(UNSURE, 1.0) if seen is None else said[seen]
    return [found if word.start_s >= first_s else before for word, found in zip(words, said, strict=True)]


def _is_sure(line: _LipLine) -> bool:
    return line.event.readable and line.reading is not None and line.reading.known >= KNOWN


def _near(line: _LipLine, utterance: Utterance) -> bool:
    """Whether a line of lips and a stretch of voice may be the same."""
    sound = utterance.sound
    start_s, end_s = sound.clock_s, sound.clock_s + len(sound.samples) / sound.rate_hz
    return line.event.start_s < end_s + _MARGIN_S and line.event.end_s > start_s - _MARGIN_S


def _end_s(utterance: Utterance) -> float:
    """When its last word ends."""
    words, sound = utterance.words, utterance.sound
    return words[-1].end_s if words else sound.clock_s + len(sound.samples) / sound.rate_hz


def _kept(committed: tuple[Word, ...], words: tuple[Word, ...]) -> tuple[Word, ...]:
    """`words` behind those that were committed, which stay as they are."""
    if [word.text for word in words[: len(committed)]] == [word.text for word in committed]:
        return words
    behind = committed[-1].end_s if committed else float("-inf")
    return (*committed, *(word for word in words if (word.start_s + word.end_s) / 2 > behind))
