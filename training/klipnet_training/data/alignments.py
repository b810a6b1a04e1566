"""`.align` files: `start end word` in each line, in thousandths of a 25 fps frame.

Read as people have them: with blank lines, with a byte order mark at the start, or in other units.
"""

from __future__ import annotations

import errno
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

from klipnet_live.atomic_file import write_atomically
from klipnet_live.types import FPS, UserError
from klipnet_training.data.transcripts import normalised

UNITS_PER_FRAME = 1000

_MOST_LETTERS = 1_000_000
SILENCE_LABELS = frozenset({"sil", "sp"})

WHOLE_SENTENCE = "*"
"""As the only label: when the sentence was spoken is known, but not where its words are."""


@dataclass(frozen=True, slots=True)
class AlignedWord:
    """One spoken word; frames are fractional, at 25 fps."""

    text: str
    start_frame: float
    end_frame: float


Unit = Literal["thousandths of a frame", "milliseconds", "frames", "seconds", "100 ns"]

UNITS: Final[Mapping[Unit, float]] = MappingProxyType(
    {
        "thousandths of a frame": UNITS_PER_FRAME,
        "milliseconds": 1000 / FPS,
        "frames": 1.0,
        "seconds": 1 / FPS,
        "100 ns": 1e7 / FPS,
    }
)
"""What the numbers of an alignment may count, and how many of it make a frame."""

OWN_UNIT: Final[Unit] = "thousandths of a frame"

_LEAST, _MOST = 0.1, 1.1
"""How much of its clip an alignment covers; it may end a little later."""


def unit_of(path: Path, frames: int) -> Unit | None:
    """What an alignment counts, seen by the length of its clip; None where no unit fits."""
    last = max((end for _, end, _ in _rows(path)), default=0.0)
    covered = {unit: last / per / max(frames, 1) for unit, per in UNITS.items()}
    fitting = {unit: part for unit, part in covered.items() if _LEAST <= part <= _MOST}
    if not fitting and covered[OWN_UNIT] <= _MOST:
        return OWN_UNIT
    return max(fitting, key=lambda unit: fitting[unit], default=None)


def read_alignment(path: Path, unit: Unit = OWN_UNIT) -> tuple[AlignedWord, ...]:
    """Words of an alignment without its silences. UserError for a missing file or one of another form."""
    rows = _rows(path)
    words = (AlignedWord(label, start / UNITS[unit], end / UNITS[unit]) for start, end, label in rows)
    return tuple(word for word in words if word.text not in SILENCE_LABELS)


def _rows(path: Path) -> list[tuple[float, float, str]]:
    """Start, end and label of each line. UserError for a missing file or one of another form."""
    try:
        rows = [line.split() for line in _lines(path)]
        return [(_number(start), _number(end), normalised(label)) for start, end, label in rows]
    except OSError as error:
        raise UserError(
            "The alignment {path} cannot be read ({reason}): check its path.",
            path=path,
            reason=error.strerror,
        ) from error
    except (ValueError, OverflowError) as error:
        raise UserError("{path} is no alignment: write `start end word` in each line.", path=path) from error


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"expected a number, got {text}")
    return number


def read_spoken(path: Path, sentence: str, unit: Unit = OWN_UNIT) -> tuple[AlignedWord, ...]:
    """As `read_alignment`; where it tells no words apart, the sentence takes the place of one."""
    words = read_alignment(path, unit)
    if [word.text for word in words] == [WHOLE_SENTENCE]:
        return (replace(words[0], text=sentence),)
    return words


def copy_alignment(source: Path, target: Path, unit: Unit = OWN_UNIT) -> None:
    """A copy in thousandths of a frame, as UTF-8 without blank lines. Errors: OSError, UserError."""
    factor = UNITS_PER_FRAME / UNITS[unit]
    if factor == 1:
        write_alignment(target, _lines(source))
    else:
        words = _rows(source)
        write_alignment(target, (f"{round(s * factor)} {round(e * factor)} {word}" for s, e, word in words))


def write_alignment(target: Path, lines: Iterable[str]) -> None:
    """Errors: OSError."""
    write_atomically(target, "".join(f"{line}\n" for line in lines).encode(), durable=False)


def _lines(path: Path) -> list[str]:
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "it is no ordinary file", str(path))
    with path.open(encoding="utf-8-sig") as file:
        return [line for line in file.read(_MOST_LETTERS).splitlines() if line.strip()]
