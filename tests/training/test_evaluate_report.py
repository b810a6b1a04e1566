"""Caveats that an evaluation prints with its scores."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from klipnet_training.architectures import build_network
from klipnet_training.commands.evaluate import main
from klipnet_training.config.schema import config_from
from klipnet_training.evaluation.report import remarks, score_table, splits_of
from klipnet_training.evaluation.scores import clip_reading, score
from klipnet_training.run.run_folder import RunFolder
from rich.console import Console

from tests.training.small_clips import SMALL_CASCADE, make_clip, write_clips

CLIPS = [make_clip(f"c{i}", "me", split, "bin") for i, split in enumerate(("train", "val", ""))]


def test_clips_without_a_split_are_not_called_training_clips() -> None:
    assert splits_of(CLIPS) == "1 train, 1 val, 1 without a split"
    assert splits_of(CLIPS[2:] * 6) == "6 without a split"


def test_few_clips_get_a_caveat() -> None:
    (one,) = remarks(CLIPS[1:2], trained=True)
    assert one.startswith("1 clip says little:")
    (few,) = remarks(CLIPS[1:2] * 5, trained=True)
    assert few.startswith("5 clips say little:")
    assert not list(remarks(CLIPS[1:2] * 40, trained=True))


def test_clips_without_a_split_may_have_been_trained_on() -> None:
    (line,) = remarks(CLIPS[2:] * 40, trained=True)
    assert "`klipnet-data split`" in line
    assert not list(remarks(CLIPS[2:] * 40, trained=False))


@pytest.mark.parametrize(("clips", "shown"), [(1, "0.00"), (3, "0.00 (0.0-0.0)")])
def test_one_clip_has_no_interval(clips: int, shown: str) -> None:
    console = Console(record=True, width=120)
    console.print(score_table("t", score([clip_reading("c", "me", "bin", "bin")] * clips), {}))
    row = next(line for line in console.export_text().splitlines() if "all" in line)
    assert [cell.strip() for cell in row.split("│")][3] == shown


def test_the_command_prints_the_caveats(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = config_from({"model": SMALL_CASCADE})
    (tmp_path / "run").mkdir()
    RunFolder(tmp_path / "run").save_best(config, build_network(config.model, 28).state_dict())
    data = write_clips(tmp_path / "data", [replace(CLIPS[2], name=f"c{i}") for i in range(6)])
    assert main(["--model", str(tmp_path / "run"), "--data", str(data)]) == 0
    output = " ".join(capsys.readouterr().out.split())
    assert "6 without a split" in output
    assert "6 clips say little" in output
    assert "`klipnet-data split`" in output
