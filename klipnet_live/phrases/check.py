"""What is wrong with a profile before it is needed: takes that are unlike, phrases that look alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from klipnet_live.phrases.dtw import Templates
from klipnet_live.phrases.matcher import Example, HeldOut, held_out_scores
from klipnet_live.phrases.metric import fit_metric
from klipnet_live.types import FloatArray, GreyImage, UserError

UNLIKE, UNLIKE_THE_FIRST = 0.84, 0.92
"""A take that costs more against its nearest brother, in usual costs between phrases, is not one of them.

Against two brothers this refuses 2 % of seven people's true takes and four fifths of takes of other phrases;
against one brother 2 % and half.
"""

ALIKE = 0.75
"""Phrases whose takes cost less than this against each other look too much alike on the lips."""

SHORTEST_FRAMES = 8
LONGEST_FRAMES = 150
"""Six seconds."""


@dataclass(frozen=True, slots=True)
class PhraseReport:
    """`right` of `takes` takes were read by a matcher that does not know them; `taken_for`: the mistakes."""

    text: str
    takes: int
    tried: int
    right: int
    taken_for: tuple[str, ...]


def report(examples: Sequence[Example], phrases: Sequence[str], blocks: int) -> list[PhraseReport]:
    """Of each phrase, accuracy by leaving each take out in turn."""
    held_out = held_out_scores(examples, blocks) if len({example.text for example in examples}) > 1 else []
    return [_of_phrase(text, examples, held_out) for text in phrases]


def _of_phrase(text: str, examples: Sequence[Example], held_out: Sequence[HeldOut]) -> PhraseReport:
    tried = [take for take in held_out if take.text == text]
    mistakes = Counter(take.taken_for for take in tried if take.taken_for != text)
    takes = sum(example.text == text for example in examples)
    right = len(tried) - mistakes.total()
    return PhraseReport(text, takes, len(tried), right, tuple(name for name, _ in mistakes.most_common()))


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Two phrases, and their cost in usual costs between phrases: small is alike."""

    one: str
    other: str
    cost: float


def look_alikes(examples: Sequence[Example], blocks: int) -> list[LookAlike]:
    """Pairs of phrases that look too much alike, the worst first."""
    texts = np.array([example.text for example in examples])
    phrases = tuple(dict.fromkeys(texts.tolist()))
    if len(phrases) < 2:
        return []
    costs, usual = _costs_between(examples, blocks)
    found = []
    for place, one in enumerate(phrases):
        for other in phrases[place + 1 :]:
            between = costs[np.ix_(texts == one, texts == other)]
            if (cost := float(between.mean()) / usual) < ALIKE:
                found.append(LookAlike(one, other, cost))
    return sorted(found, key=lambda pair: pair.cost)


def check_take(crops: Sequence[GreyImage]) -> None:
    """UserError where a take is empty, too short or too long to be a phrase."""
    if len(crops) < SHORTEST_FRAMES:
        raise UserError("Your lips hardly moved: show the phrase again, a little slower.")
    if len(crops) > LONGEST_FRAMES:
        raise UserError(
            "That took longer than {seconds:.0f} seconds: show the phrase alone, then rest your lips.",
            seconds=LONGEST_FRAMES / 25,
        )


def check_brothers(text: str, features: FloatArray, examples: Sequence[Example], blocks: int) -> None:
    """UserError where a new take of a phrase is unlike the takes of it that are there."""
    brothers = [example for example in examples if example.text == text]
    others = [example for example in examples if example.text != text]
    if not brothers:
        return
    lengths = np.array([len(example.features) for example in brothers])
    if not 0.55 < len(features) / float(lengths.mean()) < 1.8:
        raise UserError(
            "This take of “{text}” lasts {seconds:.1f} s, the others {usual:.1f} s: show it once more.",
            text=text,
            seconds=len(features) / 25,
            usual=float(lengths.mean()) / 25,
        )
    if len({example.text for example in others}) < 2:
        return
    if likeness(text, features, examples, blocks) > (UNLIKE if len(brothers) > 1 else UNLIKE_THE_FIRST):
        raise UserError("This take is unlike the others of “{text}”: show it once more.", text=text)


def likeness(text: str, features: FloatArray, examples: Sequence[Example], blocks: int) -> float:
    """The cost of a take against its nearest brother, in usual costs between phrases: small is alike."""
    texts = [example.text for example in examples]
    metric = fit_metric([example.features for example in examples], texts, blocks)
    frames = [metric(example.features) for example in examples]
    own = Templates([take for take, name in zip(frames, texts, strict=True) if name == text])
    others = Templates([take for take, name in zip(frames, texts, strict=True) if name != text])
    shown = metric(features)
    usual = np.mean([others.costs(take).mean() for take in own.takes])
    return float(own.costs(shown).min() / usual)


def _costs_between(examples: Sequence[Example], blocks: int) -> tuple[FloatArray, float]:
    """Costs between all takes, and the usual cost between takes of different phrases."""
    texts = np.array([example.text for example in examples])
    metric = fit_metric([example.features for example in examples], texts.tolist(), blocks)
    frames = [metric(example.features) for example in examples]
    templates = Templates(frames)
    costs = np.stack([templates.costs(take) for take in frames])
    return costs, float(costs[texts[:, None] != texts[None]].mean())
