"""Complete runs of a small network: resuming, stopping, several processes."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from klipnet_training.commands.average import average, mean_weights
from klipnet_training.config.files import to_toml
from klipnet_training.config.schema import Config, config_from
from klipnet_training.run import checkpoint
from klipnet_training.run.interruption import stop_on_request
from klipnet_training.run.learner import Learner
from klipnet_training.run.parallel import Process
from klipnet_training.run.run_folder import RunFolder
from klipnet_training.run.trained import load_network, load_weights
from klipnet_training.run.trainer import Trainer

from klipnet_live.lips.alphabet import alphabet_for
from klipnet_live.types import UserError
from tests.training.small_clips import SMALL_CASCADE, SMALL_LIPNET, make_clip, write_clips

REPOSITORY = Path(__file__).parents[2]

PATIENCE_S = 900
"""On a busy machine, starting torch can take seven times as long."""


def small_config(data: Path, **changes: object) -> Config:
    optimisation = {"epochs": 3, "batch": 2, "checkpoint_steps": 1, "average": 0.5, **changes}
    return config_from(
        {
            "data": [{"folder": str(data)}],
            "validation": [{"folder": str(data), "split": "val"}],
            "model": SMALL_CASCADE,
            "optimisation": optimisation,
        }
    )


def log_of(run: Path, *names: str) -> list[list[str]]:
    with (run / "log.csv").open(encoding="utf-8") as file:
        return [[row[name] for name in names] for row in csv.DictReader(file)]


def assert_same(a: Any, b: Any) -> None:
    """Assert that nested states are bit-identical."""
    if isinstance(a, torch.Tensor):
        assert torch.equal(a, b)
    elif isinstance(a, dict):
        assert a.keys() == b.keys()
        for name in a:
            assert_same(a[name], b[name])
    else:
        assert a == b


def start(*arguments: object, output: Path, processes: int = 1) -> subprocess.Popen[bytes]:
    """Start `klipnet-train` in the background, with its output in the file `output`."""
    # Use an IP address: the host's own name may not resolve, or only slowly.
    options = ("--standalone", "--local-addr=127.0.0.1", f"--nproc-per-node={processes}")
    launcher = ("torch.distributed.run", *options, "-m")
    module = [*(launcher if processes > 1 else ()), "klipnet_training.commands.train"]
    command = [sys.executable, "-m", *module, *map(str, arguments)]
    with output.open("wb") as file:
        environment = os.environ | {"OMP_NUM_THREADS": "1"}
        return subprocess.Popen(command, cwd=REPOSITORY, env=environment, stdout=file, stderr=file)


@pytest.mark.timeout(PATIENCE_S)
def test_a_killed_and_resumed_run_equals_an_uninterrupted_one(prepared: Path, tmp_path: Path) -> None:
    config = small_config(prepared, epochs=4)
    (tmp_path / "config.toml").write_text(to_toml(config.as_dict()))
    whole = Trainer(config, tmp_path / "whole")
    assert whole.fit()

    process = start(
        "--config", tmp_path / "config.toml", "--out", tmp_path / "killed", output=tmp_path / "output.txt"
    )
    last = tmp_path / "killed/last.pt"
    progress: dict[str, Any] = {}
    while process.poll() is None and not progress.get("step"):
        with suppress(UserError):
            progress = checkpoint.load(last)["progress"]
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.wait()
    stopped_at = checkpoint.load(last)["progress"]
    assert stopped_at["epoch"] < 4, "the run ended before it could be killed"

    resumed = Trainer(config, tmp_path / "killed")
    resumed.resume()
    assert resumed.fit()
    assert_same(checkpoint.load(last), checkpoint.load(tmp_path / "whole/last.pt"))
    assert_same(load_weights(tmp_path / "killed"), load_weights(tmp_path / "whole"))
    figures = ("epoch", "loss", "stream_cer", "final_cer")
    assert log_of(tmp_path / "killed", *figures) == log_of(tmp_path / "whole", *figures)


@pytest.mark.timeout(PATIENCE_S)
def test_two_processes_train_the_same_as_one(prepared: Path, tmp_path: Path) -> None:
    """Losses agree within 0.1 % in every epoch, without dropout, whose random numbers differ."""
    config = small_config(prepared, epochs=3, batch=4)
    config = replace(config, model=replace(config.model, dropout=0.0))
    (tmp_path / "config.toml").write_text(to_toml(config.as_dict()))
    arguments, output = (
        ("--config", tmp_path / "config.toml", "--out", tmp_path / "two"),
        tmp_path / "out.txt",
    )
    with start(*arguments, output=output, processes=2) as process:
        Trainer(config, tmp_path / "one").fit()
        assert process.wait() == 0, output.read_text()
    one, two = ([float(loss) for (loss,) in log_of(tmp_path / name, "loss")] for name in ("one", "two"))
    assert len(set(one)) == 3
    assert two == pytest.approx(one, rel=1e-3)
    shapes = [{name: w.shape for name, w in load_weights(tmp_path / run).items()} for run in ("one", "two")]
    assert shapes[0] == shapes[1]


def test_stopping_within_an_epoch_saves_a_checkpoint(prepared: Path, tmp_path: Path) -> None:
    config = small_config(prepared, checkpoint_steps=1000)
    requests = iter([False, False, True])
    trainer = Trainer(config, tmp_path)
    assert not trainer.fit(stopped=lambda: next(requests))
    progress = checkpoint.load(tmp_path / "last.pt")["progress"]
    assert (progress["epoch"], progress["step"]) == (0, 3)


def test_a_second_ctrl_c_acts_immediately() -> None:
    with stop_on_request() as stopped:
        assert not stopped()
        signal.raise_signal(signal.SIGINT)
        assert stopped()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_training_stops_early_without_improvement(prepared: Path, tmp_path: Path) -> None:
    config = small_config(prepared, epochs=30, learning_rate=0.0, patience=2, schedule="constant")
    Trainer(config, tmp_path).fit()
    assert [epoch for (epoch,) in log_of(tmp_path, "epoch")] == ["1", "2", "3"]
    again = Trainer(config, tmp_path)
    again.resume()
    assert again.fit()
    assert len(log_of(tmp_path, "epoch")) == 3


def test_validation_does_not_score_unknown_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Best weights and early stopping depend on these scores."""
    texts = {"train": ("bin blue", "lay red"), "val": ("* red now", "at f")}
    clips = [make_clip(f"{s}{i}", "s1", s, text) for s in texts for i, text in enumerate(texts[s])]
    data = write_clips(tmp_path / "data", clips)
    read = [dict.fromkeys(("stream", "final"), text) for text in ("lay red now", "at f")]
    monkeypatch.setattr("klipnet_training.run.trainer.read_clips", lambda *_: read)
    Trainer(small_config(data, epochs=1), tmp_path / "run").fit()
    assert log_of(tmp_path / "run", "stream_cer", "final_cer", "final_wer") == [["0.0", "0.0", "0.0"]]


def test_workers_do_not_change_the_result(prepared: Path, tmp_path: Path) -> None:
    config = small_config(prepared, epochs=1)
    Trainer(config, tmp_path / "alone").fit()
    Trainer(small_config(prepared, epochs=1, workers=1), tmp_path / "helped").fit()
    assert_same(load_weights(tmp_path / "alone"), load_weights(tmp_path / "helped"))


def test_a_nan_loss_ends_the_run(prepared: Path, tmp_path: Path) -> None:
    config = small_config(prepared, learning_rate=1e6, clip_norm=1e6, schedule="constant")
    with pytest.raises(UserError, match=r"lower optimisation\.learning_rate"):
        Trainer(config, tmp_path).fit()


def test_a_full_disk_leaves_the_last_good_checkpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checkpoint.save(tmp_path / "last.pt", {"progress": 1})

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError, match=r"Cannot save .*last\.pt: .*No space left.* Free some space"):
        checkpoint.save(tmp_path / "last.pt", {"progress": 2})
    assert checkpoint.load(tmp_path / "last.pt") == {"progress": 1}
    assert [path.name for path in tmp_path.iterdir()] == ["last.pt"]


def test_a_file_that_cannot_grow_leaves_the_last_good_checkpoint(tmp_path: Path) -> None:
    """The system refuses to write in the middle of the file."""
    resource = pytest.importorskip("resource")
    checkpoint.save(tmp_path / "last.pt", {"progress": 1})
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(UserError, match=r"Cannot save .*last\.pt: File too large\. Free some space"):
            checkpoint.save(tmp_path / "last.pt", {"weights": torch.zeros(100_000)})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert checkpoint.load(tmp_path / "last.pt") == {"progress": 1}
    assert [path.name for path in tmp_path.iterdir()] == ["last.pt"]


@pytest.mark.parametrize(
    ("left", "kept"), [("epoch,loss\n1,0.5\n2,0.4", ["1,0.5"]), ("epoch,lo", []), ("", [])]
)
def test_a_truncated_log_is_continued(left: str, kept: list[str], tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(left, encoding="utf-8")
    folder = RunFolder(tmp_path)
    folder.forget_after(1)
    folder.log({"epoch": 2, "loss": 0.25})
    rows = (tmp_path / "log.csv").read_text(encoding="utf-8").splitlines()
    assert rows == ["epoch,loss", *kept, "2,0.25"]


def test_training_can_start_from_another_run(prepared: Path, tmp_path: Path) -> None:
    config = small_config(prepared, epochs=1)
    Trainer(config, tmp_path / "english").fit()
    weights = load_weights(tmp_path / "english")
    korean = Learner(config, alphabet_for("ko").size, 1, Process())
    assert korean.start_from(weights) == ["stream_out", "final_out"], "all but the output layers"
    name = "front.temporal.weight"
    assert torch.equal(korean.model.state_dict()[name], weights[name])
    assert torch.equal(korean.mean.module.state_dict()[name], weights[name])
    with pytest.raises(UserError, match="No weights of start_from fit"):
        korean.start_from({"out.weight": torch.zeros(3)})


def test_a_run_of_another_architecture_is_refused(prepared: Path, tmp_path: Path) -> None:
    config = small_config(prepared, epochs=1)
    Trainer(config, tmp_path).fit()
    lipnet = config_from(config.as_dict() | {"architecture": "lipnet", "model": SMALL_LIPNET})
    other = Trainer(lipnet, tmp_path)
    with pytest.raises(UserError, match="another network"):
        other.resume()
    checkpoint.save(tmp_path / "best.pt", {"config": lipnet.as_dict(), "model": load_weights(tmp_path)})
    with pytest.raises(UserError, match="architecture lipnet"):
        load_network(tmp_path)


def test_checkpoints_are_averaged_into_a_run(prepared: Path, tmp_path: Path) -> None:
    """The last checkpoint counts with its moving average, which is what was validated in training."""
    run, mean = tmp_path / "run", tmp_path / "mean"
    Trainer(small_config(prepared, epochs=1), run).fit()
    state = checkpoint.load(run / "last.pt")
    for name, value in state["mean"].items():
        if name.startswith("module.") and value.is_floating_point():
            value += 1.0
    checkpoint.save(run / "last.pt", state)
    average([run, run / "last.pt"], mean)
    before, after = load_weights(run), load_weights(mean)
    name = "stream_out.bias"
    assert torch.allclose(after[name], before[name] + 0.5)
    load_network(mean)
    with pytest.raises(UserError, match="already has a run"):
        average([run], mean)
    assert_same(load_weights(mean), after)


def test_networks_of_another_shape_are_not_averaged() -> None:
    small, large = {"w": torch.zeros(2)}, {"w": torch.zeros(3)}
    with pytest.raises(UserError, match="different networks"):
        mean_weights([small, large])
