"""Segments a stream into utterances by the probability of speech."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

_ON, _OFF = 0.5, 0.35
"""Silero's thresholds: speech starts above the first and ends below the second."""
_MIN_VOICED_STEPS = 4
"""Shorter sounds are clicks: 0.13 s."""
_END_STEPS = 22
"""Silence that ends an utterance: 0.7 s. With 0.54 s, CER of long Korean sentences was 30 %, not 22."""
_LONG_STEPS, _PAUSE_STEPS = 250, 6
"""After 8 s a pause of 0.2 s ends the utterance, to limit the length of lines."""
_MAX_STEPS = 437
"""14 s: Whisper processes at most 30 s, and longer lines are hard to read."""

Change = Literal["begun", "ended"]


@dataclass(slots=True)
class Segments:
    """Processes one probability at a time. `speaking`: whether an utterance is open."""

    speaking: bool = False
    _voiced: int = 0
    _silent: int = 0
    _length: int = 0

    def update(self, probability: float) -> Change | None:
        """Process one step; returns what it changes."""
        if not self.speaking:
            self._voiced = self._voiced + 1 if probability > _ON else 0
            if self._voiced < _MIN_VOICED_STEPS:
                return None
            self.speaking, self._silent, self._length = True, 0, self._voiced
            return "begun"
        self._length += 1
        self._silent = self._silent + 1 if probability < _OFF else 0
        pause = _PAUSE_STEPS if self._length > _LONG_STEPS else _END_STEPS
        if self._silent < pause and self._length < _MAX_STEPS:
            return None
        self.speaking, self._voiced = False, 0
        return "ended"

    @property
    def silent_steps(self) -> int:
        """Steps of silence at the end of the open utterance."""
        return self._silent

    @property
    def voiced_steps(self) -> int:
        """Steps since the start of the open utterance, without trailing silence."""
        return self._length - self._silent
