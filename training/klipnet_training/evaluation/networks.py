"""Computes log-probabilities of clips with a run (torch) or a released model (ONNX Runtime)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from klipnet_live.assets import MODELS
from klipnet_live.lips.alphabet import alphabet_for
from klipnet_live.manifest import FILE_NAME
from klipnet_live.reading.model import LipModel
from klipnet_live.types import FloatArray, UserError
from klipnet_training.data.clips import Clip
from klipnet_training.run.reading import log_probs_of
from klipnet_training.run.trained import BEST, load_network
from klipnet_training.run.vocabulary import words_of


class TrainedNetwork:
    """A network with the best weights of a run."""

    def __init__(self, run: Path) -> None:
        config, self.network = load_network(run)
        self.alphabet = alphabet_for(config.language)
        self.words = words_of(config)

    def log_probs(self, clips: Iterable[Clip]) -> Iterator[dict[str, FloatArray]]:
        """For each clip, log-probabilities (time, symbols) of each head: `stream`, `final`."""
        return log_probs_of(self.network, clips, self.alphabet)


class ReleasedNetwork:
    """A model folder, run in chunks as in the app."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._model = LipModel(folder)
        self.alphabet = self._model.manifest.alphabet
        self.words = self._model.manifest.words

    def log_probs(self, clips: Iterable[Clip]) -> Iterator[dict[str, FloatArray]]:
        """Like `TrainedNetwork.log_probs`."""
        return map(self._read, clips)

    def _read(self, clip: Clip) -> dict[str, FloatArray]:
        size, flush = self._model.manifest.chunk_frames, self._model.manifest.flush_frames
        still = flush + -(len(clip.crops) + flush) % size
        crops = np.concatenate([clip.crops[:], np.repeat(clip.crops[-1:], still, axis=0)])
        state, chunks = self._model.start(), []
        for start in range(0, len(crops), size):
            (chunk,) = self._model.stream([list(crops[start : start + size])], [state])
            state = chunk.state
            chunks.append(chunk)
        kept = np.concatenate([chunk.kept for chunk in chunks])
        return {
            "stream": np.concatenate([chunk.log_probs for chunk in chunks]),
            "final": self._model.final(kept),
        }


def open_network(name: Path) -> TrainedNetwork | ReleasedNetwork:
    """Open a run folder, a model folder, or a bundled model by name. Raises UserError."""
    for folder in (name, MODELS / name):
        if (folder / FILE_NAME).is_file():
            return ReleasedNetwork(folder)
        if (folder / BEST).is_file():
            return TrainedNetwork(folder)
    raise UserError("{name} is neither a run of klipnet-train nor a model folder: check --model.", name=name)
