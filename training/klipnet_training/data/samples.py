"""Renders planned excerpts into batches: augments, encodes texts and pads to one length."""

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
from klipnet_training.data.excerpts import UNKNOWN_LABEL, whole_excerpt
from klipnet_training.data.plans import ExcerptPlan
from klipnet_training.data.spoken import crops_of, spoken_in
from klipnet_training.data.starred import is_starred, known_part
from klipnet_training.data.stored import Crops
from klipnet_training.model.cascade import FLUSH_FRAMES


@dataclass(frozen=True, slots=True)
class Sample:
    """crops (frames, height, width) uint8, symbol ids, speaking (frames,): 0, 1 or `UNKNOWN_LABEL`.

    `starred`: an unknown number of words precedes the symbols.
    """

    crops: Crops
    symbols: list[int]
    starred: bool
    speaking: FloatArray


@dataclass(frozen=True, slots=True)
class Batch:
    """frames (batch, time, height, width) uint8, lengths and symbol_counts (batch,), concatenated symbols."""

    frames: Tensor
    lengths: Tensor
    symbols: Tensor
    symbol_counts: Tensor
    starred: Tensor
    speaking: Tensor

    def to(self, device: torch.device) -> Batch:
        return Batch(*(getattr(self, name).to(device) for name in self.__slots__))


def render(
    plan: ExcerptPlan, clips: Sequence[Clip], alphabet: Alphabet, settings: Augmentation, views: int
) -> list[Sample]:
    """Render a plan `views` times: the views differ in pixel augmentation, not in text or timing."""
    excerpt = plan.excerpt
    other = None if plan.other is None else clips[plan.other]
    crops = warp_time(crops_of(excerpt.frames, clips[plan.clip], other), plan.length, settings, plan.random)
    places = np.linspace(0, len(excerpt.frames) - 1, len(crops)).round().astype(int)
    return [
        _sample(augment(crops, settings, plan.random), excerpt.text, excerpt.speaking[places], alphabet)
        for _ in range(views)
    ]


def whole_clip_sample(clip: Clip, alphabet: Alphabet) -> Sample:
    """The whole clip without augmentation, for validation."""
    excerpt = whole_excerpt(spoken_in(clip))
    return _sample(clip.crops[:], excerpt.text, excerpt.speaking, alphabet)


def collate(samples: Sequence[Sample], longest: int = 0) -> Batch:
    """Make a batch, padded to the longest clip, or at least to `longest`, by repeating the last frames."""
    longest = max(longest, *(len(sample.crops) for sample in samples))
    frames, speaking = [], []
    for sample in samples:
        missing = longest - len(sample.crops)
        frames.append(np.concatenate([sample.crops, np.repeat(sample.crops[-1:], missing, axis=0)]))
        speaking.append(np.pad(sample.speaking, (0, missing), constant_values=UNKNOWN_LABEL))
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
    # Copies of a silent frame are silent; after a word that was cut off the label is unknown.
    after = 0.0 if speaking[-1] == 0.0 else UNKNOWN_LABEL
    speaking = np.concatenate([speaking, np.full(FLUSH_FRAMES, after, np.float32)])
    return Sample(flushed, symbols, is_starred(text), speaking)
