"""Phrases that are spoken are written down, one for each utterance."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from klipnet_live.recording.dictation import Dictation
from klipnet_live.sound.base import SoundSource
from klipnet_live.sound.sound_track import SoundTrack
from klipnet_live.sound.transcriber import Transcriber
from klipnet_live.types import FloatArray, UserError, Word
from tests.sound.conftest import write_wav
from tests.sound.test_transcriber import Counts, Loudness, sound_of

PHRASES = ("Water, please.", "How are you?")


class Writes(Counts):
    """Understands the first phrase in a loud voice, the second in a quieter one."""

    def recognise(self, samples: FloatArray, hints: Sequence[str] = ()) -> tuple[Word, ...]:
        text = PHRASES[float(np.abs(samples).max()) < 0.4]
        return tuple(Word(word, i / 5, (i + 1) / 5, 0.9, "sound") for i, word in enumerate(text.split()))


def dictated(source: SoundSource) -> tuple[list[str], UserError | None]:
    dictation = Dictation(source, lambda: Transcriber(Writes(), Loudness(), live=False))
    dictation.start()
    assert dictation.join(20)
    texts = []
    while (text := dictation.next_text()) is not None:
        texts.append(text)
    return texts, dictation.problem


def test_each_utterance_is_a_phrase_without_a_full_stop(tmp_path: Path) -> None:
    sound = sound_of((0.5, 0), (1.0, 0.6), (1.5, 0), (0.8, 0.3), (0.2, 0))
    texts, problem = dictated(SoundTrack(write_wav(tmp_path / "a.wav", sound), realtime=False))
    assert problem is None
    assert texts == ["Water, please", "How are you?"]


def test_a_source_that_fails_ends_it_with_the_reason(tmp_path: Path) -> None:
    broken = tmp_path / "broken.wav"
    broken.write_bytes(b"no sound")
    texts, problem = dictated(SoundTrack(broken, realtime=False))
    assert texts == []
    assert problem is not None
    assert "broken.wav" in str(problem)
