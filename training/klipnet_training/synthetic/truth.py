"""Ground truth of a rendered clip: speaker, words and sounds with their times."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from klipnet_live.dataset_format import PAUSE, SILENCE, AlignedWord
from klipnet_live.types import FPS


@dataclass(frozen=True, slots=True)
class TimedSymbol:
    """A word or sound with its start and end in the clip, in seconds."""

    symbol: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class RenderedUtterance:
    """One utterance of one speaker. `symbols`: sounds as ARPAbet names or jamo; `words`: as spelled."""

    speaker: str
    text: str
    start_s: float
    end_s: float
    words: tuple[TimedSymbol, ...]
    symbols: tuple[TimedSymbol, ...]

    def as_dict(self) -> dict[str, Any]:
        """The utterance as a JSON-serialisable dictionary."""
        return asdict(self)


def labels_of(utterance: RenderedUtterance, clip_s: float) -> list[AlignedWord]:
    """The alignment of a clip as in GRID, with silences and pauses."""
    labels: list[AlignedWord] = []
    at_s = 0.0
    for word in utterance.words:
        if word.start_s > at_s:
            labels.append(AlignedWord(PAUSE if labels else SILENCE, at_s * FPS, word.start_s * FPS))
        labels.append(AlignedWord(word.symbol, word.start_s * FPS, word.end_s * FPS))
        at_s = word.end_s
    return [*labels, AlignedWord(SILENCE, at_s * FPS, clip_s * FPS)]
