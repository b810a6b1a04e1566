"""What was said, by whom and when: the ground truth of a rendered clip."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from klipnet_live.types import FPS

_ALIGN_UNITS_PER_FRAME = 1000


@dataclass(frozen=True, slots=True)
class Timed:
    """A word or a sound, from `start_s` to `end_s` on the clip's clock."""

    symbol: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Utterance:
    """One line of one speaker. `symbols`: sounds as ARPAbet names or jamo; `words`: as written."""

    speaker: str
    text: str
    start_s: float
    end_s: float
    words: tuple[Timed, ...]
    symbols: tuple[Timed, ...]

    def as_dict(self) -> dict[str, Any]:
        """The utterance as JSON holds it."""
        return asdict(self)


def align_text(utterance: Utterance, clip_s: float) -> str:
    """The `.align` file of a clip as the GRID corpus writes it: `start end word`, 1/1000 frame, sil, sp."""
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
