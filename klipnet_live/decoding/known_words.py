"""Decoding that falls back to the words of the training data when the free text contains others."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from klipnet_live.decoding.automaton import compile_expression
from klipnet_live.decoding.beam import BeamSearch, BeamState
from klipnet_live.decoding.expression import Choice, Phrase, Repeat
from klipnet_live.decoding.rescoring import Rescorer
from klipnet_live.decoding.transcript import Transcript
from klipnet_live.lips.alphabet import Alphabet
from klipnet_live.types import FloatArray


class KnownWordsDecoder:
    """Decodes all log-probabilities of a line, shape (time, symbols), at once.

    `words`: the training vocabulary; empty means any word. A model trained on a few dozen words writes
    other words only by mistake: for unseen faces it produces non-words. Such a line is decoded again
    with these words only; the free hypotheses still determine the confidence.
    """

    def __init__(self, free: BeamSearch, words: Iterable[str] = ()) -> None:
        self._free = free
        self._words = frozenset(words)
        self._known = _word_search(self._words, free.alphabet, free.width) if self._words else None

    def partial(self, log_probs: FloatArray) -> Transcript:
        """Transcript of an open line, which may continue."""
        state = self._free.step(log_probs, self._free.start())
        found = self._free.best(state)
        whole = found.words if found.text.endswith(" ") else found.words[:-1]
        return self._in_known_words(log_probs, state, found, [word.text for word in whole], final=False)

    def line(self, log_probs: FloatArray, rescorer: Rescorer | None = None) -> Transcript:
        """Transcript of a finished line. `rescorer`: see `BeamSearch.line`."""
        if self._known is None:
            return self._free.line(log_probs, rescorer)
        state = self._free.step(log_probs, self._free.start())
        found = self._free.best(state, final=True)
        return self._in_known_words(log_probs, state, found, found.text.split(), final=True)

    def n_best(self, log_probs: FloatArray, n: int) -> tuple[str, ...]:
        """Up to `n` different texts of a finished line in known words, most probable first.

        If the beam contains no complete sentence of a grammar, that is the text of `line` alone.
        """
        search = self._known or self._free
        hypotheses = search.hypotheses(search.step(log_probs, search.start()), final=True)
        texts = dict.fromkeys(search.alphabet.decode(hypothesis.ids).strip() for hypothesis in hypotheses)
        found = [text for text in texts if text] or [self.line(log_probs).text]
        return tuple(filter(None, found[:n]))

    def _in_known_words(
        self, log_probs: FloatArray, state: BeamState, found: Transcript, words: Sequence[str], *, final: bool
    ) -> Transcript:
        if self._known is None or self._words.issuperset(words):
            return found
        known = self._known.step(log_probs, self._known.start())
        hypotheses = self._known.hypotheses(known, final=final)
        if not hypotheses:
            return found
        mass = hypotheses[0].mass * math.exp(known.log_unit - state.log_unit)
        transcript = self._free.transcribe([hypotheses[0]._replace(mass=mass), *state.hypotheses()], state)
        return transcript.ended() if final else transcript


def _word_search(words: Iterable[str], alphabet: Alphabet, width: int) -> BeamSearch:
    """A search for any sequence of these words."""
    choice = Choice(tuple(Phrase(word, 0) for word in sorted(words)))
    return BeamSearch(alphabet, width=width, grammar=compile_expression(Repeat(choice), alphabet))
