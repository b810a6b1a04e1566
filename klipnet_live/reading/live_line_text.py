"""Text of an open line.

The streaming head outputs text immediately, but with a small lag and with errors. The final head uses context
from both sides. So the line is re-decoded with the final head several times per second, and the streaming
head only adds the words since then.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import dropwhile, takewhile

from klipnet_live.decoding.commit import LocalAgreement
from klipnet_live.decoding.transcript import DecodedWord, Transcript
from klipnet_live.types import Hypothesis

COMMIT_CONFIDENCE = 0.95
"""Less certain words stay tentative: they may still be corrected."""

SHOWN_CONFIDENCE = 0.75
"""The last words of an open line are hidden below this confidence: often the mouth has just begun them.

On GRID's validation split 22 % of the displayed words changed later without this rule, 14 % with it; 12 % of
the lines began with a wrong word, none with it; 4 % fewer words are displayed.
"""

STREAM_LAG_FRAMES = 5
"""Lag of the streaming head behind the final head, which results from its training."""


class LiveLineText:
    """Combines the output of both heads; committed text only grows.

    `words`: the words of the displayed text, with frames as counted by the final head.
    """

    def __init__(self, rule: LocalAgreement) -> None:
        self._rule = rule
        self._base = ""
        self._base_words: tuple[DecodedWord, ...] = ()
        self.words: tuple[DecodedWord, ...] = ()
        self.shown = Hypothesis("", "", 0.0)

    def add(self, streamed: Transcript) -> None:
        """Process new output of the streaming head."""
        ends = self._base_words[-1].last_frame if self._base_words else -1
        covered = ends + STREAM_LAG_FRAMES
        new = _presentable(dropwhile(lambda word: word.first_frame <= covered, streamed.words))
        tail = " ".join(word.text for word in new)
        text = f"{self._base} {tail}".strip() if tail else self._base
        self.shown = self._rule.show(text, streamed.confidence if tail else self.shown.confidence)
        self.words = _words_of(self.shown.text, (*self._base_words, *map(_without_lag, new)), self.words)

    def revise(self, found: Transcript, *, trusted: bool = True) -> None:
        """Process new output of the final head; nothing is committed unless it is `trusted`."""
        words = _presentable(found.words)
        whole = len(words) == len(found.words)
        text = found.text + found.dangling if whole else " ".join(word.text for word in words)
        self._base = text.rstrip()
        self._base_words = tuple(words)
        self._rule, self.shown = self._rule.update(text, found.confidence, _sure(found) if trusted else "")
        self.words = _words_of(self.shown.text, words, self.words)

    def completed(self, found: Transcript) -> Hypothesis:
        """The final text of the line; committed text is unchanged."""
        self.shown = Hypothesis(self._rule.completed(found.text), "", found.confidence)
        self.words = _words_of(self.shown.text, found.words, self.words)
        return self.shown


def _presentable(words: Iterable[DecodedWord]) -> list[DecodedWord]:
    """The words without uncertain ones at the end."""
    shown = list(words)
    while shown and shown[-1].confidence < SHOWN_CONFIDENCE:
        shown.pop()
    return shown


def _sure(found: Transcript) -> str:
    """The leading words that may be committed; a trailing space means that the last one is complete."""
    words = list(takewhile(lambda word: word.confidence >= COMMIT_CONFIDENCE, found.words))
    text = " ".join(word.text for word in words)
    return text + " " if words and (len(words) < len(found.words) or found.text.endswith(" ")) else text


def _without_lag(word: DecodedWord) -> DecodedWord:
    first, last = (max(0, frame - STREAM_LAG_FRAMES) for frame in (word.first_frame, word.last_frame))
    return replace(word, first_frame=first, last_frame=last)


def _words_of(
    text: str, found: Sequence[DecodedWord], before: Sequence[DecodedWord]
) -> tuple[DecodedWord, ...]:
    """The words of `text` as in `found`; committed ones that have changed, as in `before`."""
    tokens = text.split()
    blocks = SequenceMatcher(
        None, tokens, [word.text for word in found], autojunk=False
    ).get_matching_blocks()
    known = dict(enumerate(before))
    known |= {a + i: found[b + i] for a, b, size in blocks for i in range(size)}
    words: list[DecodedWord] = []
    for i, token in enumerate(tokens):
        earliest = words[-1].first_frame if words else 0
        word = known.get(i)
        if word is None or word.text != token:
            # The first part of a Korean syllable: its word is not complete.
            word = replace(found[-1], text=token) if found else DecodedWord(token, earliest, earliest, 0.0)
        first = max(earliest, word.first_frame)
        words.append(replace(word, first_frame=first, last_frame=max(first, word.last_frame)))
    return tuple(words)
