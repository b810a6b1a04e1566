"""A lip-reading model: loads its ONNX graphs and runs them on chunks and whole lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from klipnet_live.decoding.rescoring import Rescorer
from klipnet_live.manifest import GraphFile, load_manifest
from klipnet_live.onnx_session import OnnxSession, unfit
from klipnet_live.reading.feature_statistics import METADATA_KEY, FeatureStatistics
from klipnet_live.types import FloatArray, GreyImage

State = Mapping[str, FloatArray]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Output of a chunk for one speaker.

    log_probs (chunk, symbols); speaking (chunk,), probabilities; kept (chunk, features); state after the
    chunk.
    """

    log_probs: FloatArray
    speaking: FloatArray
    kept: FloatArray
    state: State


@dataclass(frozen=True, slots=True)
class WholeReading:
    """Output for a whole line: log_probs (time, symbols), and the rescorer of its texts, if any."""

    log_probs: FloatArray
    rescorer: Rescorer | None = None


class LipModel:
    """Processes chunks of several speakers in one batch, and finished lines.

    `statistics`: of the features of its training data; None if it was exported without them.
    """

    def __init__(self, folder: Path) -> None:
        self.manifest = load_manifest(folder)
        self._folder = folder
        self._stream = OnnxSession(folder / self.manifest.stream.file)
        self._final = OnnxSession(folder / self.manifest.final.file)
        self._decoder = self._optional(self.manifest.decoder)
        self._language_model = self._optional(self.manifest.language_model)
        self.statistics = _statistics(folder, self._final)
        self._zeros = {name: np.zeros(shape, np.float32) for name, shape in self.manifest.states.items()}

    def _optional(self, graph: GraphFile | None) -> OnnxSession | None:
        return None if graph is None else OnnxSession(self._folder / graph.file)

    def check(self) -> None:
        """Run both graphs once. UserError if inputs or outputs do not match the manifest."""
        manifest = self.manifest
        crop = np.zeros((manifest.crop.height, manifest.crop.width), np.uint8)
        count, symbols = manifest.chunk_frames, manifest.alphabet.size
        try:
            (chunk,) = self.stream([[crop] * count], [self._zeros])
            steps = len(chunk.kept)
            final = self._final.run({"kept": chunk.kept[None]})[0][0]
            shapes = [chunk.log_probs.shape, chunk.speaking.shape, final.shape]
            if shapes != [(steps, symbols), (steps,), (steps, symbols)]:
                raise ValueError(f"shapes {shapes}")
            if self.statistics is not None and self.statistics.mean.shape != chunk.kept.shape[1:]:
                raise ValueError(f"feature statistics of shape {self.statistics.mean.shape}")
            if {name: part.shape for name, part in chunk.state.items()} != manifest.states:
                raise ValueError("shapes of its states")
        except (ValueError, TypeError, LookupError, AttributeError) as error:
            raise unfit(self._folder, error) from error

    def interrupt(self) -> None:
        """Abort the current run of each graph, and all later ones, with an error."""
        for session in filter(None, (self._stream, self._final, self._decoder, self._language_model)):
            session.interrupt()

    @property
    def provider(self) -> str:
        """Where the model runs: CPU, CUDA, CoreML or Dml."""
        return self._stream.provider

    def start(self) -> State:
        """State before the first frame of a line."""
        return self._zeros

    def stream(self, frames: Sequence[Sequence[GreyImage]], states: Sequence[State]) -> list[Chunk]:
        """Process the next chunk of each speaker: `chunk_frames` crops and the previous state."""
        batch = np.stack([np.stack(crops) for crops in frames])
        inputs = {name: np.stack([state[name] for state in states]) for name in self._zeros}
        log_probs, speaking, kept, *after = self._stream.run({"frames": batch, **inputs})
        return [
            Chunk(
                log_probs[i],
                speaking[i],
                kept[i],
                {n: part[i] for n, part in zip(inputs, after, strict=True)},
            )
            for i in range(len(batch))
        ]

    def final(self, kept: FloatArray) -> FloatArray:
        """Log-probabilities (time, symbols) of a line from its features (time, features)."""
        return self.read_line(kept).log_probs

    def read_line(self, kept: FloatArray) -> WholeReading:
        """Log-probabilities of a line from its features (time, features), and its rescorer."""
        late = kept[self.manifest.lookahead_frames :]
        if not len(late):
            return WholeReading(np.zeros((0, self.manifest.alphabet.size), np.float32))
        log_probs, *encoded = self._final.run({"kept": late[None]})
        return WholeReading(np.asarray(log_probs[0], dtype=np.float32), self._rescorer(*encoded[:1]))

    def _rescorer(self, encoded: FloatArray | None = None) -> Rescorer | None:
        """The rescorer of a line that the final graph has `encoded` as (1, time, width), if any."""
        decoder = language_model = None
        if self._decoder is not None and encoded is not None:
            decoder = partial(self._score, self._decoder, {"encoded": encoded})
        if self._language_model is not None:
            language_model = partial(self._score, self._language_model, {})
        if decoder is None and language_model is None:
            return None
        return Rescorer(self.manifest.rescoring, decoder, language_model)

    def _score(
        self, session: OnnxSession, inputs: Mapping[str, FloatArray], texts: Sequence[Sequence[int]]
    ) -> FloatArray:
        """Log-probability of each text and its end; all texts are scored in one batch."""
        end = self.manifest.alphabet.size - 1
        pieces = np.full((len(texts), max(map(len, texts)) + 1), end, np.int64)
        for row, text in zip(pieces, texts, strict=True):
            row[1 : len(text) + 1] = text
        (log_probs,) = session.run({"pieces": pieces, **inputs})
        rows = zip(log_probs, texts, strict=True)
        return np.array([row[range(len(text) + 1), [*text, end]].sum() for row, text in rows], np.float32)


def _statistics(folder: Path, final: OnnxSession) -> FeatureStatistics | None:
    text = final.metadata.get(METADATA_KEY)
    try:
        return None if text is None else FeatureStatistics.from_json(text)
    except (ValueError, TypeError, KeyError) as error:
        raise unfit(folder, error) from error
