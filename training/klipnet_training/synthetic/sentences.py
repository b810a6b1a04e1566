"""Sentences of the talkers: the GRID grammar, and the grammar of the Korean seed corpus."""

from __future__ import annotations

from typing import Final, Literal, get_args

import numpy as np

Language = Literal["en", "ko"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)

_SLOTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "en": (
        ("bin", "lay", "place", "set"),
        ("blue", "green", "red", "white"),
        ("at", "by", "in", "with"),
        tuple("abcdefghijklmnopqrstuvxyz"),
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
        ("again", "now", "please", "soon"),
    ),
    "ko": (
        ("학생", "분필"),
        ("축구",),
        ("그러나", "따라서", "하지만"),
        ("사", "일", "칠"),
        ("노랑", "빨강", "주황"),
    ),
}


def random_sentence(language: Language, random: np.random.Generator) -> str:
    """One sentence, each word drawn uniformly from its slot."""
    return " ".join(slot[int(random.integers(len(slot)))] for slot in _SLOTS[language])
