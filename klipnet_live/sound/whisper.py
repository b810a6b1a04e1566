"""Whisper speech recogniser (Radford et al. 2022), multilingual, with CTranslate2."""

from __future__ import annotations

import copy
import itertools
import math
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from klipnet_live.sound.base import ANY_LANGUAGE, RATE_HZ
from klipnet_live.sound.byte_pairs import BytePairs
from klipnet_live.sound.mel import HOP, log_mel
from klipnet_live.types import FloatArray, UserError, Word

if TYPE_CHECKING:
    import ctranslate2

MAX_S = 30.0
"""Maximum length of Whisper's input."""

_PAD_S = 10.0
"""Silence appended to the sound. Whisper was trained with inputs of 30 s, which cost three times as much for
a line of 5 s; with only 5 s of silence it hallucinates endings."""

_FRAME_S = 0.02
_TOKENS_PER_S, _MORE_TOKENS = 15, 12
"""More than anyone says; without a limit Whisper may repeat itself forever."""

_HALF = 2
"""CTranslate2 generates only half as many tokens as `max_length`."""

_BEAM = 5
_MAX_HINT_TOKENS = 200
_TINY = 1e-9
_LONG_WORD = 2.5
"""Times the median word length: the alignment stretches words beside a pause."""

_SILENCE = 0.6, -1.0
"""Above this probability of no speech and below this mean token log-probability there is no speech."""

_ENGLISH_ODDS = 1.0
"""Log-odds by which English must be likelier than Korean. In 11 Korean and 35 English stretches of 2.4 s the
log-odds for Korean were at least 2.8 and at most -3.0; in stretches of 1.6 s, -0.7 and -3.1."""


class _EncodedSound(NamedTuple):
    """Encoded sound, (1, frames of 20 ms, width), and the tokens that tell the decoder what to do."""

    frames: Any
    task: list[int]


class Whisper:
    """A Whisper model of any size in CTranslate2 format. Not thread-safe.

    `language`: en, ko, or `ANY_LANGUAGE`, which decides in each call.
    """

    def __init__(self, folder: Path, language: str) -> None:
        """Load the model. UserError if CTranslate2 is missing or the folder contains no Whisper model."""
        self.name = folder.name
        self.language = language
        self._beam = 1
        self._model = _load(folder)
        try:
            self._tokens = BytePairs(folder)
        except (OSError, ValueError, KeyError) as problem:
            raise _damaged(folder, problem) from problem
        if not self._model.is_multilingual and language != "en":
            raise UserError("{folder} recognises English only: choose another Whisper model.", folder=folder)
        self._no_times = self._tokens.id_of("<|notimestamps|>")

    def careful(self) -> Whisper:
        """The same model with beam search, for finished lines. Shares the weights."""
        other = copy.copy(self)
        other._beam = _BEAM
        return other

    def recognise(self, samples: FloatArray, hints: Sequence[str] = ()) -> tuple[Word, ...]:
        """The words with times. ValueError if `samples` is longer than 30 s."""
        encoded = self._hear(samples)
        best = self._generate(encoded, samples, hints, beam=self._beam, n=1)
        ids = best.sequences_ids[0]
        if not ids or (best.no_speech_prob > _SILENCE[0] and best.scores[0] < _SILENCE[1]):
            return ()
        return self._words(encoded, ids, len(samples) / RATE_HZ)

    def n_best(self, samples: FloatArray, n: int) -> list[tuple[str, float]]:
        """Up to `n` different texts with log-probabilities, most probable first."""
        encoded = self._hear(samples)
        found = self._generate(encoded, samples, (), beam=max(n, _BEAM), n=n)
        texts = dict.fromkeys(self._tokens.decode(ids).strip() for ids in found.sequences_ids)
        scores = self._score(encoded, list(texts))
        return sorted(zip(texts, scores, strict=True), key=lambda pair: -pair[1])

    def score(self, samples: FloatArray, texts: Sequence[str]) -> list[float]:
        """Log-probability of each text, including its end."""
        return self._score(self._hear(samples), texts)

    def _hear(self, samples: FloatArray) -> _EncodedSound:
        import ctranslate2

        if len(samples) > MAX_S * RATE_HZ:
            raise ValueError(f"expected at most {MAX_S} s of sound, got {len(samples) / RATE_HZ:.1f} s")
        length_s = min(MAX_S, len(samples) / RATE_HZ + _PAD_S)
        padded = np.zeros(round(length_s * RATE_HZ), np.float32)
        padded[: len(samples)] = samples
        mel = log_mel(padded, self._model.n_mels)
        frames = self._model.encode(ctranslate2.StorageView.from_array(np.ascontiguousarray(mel[None])))
        return _EncodedSound(frames, [self._tokens.id_of(name) for name in self._task(frames)])

    def _task(self, frames: Any) -> tuple[str, ...]:
        if not self._model.is_multilingual:
            return ("<|startoftranscript|>",)
        language = self.language
        if language == ANY_LANGUAGE:
            found = dict(self._model.detect_language(frames)[0])
            korean, english = (math.log(max(found[name], _TINY)) for name in ("<|ko|>", "<|en|>"))
            language = "ko" if korean > english - _ENGLISH_ODDS else "en"
        return "<|startoftranscript|>", f"<|{language}|>", "<|transcribe|>"

    def _generate(
        self, encoded: _EncodedSound, samples: FloatArray, hints: Sequence[str], beam: int, n: int
    ) -> Any:
        prompt = [*self._prompt(hints), *encoded.task, self._no_times]
        longest = int(_MORE_TOKENS + _TOKENS_PER_S * len(samples) / RATE_HZ)
        return self._model.generate(
            encoded.frames,
            [prompt],
            beam_size=beam,
            num_hypotheses=n,
            max_length=_HALF * longest,
            return_scores=True,
            return_no_speech_prob=True,
        )[0]

    def _prompt(self, hints: Sequence[str]) -> list[int]:
        if not hints:
            return []
        text = " " + ", ".join(hints)
        return [self._tokens.id_of("<|startofprev|>"), *self._tokens.encode(text)[:_MAX_HINT_TOKENS]]

    def _words(self, encoded: _EncodedSound, ids: list[int], length_s: float) -> tuple[Word, ...]:
        frames = round(length_s * RATE_HZ / HOP)
        aligned = self._model.align(encoded.frames, encoded.task, [ids], frames)[0]
        starts_s = _first_times(aligned.alignments, len(ids), length_s)
        pieces = list(_split_words(self._tokens, ids))
        spans = _limit_lengths([(starts_s[first], starts_s[end]) for _, first, end in pieces])
        return tuple(
            Word(text, start_s, end_s, float(np.mean(aligned.text_token_probs[first:end])), "sound")
            for (text, first, end), (start_s, end_s) in zip(pieces, spans, strict=True)
        )

    def _score(self, encoded: _EncodedSound, texts: Sequence[str]) -> list[float]:
        """Score all texts in one batch, forced through the decoder with one more token to score the end."""
        import ctranslate2

        if not texts:
            return []
        end = self._tokens.first_special
        ids = [[*self._tokens.encode(f" {text.strip()}"), end] for text in texts]
        forced = self._tokens.encode(".")
        results = self._model.generate(
            ctranslate2.StorageView.from_array(np.repeat(np.asarray(encoded.frames), len(texts), axis=0)),
            [[*encoded.task, self._no_times, *text[:-1], *forced] for text in ids],
            beam_size=1,
            max_length=_HALF * (max(map(len, ids)) + 1),
            return_logits_vocab=True,
            suppress_tokens=[],
            suppress_blank=False,
        )
        return [
            sum(
                _log_probability(logits, token) for logits, token in zip(result.logits[0], text, strict=False)
            )
            for result, text in zip(results, ids, strict=True)
        ]


def _load(folder: Path) -> ctranslate2.models.Whisper:
    try:
        import ctranslate2
    except (ImportError, OSError) as problem:
        raise UserError(
            "Whisper needs CTranslate2 ({reason}). Install it: pip install klipnet-live[sound].",
            reason=problem,
        ) from problem
    try:
        return ctranslate2.models.Whisper(
            str(folder), device="cpu", compute_type="int8", inter_threads=1, intra_threads=1
        )
    except (RuntimeError, ValueError) as problem:
        raise _damaged(folder, problem) from problem


def _damaged(folder: Path, problem: Exception) -> UserError:
    return UserError(
        "{folder} does not contain a usable Whisper model ({reason}). Choose another folder.",
        folder=folder,
        reason=problem,
    )


def _split_words(tokens: BytePairs, ids: Sequence[int]) -> Iterator[tuple[str, int, int]]:
    """Yields (word, first token, end token); a word begins with a space."""
    firsts = [i for i, number in enumerate(ids) if i == 0 or tokens.decode_bytes([number])[:1] == b" "]
    for first, end in itertools.pairwise([*firsts, len(ids)]):
        text = tokens.decode(ids[first:end]).strip()
        if re.search(r"\w", text):
            yield text, first, end


def _first_times(alignment: Sequence[tuple[int, int]], tokens: int, length_s: float) -> list[float]:
    """Start of each token and end of the last one, in seconds."""
    times = [math.inf] * (tokens + 1)
    for token, frame in alignment:
        times[token] = min(times[token], frame * _FRAME_S)
    for token in range(tokens, -1, -1):
        later = times[token + 1] if token < tokens else length_s
        times[token] = min(times[token], later, length_s)
    return times


def _limit_lengths(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Word spans without pauses that the alignment added: before the first word, after the others."""
    if not spans:
        return []
    longest_s = _LONG_WORD * float(np.median([end_s - start_s for start_s, end_s in spans]))
    first, *others = [
        (max(start_s, end_s - longest_s), end_s) if i == 0 else (start_s, min(end_s, start_s + longest_s))
        for i, (start_s, end_s) in enumerate(spans)
    ]
    return [first, *others]


def _log_probability(logits: Any, token: int) -> float:
    values = np.asarray(logits, np.float32).reshape(-1)
    top = float(values.max())
    return float(values[token]) - top - math.log(float(np.exp(values - top).sum()))
