"""Reads `.align` files: `start end word` on each line, in thousandths of a 25 fps frame.

The reader also accepts blank lines, a byte order mark and other time units.
"""

from __future__ import annotations

import errno
import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

from klipnet_live.atomic_file import write_atomically
from klipnet_live.dataset_format import (
    PAUSE,
    SILENCE,
    UNITS_PER_FRAME,
    WHOLE_SENTENCE,
    AlignedWord,
    write_alignment,
)
from klipnet_live.types import FPS, UserError
from klipnet_training.data.transcripts import normalised

_MAX_CHARACTERS = 1_000_000

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
"""Time units of alignment files, and how many of each make a frame."""

OWN_UNIT: Final[Unit] = "thousandths of a frame"

_MIN_COVERED, _MAX_COVERED = 0.1, 1.1
"""Plausible fraction of the clip that an alignment covers; it may end slightly after the clip."""


def unit_of(path: Path, frames: int) -> Unit | None:
    """Guess the time unit of an alignment from the length of its clip in frames; None if no unit fits."""
    last = max((end for _, end, _ in _rows(path)), default=0.0)
    covered = {unit: last / per / max(frames, 1) for unit, per in UNITS.items()}
    fitting = {unit: part for unit, part in covered.items() if _MIN_COVERED <= part <= _MAX_COVERED}
    if not fitting and covered[OWN_UNIT] <= _MAX_COVERED:
        return OWN_UNIT
    return max(fitting, key=lambda unit: fitting[unit], default=None)


def read_alignment(path: Path, unit: Unit = OWN_UNIT) -> tuple[AlignedWord, ...]:
    """Words of an alignment without its silences. UserError for a missing or malformed file."""
    return tuple(word for word in _labels(path, unit) if word.text not in (SILENCE, PAUSE))


def _labels(path: Path, unit: Unit) -> list[AlignedWord]:
    """The words and silences of an alignment."""
    return [AlignedWord(text, start / UNITS[unit], end / UNITS[unit]) for start, end, text in _rows(path)]


def _rows(path: Path) -> list[tuple[float, float, str]]:
    """Start, end and label of each line. UserError for a missing or malformed file."""
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
        raise UserError(
            "{path} is not an alignment: write `start end word` on each line.", path=path
        ) from error


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"expected a number, got {text}")
    return number


def read_spoken(path: Path, sentence: str, unit: Unit = OWN_UNIT) -> tuple[AlignedWord, ...]:
    """Like `read_alignment`, but if only the sentence is timed, it is returned as one word."""
    words = read_alignment(path, unit)
    if [word.text for word in words] == [WHOLE_SENTENCE]:
        return (replace(words[0], text=sentence),)
    return words


def copy_alignment(source: Path, target: Path, unit: Unit = OWN_UNIT) -> None:
    """Copy an alignment, converted to thousandths of a frame, UTF-8, no blank lines.

    Raises OSError, UserError.
    """
    if unit == OWN_UNIT:
        write_atomically(target, "".join(f"{line}\n" for line in _lines(source)).encode(), durable=False)
    else:
        write_alignment(target, _labels(source, unit))


def _lines(path: Path) -> list[str]:
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "not a regular file", str(path))
    with path.open(encoding="utf-8-sig") as file:
        return [line for line in file.read(_MAX_CHARACTERS).splitlines() if line.strip()]
