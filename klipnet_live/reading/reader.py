"""Lip reading of all speakers: mouth crops in, caption events out, with batched inference."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count

from klipnet_live.phrases.words import words_of
from klipnet_live.reading.feature_statistics import SpeakerStatistics
from klipnet_live.reading.line import Decoders, OpenLine
from klipnet_live.reading.listener import ReadingListener, ReadLine
from klipnet_live.reading.model import LipModel, WholeReading
from klipnet_live.reading.phrases import REST_FRAMES, PhraseReader
from klipnet_live.reading.rereading import Rereading
from klipnet_live.reading.speaker import SpeakerStream, TimedCrop
from klipnet_live.types import CaptionEvent, EventKind, Hypothesis, Mouth

LISTED_TEXTS = 8
"""Number of texts of a finished line that are passed to the fusion."""


class Reader:
    """One stream per speaker, and one batch for all complete chunks. Not thread-safe.

    `listener`: gets additional data, if set. `phrases`: lines of speakers with a profile are matched with its
    phrases instead of being decoded.
    """

    def __init__(self, model: LipModel, decoders: Decoders, phrases: PhraseReader | None = None) -> None:
        self.model = model
        self.listener: ReadingListener | None = None
        self.rereading = Rereading()
        self._phrases = phrases
        self._decoders = decoders
        self._streams: dict[str, SpeakerStream] = {}
        self._numbers = count(1)

    def read(
        self,
        mouths: Iterable[Mouth],
        captured_s: float | None = None,
        now_s: float | None = None,
        interrupted: Collection[str] = (),
    ) -> list[CaptionEvent]:
        """Events for the mouths of one frame.

        `captured_s`: time.monotonic() of its capture. `now_s`: its time on the source's clock, which ends
        lines of speakers who are out of view. `interrupted`: speakers with a cut before this frame.
        """
        captured = time.monotonic() if captured_s is None else captured_s
        events: list[CaptionEvent] = []
        for stream in tuple(self._streams.values()):
            if stream.speaker in interrupted or (now_s is not None and stream.is_unseen(now_s)):
                events += self._interrupt(stream, captured)
            if now_s is not None and stream.is_forgotten(now_s):
                del self._streams[stream.speaker]
        for mouth in mouths:
            events += self._push(mouth, captured)
        return events + self._advance(captured)

    def finish(self) -> list[CaptionEvent]:
        """Complete open lines at the end of the source."""
        captured = time.monotonic()
        for stream in self._streams.values():
            if stream.line is not None:
                stream.flush(self.model.manifest.flush_frames, self.model.manifest.chunk_frames)
        events = self._advance(captured)
        for stream in self._streams.values():
            events += self._close(stream, captured)
        return events

    def _push(self, mouth: Mouth, captured: float) -> list[CaptionEvent]:
        stream = self._streams.get(mouth.speaker) or self._start(mouth.speaker)
        events = []
        if stream.is_gap(mouth):
            events = self._interrupt(stream, captured)
        stream.push(mouth)
        if stream.wake():
            stream.line = OpenLine(
                self.model.start(),
                self._decoders,
                keeps_crops=self._has_phrases(stream),
                statistics=stream.statistics,
            )
        return events

    def _start(self, speaker: str) -> SpeakerStream:
        training = self.model.statistics
        statistics = None if training is None else SpeakerStatistics(training)
        self._streams[speaker] = SpeakerStream(speaker, statistics)
        return self._streams[speaker]

    def _interrupt(self, stream: SpeakerStream, captured: float) -> list[CaptionEvent]:
        """The stream of a speaker is interrupted: complete the open line, and start anew."""
        events: list[CaptionEvent] = []
        if stream.line is not None:
            stream.flush(self.model.manifest.flush_frames, self.model.manifest.chunk_frames)
            events = self._advance(captured) + self._close(stream, captured)
        stream.restart()
        return events

    def _advance(self, captured: float) -> list[CaptionEvent]:
        """Process chunks until no speaker has a complete one."""
        events: list[CaptionEvent] = []
        while due := list(self._due()):
            lines = [line for _, line, _ in due]
            crops = [[crop for _, crop in chunk] for _, _, chunk in due]
            before = [line.shown for line in lines]
            outputs = self.model.stream(crops, [line.state for line in lines])
            for (stream, line, chunk), output in zip(due, outputs, strict=True):
                times_s = [time_s for time_s, _ in chunk]
                line.read(output, times_s, [crop for _, crop in chunk])
                if self.listener is not None:
                    self.listener.spoke(stream.speaker, times_s, output.speaking.tolist())
            spelled = [line for stream, line, _ in due if not self._has_phrases(stream)]
            for line in self.rereading.in_turn(line for line in spelled if line.wants_rereading):
                line.reread(self._read_line(line).log_probs)
            for (stream, line, _), shown in zip(due, before, strict=True):
                if self._has_phrases(stream):
                    events += self._end_phrase(stream, line, captured)
                    continue
                events += self._change(stream, line, shown, captured)
                if line.is_over:
                    events += self._close(stream, captured)
        return events

    def _has_phrases(self, stream: SpeakerStream) -> bool:
        return self._phrases is not None and self._phrases.knows(stream.speaker)

    def _end_phrase(self, stream: SpeakerStream, line: OpenLine, captured: float) -> list[CaptionEvent]:
        """End the line of a phrase once the lips rest."""
        over = line.is_over if line.has_speech else line.is_too_long
        return self._close(stream, captured) if over or stream.rests(REST_FRAMES) else []

    def _due(self) -> Iterator[tuple[SpeakerStream, OpenLine, Sequence[TimedCrop]]]:
        for stream in self._streams.values():
            if stream.line is not None and (chunk := stream.take(self.model.manifest.chunk_frames)):
                yield stream, stream.line, chunk

    def _change(
        self, stream: SpeakerStream, line: OpenLine, before: Hypothesis, captured: float
    ) -> list[CaptionEvent]:
        """A line starts with its first decoded words, even if they are not displayed yet."""
        if not line.number and line.has_words:
            return [self._started(stream, line, captured)]
        gone = not line.shown.text and line.is_readable
        if line.number and line.shown.text != before.text and not gone:
            return [self._event("changed", stream, line, captured)]
        return []

    def _close(self, stream: SpeakerStream, captured: float) -> list[CaptionEvent]:
        """Decode the line with the final head and end it; a line without words gives no event."""
        line = stream.end_line()
        if line is not None and self._phrases is not None and self._has_phrases(stream):
            stream.fall_asleep()
            return self._phrase_events(self._phrases, stream, line, captured)
        if line is None or not line.has_speech:
            return []
        whole = self._read_line(line)
        if stream.statistics is not None:
            stream.statistics.add(line.kept)
        log_probs = whole.log_probs
        read = line.finish(log_probs, whole.rescorer)
        if self.listener is not None:
            texts = self._decoders.final.n_best(log_probs, LISTED_TEXTS)
            span_s = line.first_s, line.newest_s
            confidence = line.confidence if line.is_readable else 0.0
            self.listener.read(ReadLine(stream.speaker, *span_s, log_probs, texts, confidence))
        if not read.text and not line.number:
            return []
        events = [] if line.number else [self._started(stream, line, captured)]
        completed = self._event("completed", stream, line, captured)
        if not line.is_readable:
            completed = replace(completed, readable=False, hypothesis=read.text)
        return [*events, completed]

    def _read_line(self, line: OpenLine) -> WholeReading:
        """What the final head reads; an unfamiliar face is read again from normalised features."""
        reading = self.model.read_line(line.kept)
        line.judge(reading.log_probs)
        normalised = line.normalised()
        return reading if normalised is None else self.model.read_line(normalised)

    def _phrase_events(
        self, phrases: PhraseReader, stream: SpeakerStream, line: OpenLine, captured: float
    ) -> list[CaptionEvent]:
        """Events of a phrase; of the nearest phrases to choose from; or of an unreadable line."""
        reading = phrases.read(stream.speaker, line.crops)
        if reading is None:
            return []
        match = reading.match
        start_s, end_s = line.time_s(reading.first), line.time_s(reading.last)
        phrases.remember(stream.speaker, start_s, reading)
        text = match.text if reading.is_sure else ""
        started, completed = (
            replace(
                event,
                committed=text,
                tentative="",
                start_s=start_s,
                end_s=end_s,
                confidence=match.confidence,
                words=words_of(text, start_s, end_s, match.confidence),
            )
            for event in (
                self._started(stream, line, captured),
                self._event("completed", stream, line, captured),
            )
        )
        choices = match.nearest if match.accepted else ()
        if reading.is_sure:
            return [started, replace(completed, choices=choices)]
        return [started, replace(completed, readable=False, hypothesis=match.text, choices=choices)]

    def _started(self, stream: SpeakerStream, line: OpenLine, captured: float) -> CaptionEvent:
        """The first event of a line, which gets its number now: lines without words have none."""
        line.number = next(self._numbers)
        return self._event("started", stream, line, captured)

    def _event(self, kind: EventKind, stream: SpeakerStream, line: OpenLine, captured: float) -> CaptionEvent:
        shown = line.shown
        return CaptionEvent(
            kind,
            line.number,
            stream.speaker,
            shown.committed,
            shown.tentative,
            line.start_s,
            line.end_s,
            shown.confidence,
            line.newest_s,
            (time.monotonic() - captured) * 1000,
            line.words,
        )
