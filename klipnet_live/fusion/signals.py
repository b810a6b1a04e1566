"""Observations of mouths and sound, on the clock of the video."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from klipnet_live.fusion.envelope import VoiceEnvelope
from klipnet_live.fusion.mouths import KEPT_S, MouthTrack
from klipnet_live.fusion.sound_delay import DelayEstimate, SoundDelay
from klipnet_live.fusion.who import SpokenBy, attribute
from klipnet_live.types import UNSURE, FloatArray, Utterance, Word

LOUD_DB: Final = 9.0
"""Level above the quietest of the last seconds at which somebody may be speaking."""

_ROOM_S: Final = 15.0


class Signals:
    """Mouths and voice for speaker attribution. Video and sound each arrive in order of time.

    `delay`: learns the delay of the sound; None if there is none, as in a file. `now_s`: time of the newest
    frame.
    """

    def __init__(self, delay: SoundDelay | None) -> None:
        self._delay = delay
        self._mouths: dict[str, MouthTrack] = {}
        self._envelope = VoiceEnvelope()
        self._first_s: float | None = None
        self.now_s = float("-inf")

    def see(self, time_s: float, changes: Mapping[str, float]) -> None:
        """Motion of each mouth in view in a frame."""
        self.now_s = max(self.now_s, time_s)
        if self._first_s is None and changes:
            self._first_s = time_s
        for speaker, change in changes.items():
            self._mouths.setdefault(speaker, MouthTrack()).add(time_s, change)
        for speaker in [name for name, mouth in self._mouths.items() if time_s - mouth.end_s > KEPT_S]:
            del self._mouths[speaker]

    def spoke(self, speaker: str, times_s: Sequence[float], probabilities: Sequence[float]) -> None:
        """Speech probabilities of the lip model for some frames."""
        if speaker in self._mouths:
            self._mouths[speaker].speaks(times_s, probabilities)

    def listen(self, samples: FloatArray, start_s: float) -> None:
        """Add a block of sound, mono at 16 kHz, on its own clock."""
        self._envelope.push(samples, start_s)

    @property
    def sees_mouths(self) -> bool:
        """Whether a mouth was in view recently."""
        return bool(self._mouths)

    @property
    def seen_s(self) -> float:
        """Time until which mouths were observed; infinity without mouths, so that nothing waits."""
        return self.now_s if self._mouths else float("inf")

    @property
    def heard_s(self) -> float:
        """Time until which sound was observed."""
        return self._envelope.end_s - self.late_s

    @property
    def late_s(self) -> float:
        """Delay of the sound behind the video."""
        return 0.0 if self._delay is None else self._delay.seconds

    def delay_of(self, utterance: Utterance) -> DelayEstimate:
        """The most probable delay of an utterance, on the clock of the sound."""
        words = utterance.words
        if self._delay is None or not words:
            return DelayEstimate(self.late_s)
        return self._delay.estimate(self._mouths, self._envelope, words[0].start_s, words[-1].end_s)

    def learn_delay(self, estimate: DelayEstimate) -> None:
        """Learn from a finished utterance."""
        if self._delay is not None:
            self._delay.learn(estimate)

    def is_loud(self, start_s: float, end_s: float) -> bool:
        """Whether somebody may be speaking."""
        start_s, end_s = start_s + self.late_s, end_s + self.late_s
        return self._envelope.rise_db(start_s, end_s, end_s - _ROOM_S) >= LOUD_DB

    def attributions(
        self, words: Sequence[Word], spelled: Callable[[str, Word], float | None], late_s: float
    ) -> list[SpokenBy]:
        """Speaker of each word. `spelled`: how well a speaker's lips spell it; `late_s`: delay of its sound.

        Words before the first frame belong to the speaker who continues, or to nobody in particular.
        """
        attributions = attribute(words, self._mouths, self._envelope, spelled, late_s)
        first_s = self._first_s
        if first_s is None:
            return list(attributions)
        seen = next((i for i, word in enumerate(words) if word.start_s >= first_s), None)
        before = SpokenBy(UNSURE, 1.0) if seen is None else attributions[seen]
        return [
            found if word.start_s >= first_s else before
            for word, found in zip(words, attributions, strict=True)
        ]
