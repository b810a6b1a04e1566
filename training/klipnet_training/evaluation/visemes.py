"""Viseme classes: sounds that look alike on the lips.

English: the classes of Neti et al. 2000, "Audio-visual speech recognition" (Johns Hopkins workshop), which
LipNet's confusion matrices use, checked against the list in TCD-TIMIT, which cites Potamianos, Neti, Gravier,
Garg, Senior 2003, Proc. IEEE 91(9). The names of V1 to V4 are our own. Korean: classes of this project, of
the same kinds, by place of articulation and lip shape; they follow no published set.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from klipnet_live.lips.hangul import decompose
from klipnet_training.synthetic.english import word_sounds

_ENGLISH: Final = {
    "V1 open": "AO AH AA ER OY AW HH",
    "V2 round": "UW UH OW",
    "V3 wide": "AE EH EY AY",
    "V4 narrow": "IH IY AX",
    "A alveolar semivowel": "L R Y",
    "B alveolar fricative": "S Z",
    "C alveolar": "T D N",
    "D palato-alveolar": "SH ZH CH JH",
    "E bilabial": "P B M",
    "F dental": "TH DH",
    "G labio-dental": "F V",
    "H velar": "NG K G W",
}
"""ARPAbet. AX, L and N stand for unstressed and syllabic sounds too."""

_KOREAN: Final = {
    "open": "ᅡ ᅣ ᅥ ᅧ",
    "round": "ᅩ ᅭ ᅮ ᅲ ᅪ ᅫ ᅬ ᅯ ᅰ ᅱ",
    "wide": "ᅢ ᅤ ᅦ ᅨ",
    "narrow": "ᅳ ᅴ ᅵ",
    "bilabial": "ᄆ ᄇ ᄈ ᄑ ᆷ ᆸ ᆹ ᆲ ᆵ ᆱ ᇁ",
    "alveolar": "ᄂ ᄃ ᄄ ᄅ ᄐ ᆫ ᆬ ᆭ ᆮ ᆯ ᆳ ᆴ ᆶ ᆺ ᆻ ᆽ ᆾ ᇀ ᇂ",
    "sibilant": "ᄉ ᄊ ᄌ ᄍ ᄎ",
    "velar": "ᄀ ᄁ ᄏ ᄒ ᆨ ᆩ ᆪ ᆰ ᆼ ᆿ",
}
"""Initials, vowels and finals; finals by their sound at the end of a syllable."""


def _classes(table: Mapping[str, str]) -> dict[str, str]:
    return {sound: name for name, sounds in table.items() for sound in sounds.split()}


_CLASS_OF: Final = _classes(_ENGLISH) | _classes(_KOREAN)


def visemes_of(text: str) -> list[str]:
    """Viseme classes of the sounds of a text in order; symbols without a sound are skipped."""
    sounds = [sound for word in text.split() for sound in _sounds(word)]
    return [_CLASS_OF[sound] for sound in sounds if sound in _CLASS_OF]


def _sounds(word: str) -> list[str]:
    return [sound.symbol for sound in word_sounds(word)] if word.isascii() else list(decompose(word))
