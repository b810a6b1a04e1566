"""`.align` files as people have them: with blank lines at the end, or a byte order mark at the start."""

from __future__ import annotations

from pathlib import Path

from training.data.clips import ALIGN_UNITS_PER_FRAME, SILENCE_LABELS, Word


def read_found_alignment(path: Path) -> tuple[Word, ...]:
    """Words of an alignment, without its silences. Errors: ValueError, OSError."""
    rows = [line.split() for line in _lines(path)]
    if any(len(row) != 3 for row in rows):
        raise ValueError("expected `start end word` in each line")
    return tuple(
        Word(label, int(start) / ALIGN_UNITS_PER_FRAME, int(end) / ALIGN_UNITS_PER_FRAME)
        for start, end, label in rows
        if label not in SILENCE_LABELS
    )


def copy_alignment(source: Path, target: Path) -> None:
    """A copy as `clips.read_alignment` reads it. Errors: ValueError, OSError."""
    target.write_text("".join(f"{line}\n" for line in _lines(source)), encoding="utf-8")


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip()]
