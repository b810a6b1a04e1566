"""Measures against catastrophic forgetting in adaptation."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from klipnet_training.config.files import read_config
from klipnet_training.config.scenarios import scenario_path
from klipnet_training.config.schema import Optimisation
from klipnet_training.run.learner import learning_rate_schedule
from klipnet_training.run.rehearsal import rehearsal_clips
from klipnet_training.run.trainer import Trainer

from klipnet_live.types import UserError
from tests.training.test_train_runs import small_config


def moved(trainer: Trainer, start: dict[str, torch.Tensor]) -> float:
    now = trainer.learner.model.state_dict()
    return sum(float(((now[name] - start[name]) ** 2).sum()) for name in start if "running" not in name)


def test_anchored_weights_move_less(prepared: Path, tmp_path: Path) -> None:
    first = Trainer(small_config(prepared, epochs=1), tmp_path / "first")
    weights = {
        name: w.clone() for name, w in first.learner.model.state_dict().items() if w.is_floating_point()
    }
    distances = []
    for near_start in (0.0, 1000.0):
        config = small_config(prepared, epochs=2, near_start=near_start)
        trainer = Trainer(config, tmp_path / f"run{near_start}")
        trainer.start_from(weights)
        trainer.fit()
        distances.append(moved(trainer, weights))
    assert distances[1] < distances[0] / 2


def test_a_resumed_run_keeps_its_anchor(prepared: Path, tmp_path: Path) -> None:
    config = small_config(prepared, epochs=1, near_start=1.0)
    trainer = Trainer(config, tmp_path / "run")
    start = {name: w.clone() for name, w in trainer.learner.model.state_dict().items()}
    trainer.start_from(start)
    trainer.fit()
    again = Trainer(config, tmp_path / "run")
    again.resume()
    held = again.learner.state()["start"]
    assert held
    assert all(torch.equal(held[name], start[name]) for name in held)


def test_rehearsal_clips_are_half_of_each_epoch(prepared: Path, tmp_path: Path) -> None:
    config = replace(small_config(prepared), rehearsal=2)
    trainer = Trainer(config, tmp_path / "run")
    rehearsed = sum(
        share
        for share, clip in zip(trainer.shares, trainer.clips, strict=True)
        if clip.name.startswith("rehearsal")
    )
    assert rehearsed == pytest.approx(sum(trainer.shares) / 2)
    assert not any(clip.name.startswith("rehearsal") for clip in trainer.validation)


def test_the_adapt_scenario_uses_rehearsal_and_anchoring() -> None:
    config = read_config(scenario_path("adapt"), ["language=en"])
    assert config.rehearsal > 0
    assert config.optimisation.near_start > 0


def test_rehearsal_clips_exist_for_supported_languages() -> None:
    assert rehearsal_clips("en", 0) == []
    (clip,) = rehearsal_clips("ko", 1)
    assert [word.text for word in clip.words] == clip.text.split()
    with pytest.raises(UserError, match="'fr'"):
        rehearsal_clips("fr", 1)


@pytest.mark.parametrize("steps", [4, 8, 9, 10, 19, 20])
def test_a_run_of_any_length_can_warm_up(steps: int) -> None:
    """A warm-up of exactly one step once caused a division by zero: ten clips, three epochs."""
    optimiser = torch.optim.AdamW([torch.nn.Parameter(torch.zeros(1))])
    schedule = learning_rate_schedule(optimiser, Optimisation(warmup=0.1), steps)
    for _ in range(steps):
        optimiser.step()
        schedule.step()
    assert 0 <= schedule.get_last_lr()[0] < 1e-2
