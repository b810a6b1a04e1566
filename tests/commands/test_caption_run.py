"""`klipnet-live caption VIDEO --model RUN`: a training run instead of a model."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from klipnet_live.commands import run_export
from klipnet_live.manifest import FILE_NAME, load_manifest
from klipnet_live.types import UserError
from tests.program import klipnet_live, run

_LOADED = """
import sys
from klipnet_live import cli

status = cli.main(sys.argv[1:])
print(sorted({"torch", "klipnet_training", "onnx"} & set(sys.modules)), status)
"""

_SMALL = {
    "window_height": 16,
    "window_width": 32,
    "channels": [4, 4, 6, 6],
    "features": 16,
    "stream_hidden": 12,
    "final_hidden": 12,
}


@pytest.fixture(scope="module")
def untrained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The result of `klipnet-train`, with weights that read nothing sensible."""
    pytest.importorskip("torch")
    from klipnet_training.architectures import build_network
    from klipnet_training.config.schema import config_from
    from klipnet_training.run.run_folder import RunFolder

    folder = tmp_path_factory.mktemp("runs") / "mine"
    folder.mkdir()
    config = config_from({"model": _SMALL})
    RunFolder(folder).save_best(config, build_network(config.model, 28).state_dict())
    return folder


def test_a_run_is_exported_and_read(untrained: Path, spoken_clip: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", _LOADED, "caption", str(spoken_clip), "--model", str(untrained)]
    finished = run(command, XDG_CACHE_HOME=str(tmp_path))
    # Such weights may also report that nobody spoke.
    line, *_ = finished.stderr.splitlines()
    assert line.startswith(f"{untrained} is a training run: exporting it to {tmp_path}")
    assert finished.stdout.splitlines()[-1] == "[] 0", "the app itself loads no torch"
    (folder,) = (tmp_path / "klipnet-live/exported").iterdir()
    assert load_manifest(folder).name == folder.name


def test_unchanged_weights_are_exported_only_once(
    untrained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made: list[Path] = []

    def export(_: Path, folder: Path) -> None:
        made.append(folder)
        folder.mkdir(parents=True)
        (folder / FILE_NAME).touch()

    monkeypatch.setattr(run_export, "user_cache_path", lambda _: tmp_path / "cache")
    monkeypatch.setattr(run_export, "_export", export)
    changed = shutil.copytree(untrained, tmp_path / "mine")
    with (changed / run_export.CHECKPOINT).open("ab") as file:
        file.write(b"\0")
    models = [run_export.model_of(str(folder)) for folder in (untrained, changed, untrained, changed)]
    assert models == [str(folder) for folder in (*made, *made)]
    assert len(set(made)) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_a_run_that_cannot_be_exported_is_a_one_line_error(spoken_clip: Path, tmp_path: Path) -> None:
    pytest.importorskip("torch")
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "best.pt").write_bytes(b"no weights")
    finished = klipnet_live("caption", spoken_clip, "--model", broken, XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert finished.returncode == 1
    error = finished.stderr.splitlines()[-1]
    assert error.startswith(
        f"klipnet-live: Cannot export {broken}: {broken / 'best.pt'} is not a KLipNet checkpoint"
    )
    assert list((tmp_path / "cache/klipnet-live/exported").iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
def test_messages_of_the_export_may_be_in_any_encoding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its libraries write in the system's encoding, whatever is requested."""
    program = tmp_path / "python"
    program.write_text("#!/bin/sh\nprintf 'klipnet-export: \\260\\241 utf8=%s' $PYTHONUTF8 >&2\nexit 1\n")
    program.chmod(0o700)
    monkeypatch.setattr(run_export.sys, "executable", str(program))
    with pytest.raises(UserError, match=r"Cannot export .*: \ufffd+ utf8=1$"):
        run_export._export(tmp_path, tmp_path / "exported" / "mine")


def test_without_the_training_package_a_run_is_not_exported(
    untrained: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_export, "is_installed", lambda: False)
    assert run_export.model_of(str(untrained)) == str(untrained)


@pytest.mark.parametrize("name", [None, "en-grid", "no such folder"])
def test_a_model_is_used_without_export(name: str | None) -> None:
    assert run_export.model_of(name) == name
