"""Reading in the words that a model knows, where a free reading holds others."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from klipnet_live.decoding.automaton import compile_expression
from klipnet_live.decoding.beam import BeamSearch, BeamState
from klipnet_live.decoding.expression import Choice, Phrase, Repeat
from klipnet_live.decoding.rescoring import Score
from klipnet_live.decoding.transcript import Transcript
from klipnet_live.lips.alphabet import Alphabet
from klipnet_live.types import FloatArray


class WholeReader:
    """Reads all log-probabilities of a line, (time, symbols), at once.

    `words`: those of the training, empty for any. A model that was trained with some dozens of words
    writes others only by mistake: of unseen faces it spells what is none. Such a line is read again
    in known words alone, and the free hypotheses still say how sure these are.
    """

    def __init__(self, free: BeamSearch, words: Iterable[str] = ()) -> None:
        self._free = free
        self._words = frozenset(words)
        self._known = _search_of(self._words, free.alphabet, free.width) if self._words else None

    def so_far(self, log_probs: FloatArray) -> Transcript:
        """What is read of a line to which more may be added."""
        state = self._free.step(log_probs, self._free.start())
        found = self._free.best(state)
        whole = found.words if found.text.endswith(" ") else found.words[:-1]
        return self._in_known_words(log_probs, state, found, [word.text for word in whole], final=False)

    def line(self, log_probs: FloatArray, score: Score | None = None) -> Transcript:
        """What is read of a line that has ended. `score`: see `BeamSearch.line`."""
        if self._known is None:
            return self._free.line(log_probs, score)
        state = self._free.step(log_probs, self._free.start())
        found = self._free.best(state, final=True)
        return self._in_known_words(log_probs, state, found, found.text.split(), final=True)

    def n_best(self, log_probs: FloatArray, n: int) -> tuple[str, ...]:
        """At most `n` different texts of a line that has ended, in known words, the likeliest first."""
        search = self._known or self._free
        readings = search.readings(search.step(log_probs, search.start()), final=True)
        texts = dict.fromkeys(search.alphabet.decode(reading.ids).strip() for reading in readings)
        return tuple(text for text in texts if text)[:n]

    def _in_known_words(
        self, log_probs: FloatArray, state: BeamState, found: Transcript, words: Sequence[str], *, final: bool
    ) -> Transcript:
        if self._known is None or self._words.issuperset(words):
            return found
        known = self._known.step(log_probs, self._known.start())
        readings = self._known.readings(known, final=final)
        if not readings:
            return found
        mass = readings[0].mass * math.exp(known.log_unit - state.log_unit)
        transcript = self._free.judged([readings[0]._replace(mass=mass), *state.readings()], state)
        return transcript.ended() if final else transcript


def _search_of(words: Iterable[str], alphabet: Alphabet, width: int) -> BeamSearch:
    """A search for any row of these words."""
    choice = Choice(tuple(Phrase(word, 0) for word in sorted(words)))
    return BeamSearch(alphabet, width=width, grammar=compile_expression(Repeat(choice), alphabet))
