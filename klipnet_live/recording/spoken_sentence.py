"""A sentence while it is being spoken, and whether it is worth keeping."""

from __future__ import annotations

from dataclasses import dataclass

from klipnet_live.recording.recordings import Recordings
from klipnet_live.recording.take import Take
from klipnet_live.sound.loudness import speech_span
from klipnet_live.types import Sound, UserError

SHORTEST_S = 0.5
FACELESS_PART = 0.25
"""Of the pictures of a sentence, in which the face may be lost."""


@dataclass(slots=True)
class SpokenSentence:
    """`first_picture_s`: when it was taken, in time.monotonic()."""

    text: str
    take: Take
    first_picture_s: float
    _looked: int = 0
    _faceless: int = 0

    def saw(self, face: bool) -> None:
        """A picture was looked at."""
        self._looked += 1
        self._faceless += not face

    def keep(self, recordings: Recordings, sound: Sound | None) -> None:
        """It is one of the recordings. UserError where it is too short, or shows no face."""
        if self.take.seconds < SHORTEST_S:
            raise UserError("That was too short: press, speak the sentence, then press again.")
        if self._faceless > FACELESS_PART * self._looked:
            raise UserError("Your face was not in the picture all the time: speak the sentence once more.")
        self.take.close(sound, self.first_picture_s)
        recordings.keep(self.take.path, self.text, self._span_s(sound), self.take.seconds)

    def _span_s(self, sound: Sound | None) -> tuple[float, float] | None:
        """When it begins and ends, in seconds from the first picture; None where nobody is heard."""
        span = None if sound is None else speech_span(sound.samples, sound.rate_hz)
        if sound is None or span is None:
            return None
        begin_s, end_s = (max(0.0, second + sound.clock_s - self.first_picture_s) for second in span)
        return begin_s, end_s
