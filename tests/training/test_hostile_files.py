"""Malformed and malicious input files cause one-line errors."""

from __future__ import annotations

import io
import os
import random
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from klipnet_training.commands.data import main as data
from klipnet_training.commands.import_weights import main as import_weights
from klipnet_training.commands.train import main as train
from klipnet_training.config.files import read_config
from klipnet_training.data.contents import contents_of
from klipnet_training.data.stored import StoredCrops, read_crops
from klipnet_training.run.trained import load_network, load_weights

from klipnet_live.dataset_format import read_table
from klipnet_live.types import UserError
from tests.conftest import REPOSITORY
from tests.training.keras_reference import Variant, random_layers, write_file

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="needs devices and pipes of POSIX")


def bomb(path: Path, shape: tuple[int, ...] = (10**7, 50, 100), held: int = 10**8) -> Path:
    """An .npz of a few kilobytes with an array of gigabytes, or with a header that claims so."""
    header = io.BytesIO()
    kind = {"descr": "|u1", "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(header, kind)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file, file.open("crops.npy", "w") as member:
        member.write(header.getvalue())
        for _ in range(held // 10**7):
            member.write(bytes(10**7))
    return path


@pytest.mark.parametrize("held", [0, 10**8])
@pytest.mark.parametrize("shape", [(10**7, 50, 100), (-1, 50, 100), (2**62, 4, 4), ()])
def test_oversized_arrays_are_refused(tmp_path: Path, shape: tuple[int, ...], held: int) -> None:
    path = bomb(tmp_path / "clip.npz", shape, held)
    assert contents_of(path).problem
    for read in (read_crops, lambda path: StoredCrops(path)[:]):
        with pytest.raises(UserError, match="damaged"):
            read(path)


@pytest.mark.parametrize(
    "content",
    [
        b"path\ttext\n" + b"x" * 200_000 + b"\tbin\n",
        b"path\ttext\na.mp4\tbin\x00blue\n" + b"y" * 200_000,
        b"\xff\xfe\x00",
    ],
)
def test_a_table_with_invalid_cells_is_a_user_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "transcripts.tsv").write_bytes(content)
    with pytest.raises(UserError):
        list(read_table(tmp_path / "transcripts.tsv"))


@pytest.mark.parametrize(
    "content",
    [
        'extends = "run"',
        'extends = "other"',
        'extends = "../run"',
        'extends = "/etc/passwd"',
        "extends = 7",
        "extends = [[]]",
        "x = " + "[" * 5000 + "]" * 5000,
        ".".join(["a"] * 5000) + " = 1",
        "[optimisation]\nepochs = " + "9" * 30,
        "[optimisation]\nlearning_rate = nan",
        "[optimisation]\nlearning_rate = 1e300",
        "[model]\nhidden = 1000000000000",
    ],
    ids=lambda content: content[:30],
)
def test_a_malformed_configuration_is_a_one_line_error(tmp_path: Path, content: str) -> None:
    (tmp_path / "run.toml").write_text(content)
    (tmp_path / "other.toml").write_text('extends = "run"')
    with pytest.raises(UserError) as caught:
        read_config(tmp_path / "run.toml")
    assert "\n" not in str(caught.value)


@posix_only
def test_pipes_and_devices_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    for name in ("clip.mp4", "clip.npz", "clip.align"):
        (folder / name).symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.mp4")
    rows = ["clip.mp4\tbin\tclip.align", "clip.npz\tbin\t", "pipe.mp4\tbin\t"]
    (folder / "transcripts.tsv").write_text("path\ttext\talign\n" + "\n".join(rows) + "\n")
    assert data(["check", str(folder)]) == 1
    assert data(["prepare", str(folder), "-o", str(tmp_path / "out"), "--workers", "1"]) == 1
    assert capsys.readouterr().out.count("not a regular file") >= 3
    with pytest.raises(UserError, match="not a regular file"):
        read_config(Path("/dev/zero"))


def png(path: Path, side: int) -> Path:
    """A black image: 30,000 x 30,000 pixels take 0.1 MB in the file and 2.7 GB in memory."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checked = kind + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((1 + (side + 7) // 8) * side))
    image = chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + image)
    return path


def test_an_impossible_name_of_an_alignment_costs_its_clip_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "data"
    (folder / "good").mkdir(parents=True)
    for number in range(5):
        png(folder / f"good/{number}.png", 100)
    rows = f"good\tbin\t{'x' * 400}.align\ngood\tset\t\n"
    (folder / "transcripts.tsv").write_text("path\ttext\talign\n" + rows)
    assert data(["prepare", str(folder), "-o", str(tmp_path / "out"), "--workers", "1"]) == 0
    assert "1 of 2 clips" in capsys.readouterr().out


@posix_only
def test_pictures_that_are_huge_or_pipes_cost_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "data"
    for name in ("huge", "good", "pipe"):
        (folder / name).mkdir(parents=True)
    png(folder / "huge/0.png", 30_000)
    for number in range(5):
        png(folder / f"good/{number}.png", 100)
    os.mkfifo(folder / "pipe/0.png")
    (folder / "transcripts.tsv").write_text("path\ttext\nhuge\tbin\ngood\tset\npipe\tlay\n")
    assert data(["check", str(folder)]) == 1
    assert "not a regular file" in capsys.readouterr().out
    assert data(["prepare", str(folder), "-o", str(tmp_path / "out"), "--workers", "1"]) == 0
    said = capsys.readouterr()
    assert "30000x30000" in said.err
    assert "not a regular file" in said.err
    assert "1 of 3 clips" in said.out


@pytest.mark.parametrize(
    "state",
    [[], {}, {"config": 7}, {"config": {}}, {"config": {}, "model": []}, {"mean": 1, "model": {}}, 3.5],
)
@pytest.mark.parametrize("load", [load_network, load_weights])
def test_an_incomplete_checkpoint_is_a_user_error(
    tmp_path: Path, state: object, load: Callable[[Path], object]
) -> None:
    torch.save(state, tmp_path / "best.pt")
    if load is load_weights and isinstance(state, dict) and isinstance(state.get("model"), dict):
        state.pop("mean")
        return
    with pytest.raises(UserError):
        load(tmp_path)


def test_damaged_keras_weights_are_one_line_errors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_file(tmp_path / "weights.h5", random_layers(Variant()))
    random_bytes = random.Random(3)
    whole = path.read_bytes()
    for number in range(12):
        damaged = bytearray(whole)
        for _ in range(40):
            damaged[random_bytes.randrange(min(len(whole), 20_000))] = random_bytes.randrange(256)
        path.write_bytes(damaged)
        import_weights(["keras", str(path), "-o", str(tmp_path / f"run{number}")])
        assert "Traceback" not in (errors := capsys.readouterr().err)
        assert len(errors.splitlines()) <= 1


def test_a_configuration_that_exceeds_memory_is_a_one_line_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "run.toml").write_text("[model]\nhidden = 999999\n[[data]]\nfolder = 'none'")
    assert train(["--config", str(tmp_path / "run.toml"), "--out", str(tmp_path / "run")]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize("command", ["train", "evaluate", "export", "import_weights", "average", "calibrate"])
def test_without_torch_one_line_says_what_to_install(command: str) -> None:
    """The same interpreter, but torch cannot be found."""
    program = (
        "import sys, importlib.util as u; find = u.find_spec\n"
        "u.find_spec = lambda name, *more: None if name == 'torch' else find(name, *more)\n"
        f"sys.modules['torch'] = None\nimport klipnet_training.commands.{command}"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "pip install 'klipnet-live[train]'" in done.stderr


def test_preparing_stops_soon_after_ctrl_c(tmp_path: Path) -> None:
    """In the middle of a video that takes minutes; the signal is sent only to the command."""
    if sys.platform == "win32":
        pytest.skip("needs signals of POSIX")
    demo = REPOSITORY / "assets" / "demo" / "demo-en.mp4"
    folder = tmp_path / "data"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number}.mp4").symlink_to(demo)
    rows = "".join(f"{number}.mp4\tbin\n" for number in range(40))
    (folder / "transcripts.tsv").write_text("path\ttext\n" + rows)
    command = [sys.executable, "-m", "klipnet_training.commands.data", "prepare", str(folder)]
    with subprocess.Popen(
        [*command, "-o", str(tmp_path / "out"), "--workers", "1"], cwd=REPOSITORY, stderr=subprocess.PIPE
    ) as program:
        time.sleep(5)
        started_s = time.monotonic()
        program.send_signal(2)
        assert program.wait(20) == 130
        assert time.monotonic() - started_s < 2.5
