"""Sound in a pipeline: an audio source, a speech recogniser, and the fusion of a finished line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from klipnet_live.decoding.grammar import load_grammar
from klipnet_live.fusion.clearness import MIXED, clearness_by_score, clearness_by_spread
from klipnet_live.fusion.envelope import VoiceEnvelope
from klipnet_live.fusion.line_text import LineReading, fuse_line, fuse_sound_only
from klipnet_live.fusion.search import GrammarNeighbours
from klipnet_live.fusion.spoken import written_form
from klipnet_live.fusion.turns import Turn
from klipnet_live.fusion.united import FusedText
from klipnet_live.lips.alphabet import Alphabet
from klipnet_live.sound.base import Recogniser, SoundSource
from klipnet_live.sound.transcriber import Transcriber
from klipnet_live.types import FloatArray, Phrases, Sound, Utterance

_MARGIN_S = 0.3
_TEXTS = 4
_KNOWN = 0.5
"""Below this share of known words lip reading cannot improve free text and would only cost time."""


@dataclass(frozen=True, slots=True)
class SpeechRecognition:
    """A transcriber, and the recogniser that scores candidate texts."""

    transcriber: Transcriber
    recogniser: Recogniser


@dataclass(frozen=True, slots=True)
class Hearing:
    """Sound of a pipeline.

    `open_recognition` runs on its own thread, because loading models takes a while. `media_clock`: the
    sound has the time stamps of the video, as within one file; otherwise those of time.monotonic(). `fast`:
    a file is processed faster than real time. `phrases`: sentences that are allowed or likely.
    """

    source: SoundSource
    open_recognition: Callable[[], SpeechRecognition]
    language: str
    media_clock: bool = False
    fast: bool = False
    phrases: Phrases | None = None


class LineFinisher:
    """Final text of one speaker's line, from lips and sound."""

    def __init__(self, recogniser: Recogniser, alphabet: Alphabet, phrases: Phrases | None) -> None:
        self._recogniser = recogniser
        self._grammar: GrammarNeighbours | None = None
        if phrases is not None and phrases.only:
            self._grammar = GrammarNeighbours(load_grammar(phrases.path, alphabet), alphabet)

    @property
    def closed(self) -> bool:
        """Whether only the sentences of a grammar can be written."""
        return self._grammar is not None

    def __call__(self, reading: LineReading | None, utterance: Utterance, turn: Turn) -> FusedText | None:
        """None if the recogniser's own words should stay."""
        if self._grammar is None and (reading is None or reading.known < _KNOWN):
            return None
        samples = _samples_between(utterance.sound, turn.start_s - _MARGIN_S, turn.end_s + _MARGIN_S)
        own = " ".join(word.text for word in turn.words)
        heard = list(dict.fromkeys([own, *(text for text, _ in self._recogniser.n_best(samples, _TEXTS))]))
        as_heard = set(heard)

        def score(texts: Sequence[str]) -> list[float]:
            written = [text if text in as_heard else written_form(text) for text in texts]
            return self._recogniser.score(samples, written)

        if reading is None:
            return None if self._grammar is None else fuse_sound_only(heard, score, self._grammar)
        if self._grammar is not None:
            return fuse_line(reading, heard, score, clearness_by_score, self._grammar)
        clear = MIXED if turn.mixed else clearness_by_spread(_spread_db(utterance.sound))
        return fuse_line(reading, heard, score, lambda _: clear)


def _samples_between(sound: Sound, start_s: float, end_s: float) -> FloatArray:
    first, end = (max(0, round((second - sound.clock_s) * sound.rate_hz)) for second in (start_s, end_s))
    return sound.samples[first:end] if end > first else sound.samples


def _spread_db(sound: Sound) -> float:
    envelope = VoiceEnvelope()
    envelope.push(sound.samples, 0.0)
    return envelope.spread_db(0.0, len(sound.samples) / sound.rate_hz)
