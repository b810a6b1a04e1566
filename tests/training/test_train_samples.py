"""Sampling of excerpts, their order, and batches."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import torch
from klipnet_training.data.augment import Augmentation, reshape, retexture
from klipnet_training.data.clips import load_clips
from klipnet_training.data.excerpts import UNKNOWN_LABEL, Sampling, draw_excerpt
from klipnet_training.data.loader import Shard, load_epoch
from klipnet_training.data.plans import EpochDraw
from klipnet_training.data.samples import collate, whole_clip_sample
from klipnet_training.data.spoken import crops_of, spliced, spoken_in
from klipnet_training.data.stored import StoredCrops
from klipnet_training.model.cascade import FLUSH_FRAMES

from klipnet_live.lips.alphabet import alphabet_for
from klipnet_live.types import UserError
from tests.training.small_clips import make_clip, write_clips

ENGLISH = alphabet_for("en")
CLIPS = [make_clip(f"c{i}", "s1", "train", "bin blue at f two", 18 + i) for i in range(6)]
DRAW = EpochDraw((1.0,) * 6, batch=4, seed=3, epoch=0, sampling=Sampling(), augmentation=Augmentation())


def _fields(batch: object) -> list[torch.Tensor]:
    return [getattr(batch, name) for name in batch.__slots__]  # type: ignore[attr-defined]


def test_an_epoch_is_reproducible_from_any_batch_on() -> None:
    draw = replace(DRAW, shares=(4.0,) * 6)
    everything = list(load_epoch(CLIPS, ENGLISH, draw, Shard(), 0, workers=0))
    assert len(everything) == draw.steps == 6
    rest = list(load_epoch(CLIPS, ENGLISH, draw, Shard(), 4, workers=0))
    assert len(rest) == 2
    for again, before in zip(rest, everything[4:], strict=True):
        assert all(torch.equal(a, b) for a, b in zip(_fields(again), _fields(before), strict=True))


def test_drawing_does_not_use_torchs_random_state() -> None:
    before = torch.get_rng_state()
    list(load_epoch(CLIPS, ENGLISH, DRAW, Shard(), 0, workers=0))
    assert torch.equal(torch.get_rng_state(), before)


def test_epochs_differ() -> None:
    first, second = (next(iter(replace(DRAW, epoch=e).batches(CLIPS))) for e in (0, 1))
    assert [plan.length for plan in first] != [plan.length for plan in second]


def test_processes_split_a_batch_with_equal_padding() -> None:
    (alone, *_) = load_epoch(CLIPS, ENGLISH, DRAW, Shard(), 0, workers=0)
    parts = [next(load_epoch(CLIPS, ENGLISH, DRAW, Shard(i, 2), 0, workers=0)) for i in range(2)]
    assert {part.frames.shape[1] for part in parts} == {alone.frames.shape[1]}
    for i, part in enumerate(parts):
        assert torch.equal(part.frames, alone.frames[i::2])
        assert torch.equal(part.lengths, alone.lengths[i::2])


def test_views_of_a_clip_have_the_same_text_and_timing() -> None:
    (batch, *_) = load_epoch(CLIPS, ENGLISH, replace(DRAW, views=2), Shard(), 0, workers=0)
    assert len(batch.frames) == 2 * DRAW.batch
    one, other = ([field.chunk(2)[i] for field in (batch.lengths, batch.speaking)] for i in range(2))
    assert all(torch.equal(a, b) for a, b in zip(one, other, strict=True))
    assert len(batch.symbols) % 2 == 0
    assert torch.equal(*batch.symbols.chunk(2))
    assert not torch.equal(*batch.frames.chunk(2))


def test_clips_are_drawn_as_often_as_their_share() -> None:
    draw = replace(DRAW, shares=(2.0, 1.0, 0.0, 0.0, 0.0, 0.0), batch=3)
    shown = Counter(plan.clip for plans in draw.batches(CLIPS) for plan in plans)
    assert shown == {0: 2, 1: 1}
    half = replace(DRAW, shares=(0.5,) * 6)
    assert half.steps == 1


def test_runs_of_words_have_the_length_of_the_curriculum() -> None:
    random = np.random.default_rng(0)
    for length in (1, 2, 3):
        sampling = Sampling(run_of_words=length)
        texts = {draw_excerpt(spoken_in(CLIPS[0]), sampling, random).text for _ in range(40)}
        assert all(len(text.split()) == length for text in texts)
        assert len(texts) > 1


def test_silence_has_no_text_and_no_speech() -> None:
    random = np.random.default_rng(0)
    for _ in range(20):
        excerpt = draw_excerpt(spoken_in(CLIPS[0]), Sampling(silence=1.0), random)
        assert excerpt.text == ""
        assert len(excerpt.frames)
        assert not excerpt.speaking.any()


def test_spliced_words_have_the_frames_of_the_other_clip() -> None:
    one = make_clip("one", "s1", "train", "bin blue at f two", 18)
    other = make_clip("other", "s1", "train", "lay red in g six", 23)
    random = np.random.default_rng(0)
    texts = set()
    for _ in range(40):
        spoken = spliced(one, other, random)
        crops = crops_of(spoken.frames, one, other)
        assert len(crops) == len(spoken.frames)
        texts.add(spoken.text)
        for word, mine, theirs in zip(spoken.words, one.words, other.words, strict=True):
            clip, was = (one, mine) if word.text == mine.text else (other, theirs)
            there = slice(round(was.start_frame), round(was.end_frame))
            here = slice(round(word.start_frame), round(word.end_frame))
            assert np.array_equal(crops[here], clip.crops[there])
        assert spoken.text == " ".join(word.text for word in spoken.words)
    assert "bin red in g two" in texts
    assert len(texts) > 5


def test_only_clips_of_the_same_session_and_length_are_spliced() -> None:
    clips = [
        *(make_clip(f"a{i}", "s1", "train", "bin blue at f two", 18) for i in range(3)),
        make_clip("short", "s1", "train", "bin blue", 18),
        make_clip("someone_else", "s2", "train", "bin blue at f two", 18),
        replace(make_clip("unaligned", "s1", "train", "bin blue at f two", 18), words=()),
    ]
    draw = EpochDraw((1.0,) * 6, 6, 3, 0, Sampling(splice=1.0), Augmentation())
    others = {}
    for epoch in range(12):
        (plans,) = replace(draw, epoch=epoch).batches(clips)
        for plan in plans:
            others.setdefault(plan.clip, set()).add(plan.other)
    assert [others[i] for i in range(3)] == [{0, 1, 2}] * 3
    assert [others[i] for i in (3, 4, 5)] == [{3}, {4}, {None}]


def test_labels_of_speech_follow_the_words() -> None:
    clip = CLIPS[0]
    labels = whole_clip_sample(clip, ENGLISH).speaking[:-FLUSH_FRAMES]
    start, end = int(clip.words[0].start_frame), int(clip.words[-1].end_frame)
    assert labels[start:end].all()
    assert not labels[:start].any()
    unaligned = whole_clip_sample(replace(clip, words=()), ENGLISH)
    assert (unaligned.speaking == UNKNOWN_LABEL).all()


def test_a_star_is_not_a_symbol() -> None:
    sample = whole_clip_sample(replace(CLIPS[0], text="* at f two", words=()), ENGLISH)
    assert sample.starred
    assert ENGLISH.decode(sample.symbols) == "at f two"


def test_batches_are_padded_with_the_last_frame() -> None:
    batch = collate([whole_clip_sample(CLIPS[0], ENGLISH), whole_clip_sample(CLIPS[5], ENGLISH)])
    length = int(batch.lengths[0])
    assert length == 18 + FLUSH_FRAMES
    assert (batch.frames[0, length:] == batch.frames[0, length - 1]).all()
    assert (batch.speaking[0, length:] == UNKNOWN_LABEL).all()


def test_large_datasets_stay_on_disk_and_give_equal_batches(
    prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = load_clips(prepared, "train")
    monkeypatch.setattr("klipnet_training.data.clips.IN_MEMORY_CLIPS", 3)
    stored = load_clips(prepared, "train")
    assert all(isinstance(clip.crops, StoredCrops) for clip in stored)
    assert [len(clip.crops) for clip in stored] == [len(clip.crops) for clip in held]
    draw = replace(DRAW, shares=(1.0,) * 8)
    for a, b in zip(*(load_epoch(c, ENGLISH, draw, Shard(), 0, 0) for c in (held, stored)), strict=True):
        assert all(torch.equal(x, y) for x, y in zip(_fields(a), _fields(b), strict=True))


@pytest.mark.parametrize("limit", [0, 8])
def test_a_truncated_file_is_named(limit: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("klipnet_training.data.clips.IN_MEMORY_CLIPS", limit)
    folder = write_clips(tmp_path, [make_clip("torn", "s1", "train", "at")])
    path = folder / "crops/torn.npz"
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(UserError, match=r"torn\.npz is damaged: run `klipnet-data prepare` again"):
        load_clips(folder)
    path.unlink()
    with pytest.raises(UserError, match=r"torn\.npz is missing"):
        load_clips(folder)


def test_augmentation_of_strength_0_changes_nothing() -> None:
    none = Augmentation(**{name: type(value)(0) for name, value in _strengths().items()})
    draw = replace(DRAW, augmentation=none, sampling=Sampling(words=0, silence=0, whole=1))
    (plans, *_) = draw.batches(CLIPS)
    (batch, *_) = load_epoch(CLIPS, ENGLISH, draw, Shard(), 0, workers=0)
    for row, plan in enumerate(plans):
        clip = CLIPS[plan.clip]
        assert np.array_equal(batch.frames[row, : len(clip.crops)].numpy(), clip.crops)


def _strengths() -> dict[str, float]:
    return {name: getattr(Augmentation(), name) for name in Augmentation.__slots__}


def test_a_disguise_is_constant_in_a_clip_and_preserves_contrast_polarity() -> None:
    still = np.repeat(CLIPS[0].crops[:1], 4, axis=0)
    disguised = []
    for seed in range(12):
        random = np.random.default_rng(seed)
        changed = retexture(reshape(still, random), random)
        assert changed.shape == still.shape
        assert changed.dtype == np.uint8
        assert (changed == changed[:1]).all()
        retextured = retexture(still, np.random.default_rng(seed))
        assert np.corrcoef(retextured[0].ravel(), still[0].ravel())[0, 1] > 0
        disguised.append(changed[0].astype(float))
    assert min(np.abs(a - b).mean() for a, b in pairwise(disguised)) > 1
