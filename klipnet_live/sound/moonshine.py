"""Moonshine speech recogniser for English (Jeffries et al. 2024, "Moonshine: speech recognition for live
transcription").

Its encoder takes raw audio of any length, so short lines are cheap.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klipnet_live.onnx_session import OnnxSession
from klipnet_live.sound.base import RATE_HZ
from klipnet_live.sound.hinted_words import candidates, letters
from klipnet_live.sound.sentence_pieces import END, START, SentencePieces
from klipnet_live.sound.word_times import spread
from klipnet_live.types import FloatArray, UserError, Word

ENCODER, DECODER, TOKENS = "encoder_model.ort", "decoder_model_merged.ort", "tokenizer.bin"

_SHORTEST = RATE_HZ // 10
_TOKENS_PER_S, _MORE_TOKENS = 6.5, 6
"""More than anyone says; without a limit the decoder repeats itself on noise."""

_HINT = 6.0
"""Log-odds for each hinted word. In synthetic speech 19 of 54 names were right instead of 5; the 18 names and
three voices were not used to choose it. Names that nobody said appeared in none of 65 lines."""
_ROUNDS = 3
"""Maximum number of hints in an utterance."""

Scores = NDArray[np.float32]
Cache = dict[str, FloatArray]


@dataclass(frozen=True, slots=True)
class _EncodedSound:
    """Encoded sound. `frames`: (1, frames, width); `mask`: (1, samples)."""

    frames: FloatArray
    mask: NDArray[np.int64]

    def repeated(self, n: int) -> _EncodedSound:
        return _EncodedSound(np.repeat(self.frames, n, axis=0), np.repeat(self.mask, n, axis=0))


@dataclass(frozen=True, slots=True)
class _Beam:
    """A partial text: its tokens, and the log-probability of each."""

    tokens: tuple[int, ...] = ()
    logs: tuple[float, ...] = ()

    @property
    def ended(self) -> bool:
        return self.tokens[-1:] == (END,)

    @property
    def log(self) -> float:
        return sum(self.logs)

    @property
    def text_tokens(self) -> tuple[int, ...]:
        return self.tokens[:-1] if self.ended else self.tokens


class Moonshine:
    """Recogniser from a folder with encoder, decoder and tokens. Not thread-safe."""

    language = "en"

    def __init__(self, folder: Path) -> None:
        """Load the model. UserError if the folder does not contain one."""
        self.name = folder.name
        try:
            self._encoder = OnnxSession(folder / ENCODER, preferred=())
            self._decoder = OnnxSession(folder / DECODER, preferred=())
            self._tokens = SentencePieces(folder / TOKENS)
        except (OSError, ValueError, UserError) as problem:
            raise UserError(
                "{folder} does not contain a usable Moonshine model ({reason}). Choose another folder.",
                folder=folder,
                reason=problem.values["reason"] if isinstance(problem, UserError) else problem,
            ) from problem
        self._empty_cache = _empty_cache(self._decoder)
        self._encoded: tuple[FloatArray, _EncodedSound] | None = None
        """The last sound that was encoded: a line is read, and then its candidates are scored in batches."""

    def recognise(self, samples: FloatArray, hints: Sequence[str] = ()) -> tuple[Word, ...]:
        """The words, with times estimated from loudness, because Moonshine gives none."""
        if len(samples) < _SHORTEST:
            return ()
        encoded = self._hear(samples)
        best = self._write(encoded, samples, 1)[0]
        best, hinted = self._with_hints(best, encoded, hints)
        return tuple(
            replace(word, confidence=max(word.confidence, hinted.get(letters(word.text), 0.0)))
            for word in self._words(best, samples)
        )

    def n_best(self, samples: FloatArray, n: int) -> list[tuple[str, float]]:
        """Up to `n` different texts with log-probabilities, most probable first."""
        if len(samples) < _SHORTEST:
            return []
        texts: dict[str, float] = {}
        for beam in self._write(self._hear(samples), samples, n):
            texts.setdefault(self._tokens.decode(beam.text_tokens), beam.log)
        return list(texts.items())

    def score(self, samples: FloatArray, texts: Sequence[str]) -> list[float]:
        """Log-probability of each text, including its end."""
        if not texts:
            return []
        if len(samples) < _SHORTEST:
            samples = np.pad(samples, (0, _SHORTEST - len(samples)))
        encoded = self._hear(samples)
        return [self._forced(encoded, text).log for text in texts]

    def _with_hints(
        self, beam: _Beam, encoded: _EncodedSound, hints: Sequence[str]
    ) -> tuple[_Beam, dict[str, float]]:
        """The text with hints in place of similar words, as long as that makes it more probable.

        Also the letters of the hinted words, with the probability of each against what was written before.
        """
        text, hinted = self._tokens.decode(beam.text_tokens), dict[str, float]()
        for _ in range(_ROUNDS if hints else 0):
            found = candidates(text.split(), hints)
            if not found:
                break
            before = self._forced(encoded, text).log
            forced = [self._forced(encoded, one.text) for one in found]
            gains = [other.log + _HINT * one.words - before for one, other in zip(found, forced, strict=True)]
            best = max(range(len(gains)), key=gains.__getitem__)
            if gains[best] <= 0:
                break
            beam, text = forced[best], found[best].text
            sure = 1 / (1 + math.exp(-gains[best]))
            hinted |= dict.fromkeys(map(letters, found[best].hint.split()), sure)
        return beam, hinted

    def _forced(self, encoded: _EncodedSound, text: str) -> _Beam:
        """The beam of a given text, with its end.

        The decoder quantises a whole batch at once: in a batch with other texts a score changes by up to 1.
        """
        tokens = (*self._tokens.encode(text), END)
        ids = np.array([[START, *tokens[:-1]]], np.int64)
        logs, _ = self._step(encoded, ids, None)
        return _Beam(tokens, tuple(logs[0, range(len(tokens)), tokens].tolist()))

    def _hear(self, samples: FloatArray) -> _EncodedSound:
        last = self._encoded
        if last is not None and last[0] is samples:
            return last[1]
        mask = np.ones((1, len(samples)), np.int64)
        (frames,) = self._encoder.run({"input_values": samples[None], "attention_mask": mask})
        # The decoder needs the mask of the samples, not of the frames; otherwise it fails beyond 9 s.
        encoded = _EncodedSound(frames, mask)
        self._encoded = samples, encoded
        return encoded

    def _write(self, encoded: _EncodedSound, samples: FloatArray, width: int) -> list[_Beam]:
        """Beam search: the best texts, most probable first."""
        longest = int(_MORE_TOKENS + _TOKENS_PER_S * len(samples) / RATE_HZ)
        open_beams, ended = [_Beam()], []
        ids: NDArray[np.int64] = np.full((1, 1), START, np.int64)
        cache: Cache | None = None
        for _ in range(longest):
            logs, cache = self._step(encoded.repeated(len(open_beams)), ids, cache)
            grown, parents = _grow(open_beams, logs[:, -1], width)
            ended += [beam for beam in grown if beam.ended]
            kept = [(beam, parent) for beam, parent in zip(grown, parents, strict=True) if not beam.ended]
            if not kept or (len(ended) >= width and max(b.log for b, _ in kept) < min(b.log for b in ended)):
                break
            open_beams = [beam for beam, _ in kept]
            rows = [parent for _, parent in kept]
            cache = {name: values[rows] for name, values in cache.items()}
            ids = np.array([[beam.tokens[-1]] for beam in open_beams], np.int64)
        return sorted(ended or open_beams, key=lambda beam: -beam.log)[:width]

    def _step(
        self, encoded: _EncodedSound, ids: NDArray[np.int64], cache: Cache | None
    ) -> tuple[Scores, Cache]:
        """Log-probabilities of the next token, (texts, tokens, vocabulary), and the extended cache."""
        fed: dict[str, NDArray[Any]] = {
            "encoder_hidden_states": encoded.frames,
            "encoder_attention_mask": encoded.mask,
            "input_ids": ids,
        }
        past = self._empty_cache if cache is None else cache
        logits, *present = self._decoder.run(
            {**fed, **past, "use_cache_branch": np.array([cache is not None])}
        )
        # The encoder's part of the cache is constant, and is returned empty.
        kept = () if cache is None else [name for name in past if ".encoder." in name]
        grown = {
            name: past[name] if name in kept else after for name, after in zip(past, present, strict=True)
        }
        return _log_softmax(logits), grown

    def _words(self, beam: _Beam, samples: FloatArray) -> tuple[Word, ...]:
        firsts = [i for i, token in enumerate(beam.text_tokens) if i == 0 or self._tokens.begins_word(token)]
        ends = [*firsts[1:], len(beam.text_tokens)]
        words = [
            (self._tokens.decode(beam.tokens[first:end]), float(np.exp(np.mean(beam.logs[first:end]))))
            for first, end in zip(firsts, ends, strict=True)
        ]
        words = [(text, confidence) for text, confidence in words if any(letter.isalnum() for letter in text)]
        spans = spread([text for text, _ in words], samples)
        return tuple(
            Word(text, start_s, end_s, confidence, "sound")
            for (text, confidence), (start_s, end_s) in zip(words, spans, strict=True)
        )


def _grow(beams: Sequence[_Beam], logs: Scores, width: int) -> tuple[list[_Beam], list[int]]:
    """The `width` most probable extensions, and the beam of each. `logs`: (beams, vocabulary)."""
    likeliest = np.argpartition(-logs, width - 1, axis=1)[:, :width]
    grown = [
        (_Beam((*beam.tokens, int(token)), (*beam.logs, float(logs[row, token]))), row)
        for row, beam in enumerate(beams)
        for token in likeliest[row]
    ]
    grown = sorted(grown, key=lambda pair: -pair[0].log)[:width]
    return [beam for beam, _ in grown], [row for _, row in grown]


def _log_softmax(logits: Scores) -> Scores:
    logits = logits - logits.max(axis=-1, keepdims=True)
    return np.asarray(logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True)))


def _empty_cache(decoder: OnnxSession) -> Cache:
    """Cache for an empty text, with the shapes that the decoder declares."""
    shapes = {name: shape for name, shape in decoder.inputs.items() if name.startswith("past_key_values")}
    return {
        name: np.zeros((1, int(shape[1]), 0, int(shape[3])), np.float32) for name, shape in shapes.items()
    }
