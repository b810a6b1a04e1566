"""A sentence that is being recorded, and the check whether it is usable."""

from __future__ import annotations

from dataclasses import dataclass

from klipnet_live.recording.recordings import Recordings
from klipnet_live.recording.take import Take
from klipnet_live.sound.loudness import speech_span
from klipnet_live.types import Sound, UserError

MIN_DURATION_S = 0.5
MAX_FACELESS_SHARE = 0.25
"""Maximum share of frames without a face."""


@dataclass(slots=True)
class SpokenSentence:
    """`first_picture_s`: time.monotonic() of the first frame."""

    text: str
    take: Take
    first_picture_s: float
    _looked: int = 0
    _faceless: int = 0

    def saw(self, face: bool) -> None:
        """A frame was processed."""
        self._looked += 1
        self._faceless += not face

    def keep(self, recordings: Recordings, sound: Sound | None) -> None:
        """Add it to the recordings. UserError if it is too short, or the face was not visible."""
        if self.take.seconds < MIN_DURATION_S:
            raise UserError("That was too short. Press, speak the sentence, then press again.")
        if self._faceless > MAX_FACELESS_SHARE * self._looked:
            raise UserError("Your face was not always in view. Speak the sentence again.")
        self.take.close(sound, self.first_picture_s)
        recordings.keep(self.take.path, self.text, self._span_s(sound), self.take.seconds)

    def _span_s(self, sound: Sound | None) -> tuple[float, float] | None:
        """Start and end in seconds from the first frame; None without speech."""
        span = None if sound is None else speech_span(sound.samples, sound.rate_hz)
        if sound is None or span is None:
            return None
        begin_s, end_s = (max(0.0, second + sound.clock_s - self.first_picture_s) for second in span)
        return begin_s, end_s
