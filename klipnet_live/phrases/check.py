"""Quality checks of a profile: takes that differ from the others, phrases that look alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from klipnet_live.phrases.dtw import Templates
from klipnet_live.phrases.matcher import Example, HeldOut, held_out_scores
from klipnet_live.phrases.metric import fit_metric
from klipnet_live.phrases.visible import check_visible
from klipnet_live.types import FloatArray, GreyImage, UserError

UNLIKE, UNLIKE_THE_FIRST = 0.77, 0.875
"""Maximum cost of a take to the nearest take of the same phrase, relative to the mean cost between phrases.

With two earlier takes this rejects 2 % of the true takes of seven people and 98 % of takes of other phrases;
with one earlier take 2 % and 80 %.
"""

ALIKE = 0.75
"""Phrases whose takes have a lower relative cost than this look too much alike on the lips."""

MIN_FRAMES = 8
MAX_FRAMES = 150
"""Six seconds."""


@dataclass(frozen=True, slots=True)
class PhraseReport:
    """Leave-one-out result of a phrase: `right` of `tried` takes; `taken_for`: phrases confused with it."""

    text: str
    takes: int
    tried: int
    right: int
    taken_for: tuple[str, ...]


def report(examples: Sequence[Example], phrases: Sequence[str], blocks: int) -> list[PhraseReport]:
    """Accuracy of each phrase, leaving out each take in turn."""
    held_out = held_out_scores(examples, blocks) if len({example.text for example in examples}) > 1 else []
    return [_phrase_report(text, examples, held_out) for text in phrases]


def _phrase_report(text: str, examples: Sequence[Example], held_out: Sequence[HeldOut]) -> PhraseReport:
    tried = [take for take in held_out if take.text == text]
    mistakes = Counter(take.taken_for for take in tried if take.taken_for != text)
    takes = sum(example.text == text for example in examples)
    right = len(tried) - mistakes.total()
    return PhraseReport(text, takes, len(tried), right, tuple(name for name, _ in mistakes.most_common()))


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Two phrases and their cost relative to the mean cost between phrases; low means alike."""

    one: str
    other: str
    cost: float


def look_alikes(examples: Sequence[Example], blocks: int) -> list[LookAlike]:
    """Pairs of phrases that look too much alike, most similar first."""
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
    """UserError if a take is empty, too short or too long for a phrase."""
    if len(crops) < MIN_FRAMES:
        raise UserError("Your lips hardly moved. Say the phrase again, a little slower.")
    if len(crops) > MAX_FRAMES:
        raise UserError(
            "That took longer than {seconds:.0f} seconds. Say only the phrase, then close your lips.",
            seconds=MAX_FRAMES / 25,
        )


def check_new_take(text: str, features: FloatArray, examples: Sequence[Example], blocks: int) -> None:
    """UserError if the mouth is covered in a take, or the take differs from the others of its phrase."""
    check_visible(features, examples)
    check_consistency(text, features, examples, blocks)


def check_consistency(text: str, features: FloatArray, examples: Sequence[Example], blocks: int) -> None:
    """UserError if a new take of a phrase differs too much from its earlier takes."""
    earlier = [example for example in examples if example.text == text]
    others = [example for example in examples if example.text != text]
    if not earlier:
        return
    lengths = np.array([len(example.features) for example in earlier])
    if not 0.55 < len(features) / float(lengths.mean()) < 1.8:
        raise UserError(
            "This take of “{text}” lasts {seconds:.1f} s, the others {usual:.1f} s. Record it again.",
            text=text,
            seconds=len(features) / 25,
            usual=float(lengths.mean()) / 25,
        )
    if len({example.text for example in others}) < 2:
        return
    if likeness(text, features, examples, blocks) > (UNLIKE if len(earlier) > 1 else UNLIKE_THE_FIRST):
        raise UserError("This take of “{text}” differs from the others. Record it again.", text=text)


def likeness(text: str, features: FloatArray, examples: Sequence[Example], blocks: int) -> float:
    """Cost of a take to the nearest take of its phrase, relative to the mean cost between phrases."""
    texts = [example.text for example in examples]
    metric = fit_metric([example.features for example in examples], texts, blocks)
    frames = [metric(example.features) for example in examples]
    own = Templates([take for take, name in zip(frames, texts, strict=True) if name == text])
    others = Templates([take for take, name in zip(frames, texts, strict=True) if name != text])
    shown = metric(features)
    usual = np.mean([others.costs(take).mean() for take in own.takes])
    return float(own.costs(shown).min() / usual)


def _costs_between(examples: Sequence[Example], blocks: int) -> tuple[FloatArray, float]:
    """Costs between all takes, and the mean cost between takes of different phrases."""
    texts = np.array([example.text for example in examples])
    metric = fit_metric([example.features for example in examples], texts.tolist(), blocks)
    frames = [metric(example.features) for example in examples]
    templates = Templates(frames)
    costs = np.stack([templates.costs(take) for take in frames])
    return costs, float(costs[texts[:, None] != texts[None]].mean())
