"""Losses compared with sums over all alignments, and the moving average with its definition."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import replace

import pytest
import torch
from klipnet_training.data.excerpts import UNKNOWN_LABEL
from klipnet_training.data.samples import Batch
from klipnet_training.run.loss import (
    HEAD_DELAY_FRAMES,
    LIPS_LEAD_FRAMES,
    consistency,
    ctc,
    delayed_distillation,
    quiet,
    speech_activity,
)
from klipnet_training.run.running_mean import warming_average
from torch.nn import functional

SYMBOLS = 3


def batch_of(symbols: list[int], frames: int, starred: bool = False) -> Batch:
    return Batch(
        frames=torch.zeros(1, frames, 2, 2, dtype=torch.uint8),
        lengths=torch.tensor([frames]),
        symbols=torch.tensor(symbols, dtype=torch.long),
        symbol_counts=torch.tensor([len(symbols)]),
        starred=torch.tensor([starred]),
        speaking=torch.full((1, frames), UNKNOWN_LABEL),
    )


def collapsed(path: tuple[int, ...]) -> list[int]:
    return [key for key, _ in itertools.groupby(path) if key]


def random_log_probs(frames: int) -> torch.Tensor:
    return torch.randn(1, frames, SYMBOLS, generator=torch.Generator().manual_seed(0)).log_softmax(-1)


def probability(log_probs: torch.Tensor, accepts: Callable[[tuple[int, ...]], bool]) -> float:
    frames = log_probs.shape[1]
    paths = itertools.product(range(SYMBOLS), repeat=frames)
    return sum(
        math.exp(sum(float(log_probs[0, t, s]) for t, s in enumerate(path)))
        for path in paths
        if accepts(collapsed(path))
    )


def test_ctc_is_the_sum_over_all_alignments() -> None:
    log_probs = random_log_probs(5)
    expected = -math.log(probability(log_probs, lambda text: text == [1, 2]))
    assert float(ctc(log_probs, batch_of([1, 2], 5))) == pytest.approx(expected, abs=1e-5)


def test_a_wildcard_matches_any_beginning() -> None:
    """The starred loss is at most that of any text with the same end."""
    log_probs = random_log_probs(5)
    starred = float(ctc(log_probs, batch_of([2], 5, starred=True)))
    for beginning in ([], [1], [2, 1], [1, 2, 1]):
        assert starred <= float(ctc(log_probs, batch_of([*beginning, 2], 5))) + 1e-5


def test_a_delayed_copy_of_the_teacher_has_no_distillation_loss() -> None:
    teacher = random_log_probs(9)
    late = torch.cat([teacher[:, :3].flip(-1), teacher[:, :-3]], dim=1)
    assert float(delayed_distillation(late, teacher, batch_of([1], 9), 3)) == pytest.approx(0.0, abs=1e-6)
    assert float(delayed_distillation(teacher, teacher, batch_of([1], 9), 3)) > 0.01


def test_padding_does_not_count_in_distillation() -> None:
    teacher, student = random_log_probs(9), random_log_probs(9).flip(-1)
    short = batch_of([1], 6)
    before = float(delayed_distillation(student, teacher, short, 2))
    student[:, 6:] = math.log(1 / SYMBOLS)
    assert float(delayed_distillation(student, teacher, short, 2)) == pytest.approx(before)


def test_equal_views_have_no_consistency_loss_and_padding_does_not_count() -> None:
    view, other = random_log_probs(6), random_log_probs(6).flip(-1)
    pair = batch_of([1], 4)
    pair = replace(pair, lengths=torch.tensor([4, 4]))
    assert float(consistency(torch.cat([view, view]), pair)) == pytest.approx(0.0, abs=1e-6)
    apart = consistency(torch.cat([view, other]), pair)
    inside = [
        functional.kl_div(a[0, :4], b[0, :4], reduction="sum", log_target=True)
        for a, b in ((view, other), (other, view))
    ]
    assert float(apart) == pytest.approx(float(sum(inside)) / 2, rel=1e-5)


def test_unlabelled_frames_do_not_count_as_silence() -> None:
    batch = batch_of([1], 4)
    assert float(speech_activity(torch.full((1, 4), 9.0), batch)) == 0.0
    batch.speaking[0, 1] = 1.0
    assert float(speech_activity(torch.full((1, 4), 9.0), batch)) < 0.01
    assert float(speech_activity(torch.full((1, 4), -9.0), batch)) > 5.0


def test_the_quiet_loss_applies_only_to_frames_far_from_speech() -> None:
    frames = 4 + 5 + HEAD_DELAY_FRAMES + 3
    batch = batch_of([1], frames)
    batch.speaking[0, :-1] = 0.0
    batch.speaking[0, 4:9] = 1.0
    scores = torch.zeros(1, frames, SYMBOLS, requires_grad=True)
    quiet(scores.log_softmax(-1), batch).backward()
    assert scores.grad is not None
    touched = scores.grad[0].abs().sum(-1).nonzero().flatten().tolist()
    assert touched == [*range(4 - LIPS_LEAD_FRAMES), *range(9 + HEAD_DELAY_FRAMES, frames - 1)]


def test_ctc_emits_nothing_in_silence() -> None:
    batch = batch_of([1], 8)
    batch.speaking[:] = 0.0
    batch.speaking[0, 5:] = 1.0
    log_probs = random_log_probs(8)
    before = float(ctc(log_probs, batch))
    log_probs[0, : 5 - LIPS_LEAD_FRAMES] = torch.randn(5 - LIPS_LEAD_FRAMES, SYMBOLS).log_softmax(-1)
    assert float(ctc(log_probs, batch)) == pytest.approx(before)
    free = batch_of([1], 8)
    assert float(ctc(log_probs, free)) != pytest.approx(before)


def test_the_quiet_loss_of_a_silent_clip_covers_all_frames() -> None:
    batch = batch_of([], 6)
    batch.speaking[:] = 0.0
    half = torch.full((1, 6, SYMBOLS), math.log(0.25))
    half[..., 0] = math.log(0.5)
    assert float(quiet(half, batch)) == pytest.approx(6 * math.log(2))


def test_the_moving_average_warms_up() -> None:
    average = warming_average(0.9)
    early, late = torch.tensor([0.0]), torch.tensor([0.0])
    average([early], [torch.tensor([1.0])], 1)
    average([late], [torch.tensor([1.0])], 10_000)
    assert float(early) == pytest.approx(1 - 1 / 11)
    assert float(late) == pytest.approx(0.1)
