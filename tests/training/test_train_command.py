"""`klipnet-train` on real clips, and its messages for user errors."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from klipnet_training.commands.train import main
from klipnet_training.config.schema import config_from
from klipnet_training.run import checkpoint
from klipnet_training.run.progress import TerminalWatcher, sample_table
from klipnet_training.run.run_folder import RunFolder
from klipnet_training.run.watcher import HeadReadings
from rich.console import Console

from klipnet_live.dataset_format import write_table
from tests.training.small_clips import SMALL_LIPNET, make_clip, write_clips

QUICK = (
    *("--epochs", "2", "--set", "optimisation.batch=2"),
    *(part for name, value in SMALL_LIPNET.items() for part in ("--set", f"model.{name}={value}")),
)


@pytest.mark.parametrize(
    ("scenario", "validation"),
    [
        ("random_split", ("split.part=0.25",)),
        ("unseen_speakers", ('split.speakers=["s22"]',)),
        ("unseen_speakers_curriculum", ('split.speakers=["s22"]',)),
        ("overlapped_speakers", ("split.sentences=1",)),
        ("overlapped_speakers_curriculum", ("split.sentences=1",)),
    ],
)
def test_every_scenario_trains_on_real_clips(
    scenario: str, validation: tuple[str, ...], real: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = real
    if scenario.startswith("overlapped"):
        data = _two_speakers_twice(real, tmp_path / "data")
    changes = [part for change in validation for part in ("--set", change)]
    run = tmp_path / "run"
    code = main(["--scenario", scenario, "--data", str(data), "--out", str(run), *QUICK, *changes])
    printed = capsys.readouterr().err
    assert code == 0, printed
    with (run / "log.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["epoch"] for row in rows] == ["1", "2"]
    assert all(0 < float(row["loss"]) < 1000 for row in rows)
    assert {"final_cer", "final_wer"} <= rows[0].keys()
    assert (run / "config.toml").read_text(encoding="utf-8").count("speakers") >= 1
    assert list((run / "tensorboard").iterdir())
    for spoken in ("truth", "final", "blue", "best.pt"):
        assert spoken in printed.replace("\n", ""), "long paths break the line"


@pytest.mark.parametrize(("model", "language"), [("en-grid", "en"), ("ko-seed", "ko")])
def test_a_released_model_can_be_adapted(
    model: str, language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "bin blue" if language == "en" else "학생 축구"
    clips = [make_clip(f"c{i}", "me", "val" if i == 2 else "train", text) for i in range(3)]
    data = write_clips(tmp_path / "mine", clips)
    # Fewer rehearsal clips than in real use, for speed.
    few = ["--set", "rehearsal=2", "--epochs", "1"]
    code = main(["--scenario", "adapt", "--data", str(data), "--out", str(tmp_path / "run"), *few])
    printed = capsys.readouterr().err
    assert code == 0, printed
    assert f"the weights of {model}." in printed
    config = RunFolder(tmp_path / "run").configuration()
    assert config is not None
    assert (config.language, config.start_from) == (language, model)


def _two_speakers_twice(real: Path, folder: Path) -> Path:
    """The real clips, with s22's clip assigned to s1, as an overlapped speaker needs two sentences."""
    shutil.copytree(real, folder)
    table = folder / "transcripts.tsv"
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    table.write_text("".join(line.replace("\ts22\t", "\ts1\t") for line in lines), encoding="utf-8")
    return folder


def _mistake(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """The one line that a failing command prints."""
    assert main(arguments) == 1
    lines = [line for line in capsys.readouterr().err.splitlines() if line.startswith("klipnet-train: ")]
    assert len(lines) == 1
    return lines[0]


def test_user_errors_are_printed_in_one_line(
    prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = str(tmp_path / "run")
    scenario = ["--scenario", "random_split", "--out", run]
    assert "has no transcripts.tsv" in _mistake([*scenario, "--data", str(tmp_path)], capsys)
    data = [*scenario, "--data", str(prepared)]
    assert "is in 'en', but the network is for 'ko'" in _mistake([*data, "--set", 'language="ko"'], capsys)
    assert "none of the speakers" in _mistake(
        [*data, "--set", 'split.scenario="unseen_speakers"', "--set", 'split.speakers=["s9"]'], capsys
    )
    assert "no run to resume" in _mistake(["--resume", "--out", run], capsys)
    (tmp_path / "file").write_text("")
    assert "Cannot write to" in _mistake(
        [*scenario[:2], "--out", str(tmp_path / "file"), "--data", str(prepared), *QUICK], capsys
    )
    assert not (tmp_path / "run/last.pt").exists()


def test_unprepared_recordings_get_their_own_message(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, scenario = tmp_path / "my recordings", ["--scenario", "adapt", "--out", str(tmp_path / "run")]
    (data / "clips").mkdir(parents=True)
    (data / "clips/a.mp4").write_bytes(b"a video")
    write_table(data / "transcripts.tsv", ("path", "text"), [{"path": "clips/a.mp4", "text": "bin"}])
    printed = _mistake([*scenario, "--data", str(data)], capsys)
    command = f'`klipnet-data prepare "{data}" -o "prepared/my recordings"`'
    assert f"{data} is not prepared: run {command}" in printed
    assert "There is no folder" in _mistake([*scenario, "--data", str(tmp_path / "none")], capsys)


def test_usage_errors_exit_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (
        [],
        ["--out", "run"],
        ["--scenario", "x", "--config", "y", "--out", "run"],
        ["--scenario", "random_split", "--out", "run", "--epochs", "0"],
        ["--resume", "--out", "run", "--epochs", "9"],
    ):
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 2


def test_a_run_is_resumed_only_with_its_configuration(
    prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    begin = ["--scenario", "random_split", "--data", str(prepared), "--out", str(tmp_path / "run"), *QUICK]
    assert main(begin) == 0
    assert "already has a run" in _mistake(begin, capsys)
    assert "started with another configuration" in _mistake([*begin, "--resume", "--epochs", "3"], capsys)
    assert main([*begin, "--resume"]) == 0
    assert main(["--resume", "--out", str(tmp_path / "run")]) == 0
    assert checkpoint.load(tmp_path / "run/last.pt")["progress"]["epoch"] == 2
    (tmp_path / "run/last.pt").write_bytes(b"torn")
    assert "is not a KLipNet checkpoint" in _mistake(["--resume", "--out", str(tmp_path / "run")], capsys)


def test_a_second_run_in_the_same_folder_is_refused(
    prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("klipnet_training.run.run_folder.LOCK_TIMEOUT_S", 0.0)
    run = tmp_path / "run"
    begin = ["--scenario", "random_split", "--data", str(prepared), "--out", str(run), *QUICK]
    with RunFolder(run).claimed():
        assert "Another process is writing to" in _mistake(begin, capsys)
        assert "Another process is writing to" in _mistake([*begin, "--resume"], capsys)
        assert not (run / "config.toml").exists()
    assert main(begin) == 0


def test_a_killed_process_releases_its_folder(tmp_path: Path) -> None:
    call = (
        "import sys; from pathlib import Path; from klipnet_training.run.run_folder import RunFolder\n"
        "with RunFolder(Path(sys.argv[1])).claimed(): print('claimed', flush=True); input()"
    )
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", call, str(tmp_path)], stdin=pipe, stdout=pipe) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"claimed\n"
        (tmp_path / f".last.pt.{process.pid}.part").write_bytes(b"cut off")
        process.kill()
    with RunFolder(tmp_path).claimed():
        assert not list(tmp_path.glob("*.part"))


def test_weights_without_a_run_are_not_overwritten(
    prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """E.g. averaged or imported weights; a run killed before its first checkpoint starts again."""
    run = tmp_path / "run"
    begin = ["--scenario", "random_split", "--data", str(prepared), "--out", str(run), *QUICK]
    assert main(begin) == 0
    (run / "last.pt").unlink()
    assert "already has a run" in _mistake(begin, capsys)
    assert "no run to resume" in _mistake(["--resume", "--out", str(run)], capsys)
    assert "another configuration" in _mistake([*begin, "--resume", "--epochs", "1"], capsys)
    assert main([*begin, "--resume"]) == 0
    assert (run / "last.pt").is_file()


def test_a_run_can_start_from_the_weights_of_another(prepared: Path, tmp_path: Path) -> None:
    begin = ["--scenario", "random_split", "--data", str(prepared), *QUICK]
    assert main([*begin, "--out", str(tmp_path / "first")]) == 0
    still = ["--set", f"start_from={tmp_path / 'first'}", "--set", "optimisation.learning_rate=0.0"]
    assert main([*begin, *still, "--out", str(tmp_path / "second")]) == 0
    first, second = (checkpoint.load(tmp_path / name / "best.pt")["model"] for name in ("first", "second"))
    assert all(torch.equal(first[name], second[name]) for name in first)


def test_partial_transcripts_and_silent_clips_train(tmp_path: Path) -> None:
    """Korean clips with unknown first words, and a clip without words or alignment."""
    texts = ("* 그러나 사 주황", "분필 축구", "", "학생 축구 그러나 칠 노랑")
    clips = [make_clip(f"k{i}", "k1", "train", text, 40, aligned=False) for i, text in enumerate(texts)]
    write_clips(tmp_path / "data", [*clips, replace(clips[1], name="v", split="val")])
    small = ["--set", "model.features=8", "--set", "model.channels=[2, 2, 2, 2]"]
    arguments = ["--scenario", "ko_seed", "--data", str(tmp_path), "--epochs", "1", *small]
    folders = ["--set", 'data=[{folder="data"}]', "--set", 'validation=[{folder="data", split="val"}]']
    assert main([*arguments, *folders, "--out", str(tmp_path / "run")]) == 0
    config = config_from(checkpoint.load(tmp_path / "run/best.pt")["config"])
    assert (config.language, config.architecture) == ("ko", "cascade")


def test_the_bar_shows_smoothed_loss_and_cer() -> None:
    console = Console(record=True, width=120, force_terminal=True)
    with TerminalWatcher(console) as watcher:
        watcher.epoch_begins(2, 5, 10, 3)
        watcher.step(20.0, 0.5)
        watcher.step(10.0, 0.5)
        console.print(watcher.bar.get_renderable())
        watcher.epoch_ends(
            {"epoch": 3, "loss": 15.0, "final_cer": 12.5}, [HeadReadings("bin", {"final": "bi"})]
        )
    text = console.export_text()
    assert "epoch 3/5" in text
    assert "5/10" in text
    assert "loss 19.00" in text
    assert "CER 50.0%" in text
    assert "final_cer 12.5" in text


def test_the_table_marks_correct_readings_of_partial_transcripts() -> None:
    heads = {"stream": "학생 사 주황", "final": "학생 축구 사 노랑"}
    columns = sample_table([HeadReadings("* 사 주황", heads)]).columns
    styles = [cell.style for column in columns[1:] for cell in column.cells]  # type: ignore[union-attr]
    assert styles == ["green", ""]


def test_the_table_shows_samples_of_the_whole_set() -> None:
    readings = [HeadReadings(f"truth {i}", {"stream": f"s {i}", "final": f"f {i}"}) for i in np.arange(90)]
    table = sample_table(readings)
    assert [column.header for column in table.columns] == ["truth", "stream", "final"]
    assert list(table.columns[0].cells) == [f"truth {i}" for i in range(0, 90, 15)]


def test_help_needs_no_pytorch() -> None:
    """The wheel installed alone lacks it."""
    program = (
        "import sys; sys.modules['torch'] = None; sys.argv = ['command', '--help']\n"
        "from klipnet_training import cli\n"
        "for command in (cli.train, cli.evaluate, cli.export):\n"
        "    try: command()\n"
        "    except SystemExit as ended: print('ended with', ended.code)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.count("ended with 0") == 3
    assert [name in done.stdout for name in ("klipnet-train", "klipnet-evaluate", "klipnet-export")] == [
        True
    ] * 3
