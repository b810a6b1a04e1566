"""Text of a line from lips and sound: candidates of both, scored by both."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Final

import numpy as np

from klipnet_live.fusion.clearness import clearness_by_score
from klipnet_live.fusion.ctc import Scores, best_log_prob, sentence_log_probs
from klipnet_live.fusion.search import GrammarNeighbours, Scored, climb
from klipnet_live.fusion.spoken import spoken_form
from klipnet_live.fusion.united import FusedText, fuse_scores
from klipnet_live.lips.alphabet import Alphabet, UnknownCharacterError
from klipnet_live.types import FloatArray

SoundScore = Callable[[Sequence[str]], Iterable[float]]
"""Natural log-probabilities of texts by a recogniser, given the sound of the line."""

UNKNOWN_WORD: Final = 60.0
"""Penalty in natural logarithms for a text with words unknown to the lip model, relative to its best path. It
has little effect on unknown faces and vocabularies."""

_KNOWN_BELOW: Final = 0.68
_SOFTNESS: Final = 0.04
"""Entropy per symbol at which a face is as likely known as unknown, and the width of the transition."""

_LIKELY: Final = 20
"""Number of neighbours of a good text that are also scored by sound in each round, chosen by lip score."""

_ROUNDS: Final = 3
_CROSSED: Final = 4


@dataclass(frozen=True)
class LineReading:
    """Lip reading of one line. `log_probs`: (time, symbols), from the final head.

    `texts`: most probable first. `words`: vocabulary of the model, empty for any.
    """

    log_probs: FloatArray
    texts: tuple[str, ...]
    alphabet: Alphabet
    words: frozenset[str]

    @cached_property
    def known(self) -> float:
        """Probability that the model knows this face and vocabulary, in which case its output is certain.

        The entropy per symbol of the text is 0.32 to 0.65 on 24 lines of GRID's s1, a training speaker of
        `en-grid`, and 0.64 to 1.57 on 10 lines of s31, an unseen speaker; the lowest of these is read right.
        """
        entropy = -float((np.exp(self.log_probs) * self.log_probs).sum())
        symbols = len(self.texts[0]) if self.texts else 0
        return 1 / (1 + math.exp(min(50.0, (entropy / max(1, symbols) - _KNOWN_BELOW) / _SOFTNESS)))

    def spelled(self, text: str) -> list[int] | None:
        """Symbols of a text; None if it contains words unknown to the model."""
        words = spoken_form(text, self.alphabet.language).split()
        if self.words and not self.words.issuperset(words):
            return None
        try:
            return self.alphabet.encode(" ".join(words))
        except UnknownCharacterError:
            return None

    def score(self, texts: Sequence[str]) -> Scores:
        """Log-probabilities of texts, (texts,)."""
        spelled = [self.spelled(text) for text in texts]
        scores = np.full(len(texts), best_log_prob(self.log_probs) - UNKNOWN_WORD)
        known = [i for i, ids in enumerate(spelled) if ids is not None]
        if known:
            scores[known] = sentence_log_probs(self.log_probs, [ids for ids in spelled if ids is not None])
        return scores


def fuse_line(
    reading: LineReading,
    heard: Sequence[str],
    score: SoundScore,
    clearness: Callable[[float], float],
    grammar: GrammarNeighbours | None = None,
) -> FusedText:
    """The most probable text given both, with all candidates.

    `heard`: the recogniser's most probable texts. `clearness`: reliability of its scores, as a function of
    the log-probability per word of its best text. With a grammar only its sentences are candidates.
    """
    sound, lips = Scored(score), Scored(reading.score)
    if grammar is None:
        sound([*heard, *reading.texts, *_crossed(heard, reading.texts, reading.alphabet.language)])
    else:
        heard_best(heard, sound, grammar)
        sound([climb(lips, text, grammar) for text in reading.texts[:1] or [grammar.any_sentence()]])
    found = _united(sound, reading, lips, clearness)
    for _ in range(_ROUNDS if grammar is not None else 0):
        before = found.best
        around = [text for text in grammar(before) if text not in sound.known] if grammar else []
        likely = np.argsort(-lips(around))[:_LIKELY] if around else ()
        sound([around[i] for i in likely])
        found = _united(sound, reading, lips, clearness)
        if found.best == before:
            break
    return found


def heard_best(
    heard: Sequence[str], score: Callable[[Sequence[str]], Scores], grammar: GrammarNeighbours
) -> str:
    """The sentence of a grammar that fits the sound best, by hill climbing from the sentence closest to the
    recogniser's free text."""
    language = grammar.alphabet.language
    likeliest = spoken_form(heard[0], language) if heard else ""

    def alike(texts: Sequence[str]) -> Scores:
        return np.array([SequenceMatcher(None, text, likeliest, autojunk=False).ratio() for text in texts])

    return climb(score, climb(alike, grammar.any_sentence(), grammar), grammar)


def fuse_sound_only(heard: Sequence[str], score: SoundScore, grammar: GrammarNeighbours) -> FusedText:
    """The sentence of a grammar from sound alone, without lip reading."""
    sound = Scored(score)
    heard_best(heard, sound, grammar)
    texts = list(sound.known)
    scores = sound(texts)
    best = int(scores.argmax())
    clear = clearness_by_score(float(scores[best]) / max(1, len(texts[best].split())))
    return fuse_scores(texts, scores, np.zeros(len(texts)), clearness=clear, known=0.0)


def _united(
    sound: Scored, reading: LineReading, lips: Scored, clearness: Callable[[float], float]
) -> FusedText:
    """Combine all texts scored by sound; texts with the same spoken form become one, in its best spelling."""
    texts = list(sound.known)
    scores = sound(texts)
    spellings: defaultdict[str, list[int]] = defaultdict(list)
    for i, text in enumerate(texts):
        spellings[spoken_form(text, reading.alphabet.language)].append(i)
    best = [max(group, key=lambda i: scores[i]) for group in spellings.values()]
    written = [texts[i] for i in best]
    heard = np.array([np.logaddexp.reduce(scores[group]) for group in spellings.values()])
    top = int(heard.argmax())
    clear = clearness(float(heard[top]) / max(1, len(written[top].split())))
    return fuse_scores(written, heard, lips(written), clearness=clear, known=reading.known)


def _crossed(heard: Sequence[str], read: Sequence[str], language: str) -> Iterator[str]:
    """Heard texts in spoken form, with one or all differing spans replaced by those of the lips."""
    for one in heard[:_CROSSED]:
        for other in read[:_CROSSED]:
            mine, theirs = spoken_form(one, language).split(), other.split()
            blocks = SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes()
            changes = [block for block in blocks if block[0] == "replace"]
            for chosen in [[change] for change in changes] + ([changes] if len(changes) > 1 else []):
                words = list(mine)
                for _, first, end, from_, to in reversed(chosen):
                    words[first:end] = theirs[from_:to]
                yield " ".join(words)
