"""English grapheme-to-phoneme conversion: a lexicon of GRID's words, and rules for all others."""

from __future__ import annotations

from klipnet_training.synthetic.visemes import SpeechSound

_SOUNDS = {
    "AA": "A", "AE": "AE", "AH": "UH", "AO": "AO", "AW": "A U", "AY": "A I", "B": "B", "CH": "SH",
    "D": "D", "DH": "TH", "EH": "EH", "ER": "R", "EY": "EH I", "F": "F", "G": "K", "HH": "H",
    "IH": "I", "IY": "EE", "JH": "SH", "K": "K H", "L": "L", "M": "M", "N": "N", "NG": "K",
    "OW": "O U", "OY": "AO I", "P": "P H", "R": "R", "S": "S", "SH": "SH", "T": "T H", "TH": "TH",
    "UH": "UH", "UW": "U", "V": "F", "W": "W", "Y": "Y", "Z": "S", "ZH": "SH",
}  # fmt: skip
"""ARPAbet to viseme names; diphthongs have two, and a breath follows voiceless stops."""

_LEXICON = {
    "bin": "B IH N", "lay": "L EY", "place": "P L EY S", "set": "S EH T", "blue": "B L UW",
    "green": "G R IY N", "red": "R EH D", "white": "W AY T", "at": "AE T", "by": "B AY", "in": "IH N",
    "with": "W IH DH", "zero": "Z IH R OW", "one": "W AH N", "two": "T UW", "three": "TH R IY",
    "four": "F AO R", "five": "F AY V", "six": "S IH K S", "seven": "S EH V AH N", "eight": "EY T",
    "nine": "N AY N", "again": "AH G EH N", "now": "N AW", "please": "P L IY Z", "soon": "S UW N",
    "a": "EY", "b": "B IY", "c": "S IY", "d": "D IY", "e": "IY", "f": "EH F", "g": "JH IY",
    "h": "EY CH", "i": "AY", "j": "JH EY", "k": "K EY", "l": "EH L", "m": "EH M", "n": "EH N",
    "o": "OW", "p": "P IY", "q": "K Y UW", "r": "AA R", "s": "EH S", "t": "T IY", "u": "Y UW",
    "v": "V IY", "w": "D AH B AH L Y UW", "x": "EH K S", "y": "W AY", "z": "Z EH D",
}  # fmt: skip

_RULES = {
    "tion": "SH AH N", "ough": "AO", "igh": "AY", "tch": "CH", "ch": "CH", "sh": "SH", "th": "TH",
    "ph": "F", "wh": "W", "qu": "K W", "ck": "K", "ng": "NG", "ee": "IY", "ea": "IY", "oo": "UW",
    "ou": "AW", "ow": "OW", "oa": "OW", "ai": "EY", "ay": "EY", "oi": "OY", "oy": "OY", "au": "AO",
    "aw": "AO", "er": "ER", "ir": "ER", "ur": "ER", "ar": "AA R", "or": "AO R", "kn": "N", "wr": "R",
    "a": "AE", "b": "B", "c": "K", "d": "D", "e": "EH", "f": "F", "g": "G", "h": "HH", "i": "IH",
    "j": "JH", "k": "K", "l": "L", "m": "M", "n": "N", "o": "AA", "p": "P", "q": "K", "r": "R",
    "s": "S", "t": "T", "u": "AH", "v": "V", "w": "W", "x": "K S", "y": "IY", "z": "Z",
}  # fmt: skip
"""Letters to ARPAbet, longest match first; each rule covers only the commonest pronunciation."""

_LONG_VOWELS = {"a": "EY", "e": "IY", "i": "AY", "o": "OW", "u": "UW"}
_VOWELS = "aeiouy"


def word_sounds(word: str) -> list[SpeechSound]:
    """The sounds of a lower-case English word; characters other than letters are silent."""
    spoken = _LEXICON.get(word) or _spell_out(word)
    return [SpeechSound(name, tuple(_SOUNDS[name].split())) for name in spoken.split()]


def _spell_out(word: str) -> str:
    sounds: list[str] = []
    at = 0
    while at < len(word):
        size, sound = _longest_rule(word, at)
        sounds += sound.split()
        at += size
    return " ".join(sounds)


def _longest_rule(word: str, at: int) -> tuple[int, str]:
    """Number of letters that the matching rule consumes, and their ARPAbet sounds."""
    if _is_long_vowel(word, at):
        return 1, _LONG_VOWELS[word[at]]
    if at == len(word) - 1 and word[at] == "e" and at > 1:
        return 1, ""
    if at > 0 and word[at] == word[at - 1] and word[at] not in _VOWELS:
        return 1, ""
    for size in (4, 3, 2, 1):
        if (letters := word[at : at + size]) in _RULES and len(letters) == size:
            return size, _RULES[letters]
    return 1, ""


def _is_long_vowel(word: str, at: int) -> bool:
    """True for the vowel of "name" and "time": vowel, one consonant, silent e at the end."""
    rest = word[at:]
    return len(rest) == 3 and rest[0] in _LONG_VOWELS and rest[1] not in _VOWELS and rest[2] == "e"
