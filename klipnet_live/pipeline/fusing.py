"""Pipeline stages for sound: capture, speech recognition, and fusion with lip reading."""

from __future__ import annotations

import heapq
import math
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from klipnet_live.fusion.line_text import LineReading
from klipnet_live.fusion.live_lines import PATIENCE_S, LiveLines
from klipnet_live.fusion.sound_delay import SoundDelay
from klipnet_live.lips.motion import change
from klipnet_live.manifest import Manifest
from klipnet_live.pipeline.hearing import Hearing, LineFinisher, SpeechRecognition
from klipnet_live.pipeline.mailbox import Mailbox
from klipnet_live.pipeline.stages import Sighting
from klipnet_live.reading.listener import ReadLine
from klipnet_live.sound.loudness import LevelMeter
from klipnet_live.types import FPS, CaptionEvent, GreyImage, Mouth, Sound, Utterance

WAITING_BLOCKS: Final = 600
"""Maximum number of sound blocks, about 0.1 s each, queued for the recogniser."""

PATIENCE_OF_FILES_S: Final = 20.0
"""Files are processed as fast as possible, and words arrive only at the end of each utterance."""

_APART_S: Final = 0.06
"""Mouths are compared over this time: screens are captured more often than they change."""
_GROWTH: Final = 0.8
"""Motion grows with the time between two crops to this power."""

Apply = Callable[[LiveLines], Iterable[CaptionEvent] | None]


@dataclass(frozen=True, slots=True)
class Observation:
    """Something seen, read or heard at `time_s` on the video clock."""

    time_s: float
    apply: Apply


class Fusing:
    """Fuses lip reading and speech recognition. Its stages run on the pipeline's threads.

    `clock_of_first_frame`: returns time.monotonic() at time 0 of the video, NaN before the first frame.
    """

    def __init__(self, hearing: Hearing, clock_of_first_frame: Callable[[], float]) -> None:
        self._hearing, self._clock_of_first_frame = hearing, clock_of_first_frame
        self.sounds = Mailbox[Sound](WAITING_BLOCKS, drops=not hearing.fast)
        self._read = Mailbox[Observation](10_000, drops=False)
        self._sound_observations = Mailbox[Observation](10_000, drops=False) if hearing.fast else self._read
        self._open = 2
        self._lock = threading.Lock()
        self._recognition: SpeechRecognition | None = None
        self._manifest: Manifest | None = None
        self._motion = MouthMotion()
        self._level = LevelMeter()

    @property
    def level(self) -> float:
        """Current sound level, 0 to 1."""
        return self._level.value

    def stop(self) -> None:
        """Ask the sound source to stop."""
        self._hearing.source.stop()

    def hear(self) -> None:
        """Stage: reads sound blocks and converts their times to the video clock."""
        for sound in self._hearing.source.blocks():
            self._level.add(sound)
            start_s = self._on_picture_clock(sound)
            if not math.isnan(start_s) and not self.sounds.put(replace(sound, clock_s=start_s)):
                return

    def recognise(self) -> None:
        """Stage: speech recognition."""
        try:
            self._recognition = recognition = self._hearing.open_recognition()
            for sound in self.sounds:
                self._sound_observations.put(Observation(sound.clock_s, _listen(sound)))
                self._put(recognition.transcriber.push(sound), sound.end_s)
            self._put(recognition.transcriber.finish(), math.inf)
        finally:
            self._sound_observations.put(Observation(math.inf, LiveLines.end_sound))
            self._close(self._sound_observations)

    def watch(self, sightings: Iterable[Sighting], manifest: Manifest) -> Iterator[Sighting]:
        """Passes sightings on and measures the motion of their mouths."""
        self._manifest = manifest
        for sighting in sightings:
            changes = self._motion.changes(sighting.seen.mouths)
            self._read.put(Observation(sighting.time_s, _see(sighting.time_s, changes)))
            yield sighting

    def put(self, event: CaptionEvent) -> None:
        """Accept a caption event from lip reading."""
        self._read.put(Observation(event.media_s, lambda lines: lines.read(event)))

    def spoke(self, speaker: str, times_s: Sequence[float], probabilities: Sequence[float]) -> None:
        """Listener callback of the reader."""
        self._read.put(Observation(times_s[-1], lambda lines: lines.spoke(speaker, times_s, probabilities)))

    def read(self, line: ReadLine) -> None:
        """Listener callback of the reader."""
        if (manifest := self._manifest) is not None:
            reading = line_reading(line, manifest)
            self._read.put(
                Observation(
                    line.end_s,
                    lambda lines: lines.read_line(line.speaker, line.start_s, line.end_s, reading),
                )
            )

    def reading_ended(self) -> None:
        """The video has ended; live sound ends with it."""
        if not self._hearing.media_clock:
            self.stop()
        self._close(self._read)

    def fuse(self, put: Callable[[CaptionEvent], object]) -> None:
        """Stage: fuses all observations into caption events."""
        try:
            self._fuse(put)
        finally:
            # The pipeline may be kept after its end; release the models' memory now.
            self._recognition = None

    def _fuse(self, put: Callable[[CaptionEvent], object]) -> None:
        patience_s = PATIENCE_OF_FILES_S if self._hearing.fast else PATIENCE_S
        delay = None if self._hearing.media_clock else SoundDelay()
        lines = LiveLines(self._hearing.language, patience_s=patience_s, delay=delay)
        for observation in self._in_order():
            if lines.finish_line is None and self._recognition is not None and self._manifest is not None:
                lines.finish_line = LineFinisher(
                    self._recognition.recogniser, self._manifest.alphabet, self._hearing.phrases
                )
            for event in observation.apply(lines) or ():
                put(event)
        for event in lines.finish():
            put(event)

    def _in_order(self) -> Iterable[Observation]:
        """Live: in order of arrival. Files: in order of time, so that results are reproducible."""
        if self._sound_observations is self._read:
            return self._read
        return heapq.merge(self._read, self._sound_observations, key=lambda observation: observation.time_s)

    def _put(self, utterances: Iterable[Utterance], end_s: float) -> None:
        for utterance in utterances:
            self._sound_observations.put(Observation(end_s, self._hear(utterance, end_s)))

    def _hear(self, utterance: Utterance, end_s: float) -> Apply:
        latency_ms = 0.0
        if not self._hearing.fast and math.isfinite(end_s):
            latency_ms = max(0.0, 1000 * (time.monotonic() - self._clock_of_first_frame() - end_s))
        return lambda lines: lines.hear(utterance, latency_ms)

    def _on_picture_clock(self, sound: Sound) -> float:
        if self._hearing.media_clock:
            return sound.clock_s
        return sound.clock_s - self._clock_of_first_frame()

    def _close(self, mailbox: Mailbox[Observation]) -> None:
        """Called by each side when it ends; a shared mailbox is closed after both have ended."""
        with self._lock:
            self._open -= 1
            last = self._open == 0
        if last or self._sound_observations is not self._read:
            mailbox.shut()


class MouthMotion:
    """Motion of each mouth, normalised to 25 frames per second."""

    def __init__(self) -> None:
        self._before: dict[str, list[Mouth]] = {}

    def changes(self, mouths: Iterable[Mouth]) -> dict[str, float]:
        """Change of each mouth since about `_APART_S` ago, in standard deviations of its crop."""
        found = {}
        seen = list(mouths)
        self._before = {mouth.speaker: self._before.get(mouth.speaker, []) for mouth in seen}
        for mouth in seen:
            kept = self._before[mouth.speaker]
            while len(kept) > 1 and mouth.time_s - kept[1].time_s >= _APART_S:
                del kept[0]
            found[mouth.speaker] = _rate(kept[0], mouth.time_s, mouth.crop) if kept else 0.0
            kept.append(mouth)
        return found


def _rate(before: Mouth, time_s: float, crop: GreyImage) -> float:
    pictures = max(1.0, (time_s - before.time_s) * FPS)
    return float(change(before.crop, crop) / pictures**_GROWTH)


def _listen(sound: Sound) -> Apply:
    return lambda lines: lines.listen(sound.samples, sound.clock_s)


def _see(time_s: float, changes: dict[str, float]) -> Apply:
    return lambda lines: lines.see(time_s, changes)


def line_reading(line: ReadLine, manifest: Manifest) -> LineReading:
    """A line for the fusion, with the alphabet and vocabulary of its model."""
    return LineReading(line.log_probs, line.texts, manifest.alphabet, frozenset(manifest.words))
