"""Rehearsal clips against catastrophic forgetting.

A network that is adapted to a few dozen sentences of one person soon reads nothing else (McCloskey and Cohen
1989). Its earlier recordings are not available, but synthetic talkers, which the released models were also
trained on, say all their words.
"""

from __future__ import annotations

from klipnet_live.dataset_format import AlignedWord
from klipnet_live.types import FPS, UserError
from klipnet_training.data.clips import Clip
from klipnet_training.synthetic.clip import make_clip, mouth_crops
from klipnet_training.synthetic.sentences import LANGUAGES, Language

_SEED = 1000
"""Differs from the seeds of the datasets that the released models were trained on."""


def rehearsal_clips(language: str, count: int) -> list[Clip]:
    """`count` clips, each of a different synthetic talker. UserError for an unsupported language."""
    if not count:
        return []
    spoken = next((known for known in LANGUAGES if known == language), None)
    if spoken is None:
        raise UserError(
            "There are no synthetic talkers for {language!r}: set rehearsal=0.", language=language
        )
    return [_clip(spoken, number) for number in range(count)]


def _clip(language: Language, number: int) -> Clip:
    clip = make_clip(language, f"rehearsal{number:04d}", (_SEED, number))
    utterance = clip.utterance
    words = tuple(AlignedWord(word.symbol, word.start_s * FPS, word.end_s * FPS) for word in utterance.words)
    return Clip(
        f"rehearsal{number:04d}", utterance.speaker, "", "train", utterance.text, mouth_crops(clip), words
    )
