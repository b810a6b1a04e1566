"""Training from the window: a real process with a real, very small training, and what it reports."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from klipnet_live.manifest import load_manifest
from klipnet_live.models import find_model
from klipnet_live.phrases.profile import Profile, ProfileInfo
from klipnet_live.recording import training
from klipnet_live.recording.phrase_clips import held_out_takes, matched_right, write_clips
from klipnet_live.recording.training import TrainingOutput, TrainingRun, TrainingTask, adopt
from klipnet_live.types import UserError

pytest.importorskip("torch")

from klipnet_training.run.adapting_report import JsonReport

PHRASES = ("water please", "i am cold", "open the window", "good night")
QUICK = ("optimisation.epochs=1", "rehearsal=2", "optimisation.batch=4")
PATIENCE_S = 180.0


@pytest.fixture
def profile() -> Profile:
    """Two takes of each phrase, which look alike."""
    made = Profile(ProfileInfo("Ada"))
    for number, text in enumerate(PHRASES):
        for take in range(2):
            random = np.random.default_rng((number, take))
            crops = [random.integers(0, 255, (50, 100), dtype=np.uint8) for _ in range(14)]
            shape = np.random.default_rng(number).normal(0, 1, (14, 4))
            features = shape + random.normal(0, 0.05, (14, 4))
            made = made.with_take(text, features.astype(np.float32), crops)
    return made


@pytest.fixture
def task(profile: Profile, tmp_path: Path) -> TrainingTask:
    write_clips(profile, tmp_path / "clips")
    rival = lambda: matched_right(profile, 1)  # noqa: E731
    return TrainingTask(tmp_path / "clips", tmp_path / "work", "Ada-en", QUICK, rival)


@pytest.fixture
def runs() -> Iterator[list[TrainingRun]]:
    started: list[TrainingRun] = []
    yield started
    for run in started:
        run.stop()
        run.join(PATIENCE_S)


def test_a_profile_is_trained_and_compared_on_held_out_takes(
    task: TrainingTask, runs: list[TrainingRun], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run = TrainingRun(task)
    runs.append(run)
    run.start()
    assert run.join(PATIENCE_S)
    result = run.state.result
    assert run.state.stage == "done", run.state.problem
    assert result is not None
    assert sorted(reading.truth for reading in result.readings) == sorted(PHRASES)
    assert result.words == sum(len(text.split()) for text in PHRASES)
    # Four of four takes are matched; one epoch on noise teaches nothing that would be better.
    assert result.rival == 4
    assert not result.is_better
    monkeypatch.setattr("klipnet_live.models.user_models", lambda: tmp_path / "models")
    monkeypatch.setattr(training, "user_models", lambda: tmp_path / "models")
    assert adopt(result.model) == adopt(result.model) == "Ada-en"
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["Ada-en"]
    model, base = load_manifest(find_model("Ada-en", None)), load_manifest(find_model("en-grid", None))
    assert {"water", "night"} <= set(model.words)
    # It knows what it cannot read as its base does: else every line would be shown as read.
    assert model.readability == base.readability
    assert model.calibration == base.calibration


def test_a_stopped_training_ends_and_keeps_its_run(task: TrainingTask, runs: list[TrainingRun]) -> None:
    run = TrainingRun(replace(task, changes=(*QUICK[1:], "optimisation.epochs=10000")))
    runs.append(run)
    run.start()
    until = time.monotonic() + PATIENCE_S
    while run.state.stage != "training" or not run.state.done:
        assert time.monotonic() < until
        time.sleep(0.05)
    run.stop()
    assert run.join(PATIENCE_S)
    assert run.state.stage == "stopped"
    assert (task.work / "run/last.pt").is_file()


def test_recordings_that_cannot_be_trained_are_a_one_line_error(
    tmp_path: Path, runs: list[TrainingRun]
) -> None:
    run = TrainingRun(TrainingTask(tmp_path / "none", tmp_path / "work", "me"))
    runs.append(run)
    run.start()
    assert run.join(PATIENCE_S)
    assert run.state.stage == "failed"
    assert run.state.problem is not None
    assert "none" in str(run.state.problem)


def test_a_model_that_cannot_be_copied_leaves_the_present_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    models, new = tmp_path / "models", tmp_path / "mine"
    monkeypatch.setattr(training, "user_models", lambda: models)
    new.mkdir()
    (new / "manifest.json").write_text("first")
    adopt(new)
    (new / "manifest.json").write_text("second")
    (new / "gone.onnx").symlink_to(tmp_path / "nowhere")
    with pytest.raises(UserError):
        adopt(new)
    assert [path.name for path in models.iterdir()] == ["mine"]
    assert (models / "mine/manifest.json").read_text() == "first"


def test_the_newest_take_of_each_phrase_is_held_out(profile: Profile, tmp_path: Path) -> None:
    newest = {profile.takes_of(text)[-1].id for text in PHRASES}
    assert {take.id for take in held_out_takes(profile)} == newest
    write_clips(profile, tmp_path)
    rows = [line.split("\t") for line in (tmp_path / "transcripts.tsv").read_text().splitlines()[1:]]
    assert {Path(row[0]).stem for row in rows if row[2] == "test"} == newest
    assert len(rows) == 8
    few = profile.without_phrase("good night")
    with pytest.raises(UserError, match="4 phrases with at least two takes"):
        write_clips(few, tmp_path)
    (take,) = profile.takes_of("i am cold")[:1]
    odd = profile.with_take("room 12", profile.features[take.id], profile.crops[take.id])
    with pytest.raises(UserError, match="numbers and signs"):
        write_clips(odd, tmp_path)


def test_the_time_left_is_estimated_from_the_steps_of_this_run() -> None:
    progress = TrainingOutput()
    for done in range(100, 111):
        progress.feed(json.dumps({"stage": "training", "done": done, "total": 200}), 2.0 * done)
    # A run that goes on did its first hundred steps some other day.
    assert progress.state.seconds_left == pytest.approx(180.0)
    progress.feed("no JSON", 300.0)
    progress.feed("[1]", 300.0)
    assert progress.state.done == 110
    progress.feed(json.dumps({"problem": "There is no folder {path}.", "values": {"path": "x"}}), 300.0)
    assert str(progress.state.problem) == "There is no folder x."


def test_a_problem_keeps_its_values_on_the_way_to_the_window(
    capsys: pytest.CaptureFixture[str],
) -> None:
    error = UserError("{path} ends after {seconds:.1f} seconds.", path=Path("a.mp4"), seconds=2.25)
    JsonReport().problem(error)
    progress = TrainingOutput()
    progress.feed(capsys.readouterr().out, 0.0)
    assert str(progress.state.problem) == str(error)
