"""From planned excerpts to batches: pixels changed, texts as symbols, clips padded to one length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from klipnet_live.lips.alphabet import Alphabet
from klipnet_live.types import FloatArray
from klipnet_training.data.augment import Augmentation, augment, warp_time
from klipnet_training.data.clips import Clip
from klipnet_training.data.excerpts import NOT_KNOWN, whole_excerpt
from klipnet_training.data.plans import ExcerptPlan
from klipnet_training.data.spoken import crops_of, spoken_in
from klipnet_training.data.starred import is_starred, known_part
from klipnet_training.data.stored import Crops
from klipnet_training.model.cascade import FLUSH_FRAMES


@dataclass(frozen=True, slots=True)
class Sample:
    """crops (frames, h, w) u8, symbol ids, speaking (frames,) in 0, 1 or `NOT_KNOWN`.

    `starred`: an unknown number of words comes before the symbols.
    """

    crops: Crops
    symbols: list[int]
    starred: bool
    speaking: FloatArray


@dataclass(frozen=True, slots=True)
class Batch:
    """frames (batch, time, h, w) u8, lengths (batch,), symbols of all clips in a row and their counts."""

    frames: Tensor
    lengths: Tensor
    symbols: Tensor
    symbol_counts: Tensor
    starred: Tensor
    speaking: Tensor

    def to(self, device: torch.device) -> Batch:
        return Batch(*(getattr(self, name).to(device) for name in self.__slots__))


def render(
    plan: ExcerptPlan, clips: Sequence[Clip], alphabet: Alphabet, how: Augmentation, views: int
) -> list[Sample]:
    """The sample of a plan, `views` times: pixels differ, what is said and when does not."""
    excerpt = plan.excerpt
    other = None if plan.other is None else clips[plan.other]
    crops = warp_time(crops_of(excerpt.frames, clips[plan.clip], other), plan.length, how, plan.random)
    places = np.linspace(0, len(excerpt.frames) - 1, len(crops)).round().astype(int)
    return [
        _sample(augment(crops, how, plan.random), excerpt.text, excerpt.speaking[places], alphabet)
        for _ in range(views)
    ]


def whole(clip: Clip, alphabet: Alphabet) -> Sample:
    """The clip as it is, for validation."""
    excerpt = whole_excerpt(spoken_in(clip))
    return _sample(clip.crops[:], excerpt.text, excerpt.speaking, alphabet)


def collate(samples: Sequence[Sample], longest: int = 0) -> Batch:
    """Pad to the longest clip, or to `longest`, by repeating last frames, as a still face would."""
    longest = max(longest, *(len(sample.crops) for sample in samples))
    frames, speaking = [], []
    for sample in samples:
        missing = longest - len(sample.crops)
        frames.append(np.concatenate([sample.crops, np.repeat(sample.crops[-1:], missing, axis=0)]))
        speaking.append(np.pad(sample.speaking, (0, missing), constant_values=NOT_KNOWN))
    return Batch(
        torch.from_numpy(np.stack(frames)),
        torch.tensor([len(sample.crops) for sample in samples]),
        torch.tensor([symbol for sample in samples for symbol in sample.symbols], dtype=torch.long),
        torch.tensor([len(sample.symbols) for sample in samples]),
        torch.tensor([sample.starred for sample in samples]),
        torch.from_numpy(np.stack(speaking)),
    )


def _sample(crops: Crops, text: str, speaking: FloatArray, alphabet: Alphabet) -> Sample:
    symbols = alphabet.encode(known_part(text))
    flushed = np.concatenate([crops, np.repeat(crops[-1:], FLUSH_FRAMES, axis=0)])
    # Frames that repeat a silent one are silent too; after a word that was cut off they are not known.
    after = 0.0 if speaking[-1] == 0.0 else NOT_KNOWN
    speaking = np.concatenate([speaking, np.full(FLUSH_FRAMES, after, np.float32)])
    return Sample(flushed, symbols, is_starred(text), speaking)
