"""Local agreement: when partial text stops changing.

Liu, Spanakis, Niehues 2020, "Low-latency sequence-to-sequence speech recognition and translation by
partial hypothesis selection"; used live by Macháček, Dabre, Bojar 2023, "Turning Whisper into
real-time transcription system": the text on which successive hypotheses agree is committed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from klipnet_live.types import Hypothesis


@dataclass(frozen=True, slots=True)
class LocalAgreement:
    """Commits the words that the last `successive` hypotheses of an open line have in common.

    The last word of a hypothesis may still grow and is not committed, unless a space follows.
    """

    successive: int = 2
    committed: str = ""
    recent: tuple[str, ...] = ()

    def update(
        self, text: str, confidence: float, sure: str | None = None
    ) -> tuple[LocalAgreement, Hypothesis]:
        """The rule after one more hypothesis `text`, and the caption to show.

        `sure`: the beginning of `text` that may be committed; all of it by default.
        """
        recent = (*self.recent, text if sure is None else sure)[-self.successive :]
        committed = self.committed
        if len(recent) == self.successive:
            agreed = _whole_words(_common_beginning(recent))
            committed += _beyond(committed, agreed)
        rule = replace(self, committed=committed, recent=recent)
        return rule, rule.show(text, confidence)

    def show(self, text: str, confidence: float) -> Hypothesis:
        """`text` as a caption: the committed part and the rest, which may still change."""
        return Hypothesis(self.committed, _beyond(self.committed, text.rstrip()), confidence)

    def completed(self, text: str) -> str:
        """Text of the finished line: the committed part, continued by the final `text`."""
        return (self.committed + _beyond(self.committed, text)).strip()


def _whole_words(text: str) -> str:
    return text[: text.rfind(" ") + 1].rstrip()


def _beyond(committed: str, text: str) -> str:
    """The part of `text` that follows `committed`, even if the two disagree.

    `text` is split after its beginning with the smallest edit distance to `committed`, in words.
    """
    if text.startswith(committed):
        return text[len(committed) :]
    words = list(re.finditer(r"\S+", text))
    costs = _prefix_distances(committed.split(), [word[0] for word in words])
    nearest = max(range(len(costs)), key=lambda length: (-costs[length], length))
    return text[words[nearest - 1].end() :] if nearest else text


def _common_beginning(texts: Sequence[str]) -> str:
    alike = takewhile(lambda column: len(set(column)) == 1, zip(*texts, strict=False))
    return "".join(column[0] for column in alike)


def _prefix_distances(source: Sequence[str], target: Sequence[str]) -> list[int]:
    """Levenshtein distance of `source` to each prefix of `target`, shortest prefix first."""
    row = list(range(len(target) + 1))
    for i, word in enumerate(source, 1):
        diagonal, row[0] = row[0], i
        for j, other in enumerate(target, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (word != other))
    return row
