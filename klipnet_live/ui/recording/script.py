"""The list of sentences to record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence


class Script:
    """Sentences in order; a sentence that occurs twice is recorded twice."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self._sentences = tuple(sentences)
        self._skipped = 0

    def __len__(self) -> int:
        return len(self._sentences)

    def done(self, spoken: Sequence[str]) -> int:
        """Number of sentences that have been recorded."""
        return len(self) - len(self._left(spoken))

    def next(self, spoken: Sequence[str]) -> str | None:
        """The next sentence to record; None if all are recorded."""
        left = self._left(spoken)
        return left[self._skipped % len(left)] if left else None

    def skip(self) -> None:
        """Move the next sentence to the end."""
        self._skipped += 1

    def _left(self, spoken: Sequence[str]) -> list[str]:
        counts = Counter(spoken)
        left = []
        for sentence in self._sentences:
            if counts[sentence]:
                counts[sentence] -= 1
            else:
                left.append(sentence)
        return left
