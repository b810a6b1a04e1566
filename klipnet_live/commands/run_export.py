"""A training run in the place of a model: exported once, by the training's own program, then kept."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from platformdirs import user_cache_path

from klipnet_live import __version__
from klipnet_live.manifest import FILE_NAME, sha256_of
from klipnet_live.plain_text import say
from klipnet_live.types import UserError

CHECKPOINT = "best.pt"

_NEEDED = ("klipnet_training", "torch", "onnx")
"""Found by name alone: the app imports none of them."""


def model_of(name: str | None) -> str | None:
    """The name as it is, or the model folder of the run that it names.

    Where the training is not installed, a run stays what it is. UserError where it cannot be exported.
    """
    if name is None or not is_run(Path(name)) or not can_export():
        return name
    run = Path(name).resolve()
    key = sha256_of(run / CHECKPOINT)[:16]
    folder = user_cache_path("klipnet-live") / "exported" / f"{run.name}-{__version__}-{key}"
    if not (folder / FILE_NAME).is_file():
        say(f"{name} is a training run: exporting it to {folder}", sys.stderr)
        _export(run, folder)
    return str(folder)


def is_run(folder: Path) -> bool:
    """Whether a training wrote this folder, and nobody made a model of it in place."""
    return (folder / CHECKPOINT).is_file() and not (folder / FILE_NAME).is_file()


def can_export() -> bool:
    """Whether the extra `train` is installed."""
    return all(importlib.util.find_spec(name) is not None for name in _NEEDED)


def _export(run: Path, folder: Path) -> None:
    """Write the model folder whole or not at all."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent) as temporary:
        fresh = Path(temporary) / folder.name
        command = [
            sys.executable,
            "-m",
            "klipnet_training.commands.export",
            "onnx",
            str(run),
            "-o",
            str(fresh),
        ]
        # A library that it uses may still write as the system does.
        done = subprocess.run(
            command, env=os.environ | {"PYTHONUTF8": "1"}, capture_output=True, text=True,
            encoding="utf-8", errors="replace", check=False,
        )  # fmt: skip
        if done.returncode:
            told = (done.stderr.strip() or "no reason given").splitlines()[-1]
            raise UserError(
                "{run} cannot be exported: {reason}",
                run=run,
                reason=told.removeprefix("klipnet-export: "),
            )
        fresh.replace(folder)
