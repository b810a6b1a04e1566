"""Ground truth of a rendered clip: speaker, words and sounds with their times."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from klipnet_live.types import FPS

_ALIGN_UNITS_PER_FRAME = 1000


@dataclass(frozen=True, slots=True)
class Timed:
    """A word or sound with its start and end in the clip, in seconds."""

    symbol: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Utterance:
    """One utterance of one speaker. `symbols`: sounds as ARPAbet names or jamo; `words`: as spelled."""

    speaker: str
    text: str
    start_s: float
    end_s: float
    words: tuple[Timed, ...]
    symbols: tuple[Timed, ...]

    def as_dict(self) -> dict[str, Any]:
        """The utterance as a JSON-serialisable dictionary."""
        return asdict(self)


def align_text(utterance: Utterance, clip_s: float) -> str:
    """The `.align` file of a clip as in GRID: `start end word` in 1/1000 frame, with sil and sp."""
    rows: list[Timed] = []
    at_s = 0.0
    for word in utterance.words:
        if word.start_s > at_s:
            rows.append(Timed("sp" if rows else "sil", at_s, word.start_s))
        rows.append(word)
        at_s = word.end_s
    rows.append(Timed("sil", at_s, clip_s))
    return "".join(f"{_units(row.start_s)} {_units(row.end_s)} {row.symbol}\n" for row in rows)


def _units(time_s: float) -> int:
    return round(time_s * FPS * _ALIGN_UNITS_PER_FRAME)
