"""The text of a line that was heard and seen: candidates of both, scored by both."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

import numpy as np

from klipnet_live.fusion.clearness import clearness_by_score
from klipnet_live.fusion.ctc import Scores, best_log_prob, sentence_log_probs
from klipnet_live.fusion.search import GrammarNeighbours, Scored, climb
from klipnet_live.fusion.spoken import spoken_form
from klipnet_live.fusion.united import United, unite
from klipnet_live.lips.alphabet import Alphabet, UnknownCharacterError
from klipnet_live.types import FloatArray

SoundScore = Callable[[Sequence[str]], Iterable[float]]
"""Log-probabilities of texts, natural, by a recogniser that heard the line."""

UNKNOWN_WORD: Final = 60.0
"""By how much, in natural logarithms, a text with words that the lips do not know is less likely to them
than the best that they can read. Faces and words that they do not know make this count for little."""

_KNOWN_BELOW: Final = 0.68
_SOFTNESS: Final = 0.04
"""Entropy for each symbol at which a face is as likely known as not, and how sharply that changes."""

_LIKELY: Final = 20
"""Neighbours of a good text that the sound scores as well, in each round, by what the lips say of them."""

_ROUNDS: Final = 3
_CROSSED: Final = 4


@dataclass(frozen=True, slots=True)
class LineReading:
    """What the lips say of one line. `log_probs`: (time, symbols), from the final head.

    `texts`: its likeliest texts, the best one first. `words`: those that the model knows, empty for any.
    """

    log_probs: FloatArray
    texts: tuple[str, ...]
    alphabet: Alphabet
    words: frozenset[str]

    @property
    def known(self) -> float:
        """The probability that the model knows this face and these words: it is sure then, frame by frame.

        The entropy of its frames for each symbol of the text is 0.35 to 0.60 on 30 lines of GRID's s1, of
        whom `en-grid` learnt, and 0.76 to 1.93 on 17 lines of two strangers.
        """
        entropy = -float((np.exp(self.log_probs) * self.log_probs).sum())
        symbols = len(self.texts[0]) if self.texts else 0
        return 1 / (1 + math.exp(min(50.0, (entropy / max(1, symbols) - _KNOWN_BELOW) / _SOFTNESS)))

    def spelled(self, text: str) -> list[int] | None:
        """Symbols of a text; None where it holds words that the model does not know."""
        words = spoken_form(text, self.alphabet.language).split()
        if self.words and not self.words.issuperset(words):
            return None
        try:
            return self.alphabet.encode(" ".join(words))
        except UnknownCharacterError:
            return None

    def score(self, texts: Sequence[str]) -> Scores:
        """Log-probabilities of texts."""
        spelled = [self.spelled(text) for text in texts]
        scores = np.full(len(texts), best_log_prob(self.log_probs) - UNKNOWN_WORD)
        known = [i for i, ids in enumerate(spelled) if ids is not None]
        if known:
            scores[known] = sentence_log_probs(self.log_probs, [ids for ids in spelled if ids is not None])
        return scores


def united_text(
    reading: LineReading,
    heard: Sequence[str],
    score: SoundScore,
    clearness: Callable[[float], float],
    grammar: GrammarNeighbours | None = None,
) -> United:
    """The text that both together find likeliest, with all that were compared.

    `heard`: the recogniser's likeliest texts. `clearness`: how far its scores can be believed, by the
    log-probability of a word of the text that it finds best. With a grammar nothing else is written.
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
    """The sentence of a grammar that fits the sound best, by climbing from the one that is closest to what a
    recogniser wrote freely."""
    language = grammar.alphabet.language
    wanted = spoken_form(heard[0], language) if heard else ""

    def alike(texts: Sequence[str]) -> Scores:
        return np.array([SequenceMatcher(None, text, wanted, autojunk=False).ratio() for text in texts])

    return climb(score, climb(alike, grammar.any_sentence(), grammar), grammar)


def heard_alone(heard: Sequence[str], score: SoundScore, grammar: GrammarNeighbours) -> United:
    """The sentence of a grammar that was heard, where no lips were read."""
    sound = Scored(score)
    heard_best(heard, sound, grammar)
    texts = list(sound.known)
    scores = sound(texts)
    best = int(scores.argmax())
    clear = clearness_by_score(float(scores[best]) / max(1, len(texts[best].split())))
    return unite(texts, scores, np.zeros(len(texts)), clearness=clear, known=0.0)


def _united(sound: Scored, reading: LineReading, lips: Scored, clearness: Callable[[float], float]) -> United:
    """All texts that the sound has scored; those that are spoken alike are one, as it is best written."""
    texts = list(sound.known)
    scores = sound(texts)
    ways: defaultdict[str, list[int]] = defaultdict(list)
    for i, text in enumerate(texts):
        ways[spoken_form(text, reading.alphabet.language)].append(i)
    best = [max(group, key=lambda i: scores[i]) for group in ways.values()]
    written = [texts[i] for i in best]
    heard = np.array([np.logaddexp.reduce(scores[group]) for group in ways.values()])
    top = int(heard.argmax())
    clear = clearness(float(heard[top]) / max(1, len(written[top].split())))
    return unite(written, heard, lips(written), clearness=clear, known=reading.known)


def _crossed(heard: Sequence[str], read: Sequence[str], language: str) -> Iterator[str]:
    """What was heard, as it is spoken, with one or all stretches of words as the lips read them."""
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
