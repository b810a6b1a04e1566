"""What is shown of a line that is still open.

The streaming head writes at once, but a little late and with mistakes. The final head sees both sides of
each sound. So the line is read again by it several times a second, and the streaming head adds only the
words that came since.
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
"""Words less sure than this stay tentative: a later reading may still correct them."""

SHOWN_CONFIDENCE = 0.75
"""The last words of an open line wait until they are this sure: the mouth has often just begun them.

On GRID's validation split 22 % of the words that were shown changed later without this, 14 % with it, and
12 % of the lines began with a wrong word, none with it; there are 4 % fewer words on the screen.
"""

STREAM_LAG_FRAMES = 5
"""How much later the streaming head writes a symbol than the final head (its training decides this)."""


class LiveLineText:
    """Joins what both heads have read; committed text only grows.

    `words`: those of the text that is shown, frames counted as the final head counts them.
    """

    def __init__(self, rule: LocalAgreement) -> None:
        self._rule = rule
        self._base = ""
        self._base_words: tuple[DecodedWord, ...] = ()
        self.words: tuple[DecodedWord, ...] = ()
        self.shown = Hypothesis("", "", 0.0)

    def add(self, streamed: Transcript) -> None:
        """The streaming head has read on."""
        ends = self._base_words[-1].last_frame if self._base_words else -1
        covered = ends + STREAM_LAG_FRAMES
        new = _presentable(dropwhile(lambda word: word.first_frame <= covered, streamed.words))
        tail = " ".join(word.text for word in new)
        text = f"{self._base} {tail}".strip() if tail else self._base
        self.shown = self._rule.show(text, streamed.confidence if tail else self.shown.confidence)
        self.words = _words_of(self.shown.text, (*self._base_words, *map(_without_lag, new)), self.words)

    def revise(self, found: Transcript, *, trusted: bool = True) -> None:
        """The final head has read the line again; nothing of a reading that is not `trusted` is committed."""
        words = _presentable(found.words)
        whole = len(words) == len(found.words)
        text = found.text + found.dangling if whole else " ".join(word.text for word in words)
        self._base = text.rstrip()
        self._base_words = tuple(words)
        self._rule, self.shown = self._rule.update(text, found.confidence, _sure(found) if trusted else "")
        self.words = _words_of(self.shown.text, words, self.words)

    def completed(self, found: Transcript) -> Hypothesis:
        """The line has ended; what was committed stays as it is."""
        self.shown = Hypothesis(self._rule.completed(found.text), "", found.confidence)
        self.words = _words_of(self.shown.text, found.words, self.words)
        return self.shown


def _presentable(words: Iterable[DecodedWord]) -> list[DecodedWord]:
    """Without those at the end that are not sure enough yet."""
    shown = list(words)
    while shown and shown[-1].confidence < SHOWN_CONFIDENCE:
        shown.pop()
    return shown


def _sure(found: Transcript) -> str:
    """The leading words that are confident enough; a space behind them says that the last one is over."""
    words = list(takewhile(lambda word: word.confidence >= COMMIT_CONFIDENCE, found.words))
    text = " ".join(word.text for word in words)
    return text + " " if words and (len(words) < len(found.words) or found.text.endswith(" ")) else text


def _without_lag(word: DecodedWord) -> DecodedWord:
    first, last = (max(0, frame - STREAM_LAG_FRAMES) for frame in (word.first_frame, word.last_frame))
    return replace(word, first_frame=first, last_frame=last)


def _words_of(
    text: str, found: Sequence[DecodedWord], before: Sequence[DecodedWord]
) -> tuple[DecodedWord, ...]:
    """The words of `text` as they were `found`; a committed one that no longer is, as it was `before`."""
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
            # The beginning of a Korean syllable: its word is not over.
            word = replace(found[-1], text=token) if found else DecodedWord(token, earliest, earliest, 0.0)
        first = max(earliest, word.first_frame)
        words.append(replace(word, first_frame=first, last_frame=max(first, word.last_frame)))
    return tuple(words)
