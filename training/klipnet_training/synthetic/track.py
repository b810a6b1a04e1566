"""Converts text to a viseme track: times of the sounds, and the mouth posture in every frame.

Coarticulation by dominance functions: M. M. Cohen and D. W. Massaro, "Modeling coarticulation in synthetic
visual speech", 1993.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from klipnet_live.types import FPS, FloatArray
from klipnet_training.synthetic import english, korean
from klipnet_training.synthetic.sentences import Language
from klipnet_training.synthetic.truth import RenderedUtterance, TimedSymbol
from klipnet_training.synthetic.visemes import CHANNELS, REST, VISEMES, Viseme

_WORD_SOUNDS = {"en": english.word_sounds, "ko": korean.word_sounds}

_FALL_OFF_S = 0.034
"""Time constant with which the dominance of a target decays outside its sound."""

_EXPOSURE_SAMPLES = 4
"""Number of time samples averaged for each frame, to imitate the camera's exposure."""


@dataclass(frozen=True, slots=True)
class Target:
    """A viseme with its start and end."""

    viseme: Viseme
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Speech:
    """An utterance and its articulation targets."""

    utterance: RenderedUtterance
    targets: tuple[Target, ...]


def speak(
    speaker: str, text: str, language: Language, start_s: float, rate: float, random: np.random.Generator
) -> Speech:
    """Assign times to a text. `rate` 1 is about 90 ms per sound; durations vary by up to 20 per cent."""
    targets: list[Target] = []
    words: list[TimedSymbol] = []
    symbols: list[TimedSymbol] = []
    at_s = start_s
    for word in text.split():
        word_start_s = at_s
        for sound in _WORD_SOUNDS[language](word):
            sound_start_s = at_s
            at_s = _place(sound.visemes, at_s, rate, random, targets)
            symbols.append(TimedSymbol(sound.symbol, sound_start_s, at_s))
        words.append(TimedSymbol(word, word_start_s, at_s))
        at_s += float(random.uniform(0.0, 0.05)) / rate
    end_s = words[-1].end_s if words else start_s
    return Speech(
        RenderedUtterance(speaker, text, start_s, end_s, tuple(words), tuple(symbols)), tuple(targets)
    )


def _place(
    names: tuple[str, ...], at_s: float, rate: float, random: np.random.Generator, targets: list[Target]
) -> float:
    """Append the targets of one sound and return its end."""
    for name in names:
        viseme = VISEMES[name]
        # Each of two targets within one sound is shorter than a whole sound.
        share = 1.0 if len(names) == 1 else 0.75
        end_s = at_s + viseme.duration_s * share * float(random.uniform(0.8, 1.2)) / rate
        targets.append(Target(viseme, at_s, end_s))
        at_s = end_s
    return at_s


def viseme_track(speeches: list[Speech], frames: int) -> FloatArray:
    """Mouth postures (frames, 7), with channels as in `CHANNELS`; lips are closed in silence."""
    times_s = (np.arange(frames * _EXPOSURE_SAMPLES) / _EXPOSURE_SAMPLES + 0.125) / FPS
    targets = [target for speech in speeches for target in speech.targets]
    targets += _silences(targets, frames / FPS)
    weighted = np.zeros((len(times_s), len(CHANNELS)))
    total = np.full_like(weighted, 1e-9)
    for target in targets:
        distance_s = np.maximum(0.0, np.maximum(target.start_s - times_s, times_s - target.end_s))
        inside_s = min((target.end_s - target.start_s) / 2, _FALL_OFF_S)
        centre_s = np.abs(times_s - (target.start_s + target.end_s) / 2)
        hold = np.exp(-(np.minimum(centre_s, inside_s) / 2 + distance_s) / _FALL_OFF_S)
        weights = hold[:, None] * target.viseme.weights()
        weighted += weights * target.viseme.targets()
        total += weights
    track = (weighted / total).reshape(frames, _EXPOSURE_SAMPLES, -1).mean(axis=1)
    return np.asarray(track, dtype=np.float32)


def _silences(targets: list[Target], clip_s: float) -> list[Target]:
    """Closed-lips targets before, between and after the utterances."""
    rests: list[Target] = []
    at_s = -1.0
    for target in sorted(targets, key=lambda each: each.start_s):
        if target.start_s - at_s > 0.15:
            rests.append(Target(REST, at_s, target.start_s - 0.05))
        at_s = target.end_s
    rests.append(Target(REST, at_s + 0.05, max(clip_s, at_s) + 1.0))
    return rests
