"""Where utterances begin and end, by the probability of speech."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

_ON, _OFF = 0.5, 0.35
"""Silero's own thresholds: speech begins above the first, and ends below the second."""
_LEAST_STEPS = 4
"""Of speech, or it was a click: 0.13 s."""
_END_STEPS = 22
"""Of silence that end an utterance: 0.7 s. Cut at 0.54 s, long Korean sentences had 30 % CER, not 22."""
_LONG_STEPS, _PAUSE_STEPS = 250, 6
"""From 8 s on a pause of 0.2 s ends it, so that a line does not grow without end."""
_LONGEST_STEPS = 437
"""14 s: Whisper hears at most 30 s, and a line of this length is hard to read."""

Change = Literal["begun", "ended"]


@dataclass(slots=True)
class Segments:
    """Takes one probability after the other. `speaking`: whether an utterance is open."""

    speaking: bool = False
    _voiced: int = 0
    _silent: int = 0
    _length: int = 0

    def update(self, probability: float) -> Change | None:
        """What this step changes."""
        if not self.speaking:
            self._voiced = self._voiced + 1 if probability > _ON else 0
            if self._voiced < _LEAST_STEPS:
                return None
            self.speaking, self._silent, self._length = True, 0, self._voiced
            return "begun"
        self._length += 1
        self._silent = self._silent + 1 if probability < _OFF else 0
        pause = _PAUSE_STEPS if self._length > _LONG_STEPS else _END_STEPS
        if self._silent < pause and self._length < _LONGEST_STEPS:
            return None
        self.speaking, self._voiced = False, 0
        return "ended"

    @property
    def silent_steps(self) -> int:
        """Steps of silence at the end of the open utterance."""
        return self._silent

    @property
    def voiced_steps(self) -> int:
        """Steps since the open utterance began, without the silence at its end."""
        return self._length - self._silent
