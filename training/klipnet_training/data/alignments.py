"""`.align` files: `start end word` in each line, in thousandths of a 25 fps frame.

Read as people have them: with blank lines, or with a byte order mark at the start.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from klipnet_live.atomic_file import write_atomically
from klipnet_live.types import UserError
from klipnet_training.data.transcripts import normalised

UNITS_PER_FRAME = 1000
SILENCE_LABELS = frozenset({"sil", "sp"})

WHOLE_SENTENCE = "*"
"""As the only label: when the sentence was spoken is known, but not where its words are."""


@dataclass(frozen=True, slots=True)
class Word:
    """One spoken word; frames are fractional, at 25 fps."""

    text: str
    start_frame: float
    end_frame: float


def read_alignment(path: Path) -> tuple[Word, ...]:
    """Words of an alignment without its silences. UserError for a missing file or one of another form."""
    try:
        rows = [line.split() for line in _lines(path)]
        words = [
            Word(normalised(label), int(start) / UNITS_PER_FRAME, int(end) / UNITS_PER_FRAME)
            for start, end, label in rows
        ]
    except OSError as error:
        raise UserError(
            "The alignment {path} cannot be read ({reason}): check its path.",
            path=path,
            reason=error.strerror,
        ) from error
    except ValueError as error:
        raise UserError("{path} is no alignment: write `start end word` in each line.", path=path) from error
    return tuple(word for word in words if word.text not in SILENCE_LABELS)


def read_spoken(path: Path, sentence: str) -> tuple[Word, ...]:
    """As `read_alignment`; where it tells no words apart, the sentence takes the place of one."""
    words = read_alignment(path)
    if [word.text for word in words] == [WHOLE_SENTENCE]:
        return (replace(words[0], text=sentence),)
    return words


def copy_alignment(source: Path, target: Path) -> None:
    """A copy as UTF-8 without blank lines. Errors: OSError, ValueError."""
    write_atomically(target, "".join(f"{line}\n" for line in _lines(source)).encode(), durable=False)


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip()]
