"""Forced alignment of known texts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from klipnet_training.commands.data import main
from klipnet_training.data.align import SURE_COST
from klipnet_training.data.clips import Clip, load_clips
from klipnet_training.data.forced_alignment import align
from klipnet_training.run.rehearsal import rehearsal_clips

from klipnet_live.lips.alphabet import alphabet_for
from tests.training.small_clips import write_clips

ENGLISH = alphabet_for("en")


def emitting(symbols: dict[int, str], frames: int = 40, sure: float = 0.9) -> np.ndarray:
    """Log-probabilities of a head that emits each letter in its frame, and blanks elsewhere."""
    probabilities = np.full((frames, ENGLISH.size), (1 - sure) / (ENGLISH.size - 1))
    probabilities[:, 0] = sure
    for frame, letter in symbols.items():
        probabilities[frame] = (1 - sure) / (ENGLISH.size - 1)
        probabilities[frame, ENGLISH.encode(letter)[0]] = sure
    return np.log(probabilities).astype(np.float32)


def spoken(begin: int, end: int, frames: int = 40) -> np.ndarray:
    return np.isin(np.arange(frames), np.arange(begin, end))


def test_words_are_placed_where_the_model_emits_them_and_fill_the_speech() -> None:
    read = emitting({8: "b", 10: "y", 16: " ", 20: "a", 24: "t"})
    found = align(read, spoken(5, 30), "by at", ENGLISH)
    assert found is not None
    assert [word.text for word in found.words] == ["by", "at"]
    assert (found.words[0].start_frame, found.words[-1].end_frame) == pytest.approx((5, 30), abs=0.01)
    assert found.words[0].end_frame == found.words[1].start_frame == pytest.approx(14, abs=1)
    assert found.cost == pytest.approx(0, abs=1e-5)


def test_a_wrong_text_has_a_higher_cost() -> None:
    read = emitting({8: "b", 10: "y", 16: " ", 20: "a", 24: "t"})
    wrong = align(read, spoken(5, 30), "we go", ENGLISH)
    assert wrong is not None
    assert wrong.cost > SURE_COST


@settings(max_examples=50)
@given(
    st.integers(0, 30), st.integers(3, 30), st.integers(0, 2**16), st.sampled_from(["a", "by at", "aa bb"])
)
def test_no_word_is_placed_in_silence(begin: int, length: int, seed: int, text: str) -> None:
    random = np.random.default_rng(seed)
    read = np.log(random.dirichlet(np.ones(ENGLISH.size), 40)).astype(np.float32)
    end = min(40, begin + length)
    found = align(read, spoken(begin, end), text, ENGLISH)
    if found is not None:
        assert found.words[0].start_frame >= begin
        assert found.words[-1].end_frame <= end + 0.01
        edges = [edge for word in found.words for edge in (word.start_frame, word.end_frame)]
        assert edges == sorted(edges)


@pytest.mark.parametrize(("begin", "end"), [(5, 5), (20, 21)])
def test_a_text_too_long_for_the_speech_has_no_alignment(begin: int, end: int) -> None:
    assert align(emitting({}), spoken(begin, end), "a very long sentence for one frame", ENGLISH) is None


def test_a_released_model_adds_missing_alignments(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Synthetic talkers with known word times; the text of one clip is wrong."""
    made = rehearsal_clips("en", 3)
    texts = [made[0].text, made[1].text, "we like long walks along the river"]
    bare = [
        Clip(clip.name, clip.speaker, "", "train", text, clip.crops, ())
        for clip, text in zip(made, texts, strict=True)
    ]
    folder = write_clips(tmp_path, bare)
    assert main(["align", str(folder), "--model", "en-grid"]) == 0
    assert "3 of 3 clips are aligned" in (out := capsys.readouterr().out)
    assert "1 of them only as whole sentences" in out
    found = load_clips(folder)
    errors = [
        abs(one.start_frame - other.start_frame)
        for clip, truth in zip(found[:2], made[:2], strict=True)
        for one, other in zip(clip.words, truth.words, strict=True)
    ]
    assert np.median(errors) <= 3
    assert [word.text for word in found[2].words] == [texts[2]]
    assert main(["align", str(folder), "--model", "en-grid"]) == 0
    assert "0 of 0 clips" in capsys.readouterr().out
