"""What the network sees of a clip in one step: a part of it, changed, with its symbols."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from klipnet_live.lips.alphabet import Alphabet
from training.data.augment import Augmentation, Random, augment, warp_time
from training.data.clips import UNKNOWN, Clip, Crops, Word
from training.model.cascade import FLUSH_FRAMES

NOT_KNOWN = -1.0
"""Speaking label of a frame of which nobody knows whether the lips speak."""


@dataclass(frozen=True, slots=True)
class Sampling:
    """Which parts of clips are shown. A line in the app opens a few frames before the lips move."""

    words: float = 0.3
    """Probability of a run of words instead of the sentence, where an alignment exists."""
    silence: float = 0.06
    """Probability of a stretch in which nobody speaks."""
    whole: float = 0.08
    """Probability of the whole recording with all its silence."""
    margin_frames: tuple[int, int] = (2, 16)


@dataclass(frozen=True, slots=True)
class Sample:
    """crops (frames, h, w) u8, symbol ids, speaking (frames,) in 0, 1 or `NOT_KNOWN`."""

    crops: Crops
    symbols: list[int]
    starred: bool
    speaking: np.ndarray[tuple[int], np.dtype[np.float32]]


def draw(clip: Clip, alphabet: Alphabet, how: Sampling, change: Augmentation, random: Random) -> Sample:
    """One random training sample of a clip."""
    crops, text, speaking = _part(clip, how, random)
    crops, _ = warp_time(crops, change, random)
    places = np.linspace(0, len(speaking) - 1, len(crops)).round().astype(int)
    return _sample(augment(crops, change, random), text, speaking[places], alphabet)


def whole(clip: Clip, alphabet: Alphabet) -> Sample:
    """The clip as it is, for validation."""
    return _sample(clip.crops, clip.text, _speaking(clip), alphabet)


def _sample(crops: Crops, text: str, speaking: np.ndarray, alphabet: Alphabet) -> Sample:  # type: ignore[type-arg]
    starred = text.startswith(UNKNOWN)
    symbols = alphabet.encode(text.removeprefix(UNKNOWN).lstrip() if starred else text)
    flushed = np.concatenate([crops, np.repeat(crops[-1:], FLUSH_FRAMES, axis=0)])
    speaking = np.concatenate([speaking, np.full(FLUSH_FRAMES, NOT_KNOWN, np.float32)])
    return Sample(flushed, symbols, starred, speaking)


def _part(clip: Clip, how: Sampling, random: Random) -> tuple[Crops, str, np.ndarray]:  # type: ignore[type-arg]
    speaking = _speaking(clip)
    dice = random.random()
    if dice < how.silence:
        crops = _silence(clip, random)
        return crops, "", np.zeros(len(crops), np.float32)
    if not clip.words or dice < how.silence + how.whole:
        return clip.crops, clip.text, speaking
    if dice < how.silence + how.whole + how.words:
        return _cut(clip, _run_of_words(clip, random), (0, 3), speaking, random)
    return _cut(clip, clip.words, how.margin_frames, speaking, random)


def _run_of_words(clip: Clip, random: Random) -> tuple[Word, ...]:
    first, last = np.sort(random.integers(0, len(clip.words), 2))
    return clip.words[first : last + 1]


def _cut(
    clip: Clip, words: tuple[Word, ...], margin: tuple[int, int], speaking: np.ndarray, random: Random  # type: ignore[type-arg]
) -> tuple[Crops, str, np.ndarray]:  # type: ignore[type-arg]
    before, after = random.integers(margin[0], margin[1] + 1, 2)
    start = max(0, int(words[0].start_frame) - before)
    end = min(len(clip.crops), int(np.ceil(words[-1].end_frame)) + after)
    return clip.crops[start:end], " ".join(word.text for word in words), speaking[start:end]


def _silence(clip: Clip, random: Random) -> Crops:
    """A frozen frame, or a stretch before or after the words, slowly breathing with the camera's noise."""
    length = int(random.integers(12, 50))
    if clip.words and random.random() < 0.6:
        before = clip.crops[: max(1, int(clip.words[0].start_frame) - 2)]
        after = clip.crops[min(len(clip.crops) - 1, int(clip.words[-1].end_frame) + 4) :]
        return (before if random.random() < 0.5 else after)[:length]
    frame = clip.crops[random.integers(len(clip.crops))]
    return np.repeat(frame[None], length, axis=0)


def _speaking(clip: Clip) -> np.ndarray:  # type: ignore[type-arg]
    labels = np.full(len(clip.crops), 0.0 if clip.words or not clip.text else NOT_KNOWN, np.float32)
    if clip.words:
        labels[int(clip.words[0].start_frame) : int(np.ceil(clip.words[-1].end_frame))] = 1.0
    return labels


@dataclass(frozen=True, slots=True)
class Batch:
    """frames (batch, time, h, w) u8, lengths (batch,), symbols of all clips in a row and their counts."""

    frames: Tensor
    lengths: Tensor
    symbols: Tensor
    symbol_counts: Tensor
    starred: Tensor
    speaking: Tensor


def collate(samples: list[Sample]) -> Batch:
    """Pad to the longest clip by repeating last frames, as a still face would."""
    longest = max(len(sample.crops) for sample in samples)
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
