"""Converts Hangul to sounds: each jamo is one sound, as in the models' alphabet."""

from __future__ import annotations

import jamo

from klipnet_training.synthetic.visemes import SpeechSound

_SILENT_INITIAL = "\u110b"

_INITIALS = {
    "ᄀ": "K", "ᄁ": "K", "ᄂ": "N", "ᄃ": "D", "ᄄ": "T", "ᄅ": "L", "ᄆ": "M", "ᄇ": "B", "ᄈ": "P",
    "ᄉ": "S", "ᄊ": "S", "ᄌ": "J", "ᄍ": "J", "ᄎ": "J H", "ᄏ": "K H", "ᄐ": "T H", "ᄑ": "P H", "ᄒ": "H",
}  # fmt: skip

_VOWELS = {
    "ᅡ": "A", "ᅢ": "EH", "ᅣ": "Y A", "ᅤ": "Y EH", "ᅥ": "EO", "ᅦ": "EH", "ᅧ": "Y EO", "ᅨ": "Y EH",
    "ᅩ": "O", "ᅪ": "W A", "ᅫ": "W EH", "ᅬ": "W EH", "ᅭ": "Y O", "ᅮ": "U", "ᅯ": "W EO", "ᅰ": "W EH",
    "ᅱ": "W EE", "ᅲ": "Y U", "ᅳ": "EU", "ᅴ": "EU EE", "ᅵ": "EE",
}  # fmt: skip

_FINALS = dict(zip("ᆨᆩᆪᆫᆬᆭᆮᆯᆰᆱᆲᆳᆴᆵᆶᆷᆸᆹᆺᆻᆼᆽᆾᆿᇀᇁᇂ", "KKKNNNDLKMBLLBLMBBDDKDDKDBD", strict=True))
"""Pronunciation of finals at the end of a syllable (Standard Pronunciation, articles 8 to 14)."""


def word_sounds(word: str) -> list[SpeechSound]:
    """The sounds of a Korean word; characters other than Hangul are silent.

    The initial ㅇ is silent. Liaison needs no rule: it does not change the order of the jamo.
    """
    return [sound for symbol in jamo.hangul_to_jamo(word) if (sound := _sound(symbol)) is not None]


def _sound(symbol: str) -> SpeechSound | None:
    if symbol == _SILENT_INITIAL:
        return None
    visemes = _INITIALS.get(symbol) or _VOWELS.get(symbol) or _FINALS.get(symbol)
    return SpeechSound(symbol, tuple(visemes.split())) if visemes else None
