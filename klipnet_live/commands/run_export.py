"""Uses a training run as a model: it is exported once with the training tools, then cached."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from platformdirs import user_cache_path

from klipnet_live import __version__
from klipnet_live.manifest import FILE_NAME, sha256_of
from klipnet_live.plain_text import say
from klipnet_live.recording.training import is_installed
from klipnet_live.types import UserError

CHECKPOINT = "best.pt"


def model_of(name: str | None) -> str | None:
    """The model name, with a training run replaced by its exported model folder.

    Without the training packages a run is returned unchanged. UserError if the export fails.
    """
    if name is None or not is_run(Path(name)) or not is_installed():
        return name
    run = Path(name).resolve()
    key = sha256_of(run / CHECKPOINT)[:16]
    folder = user_cache_path("klipnet-live") / "exported" / f"{run.name}-{__version__}-{key}"
    if not (folder / FILE_NAME).is_file():
        say(f"{name} is a training run: exporting it to {folder}", sys.stderr)
        _export(run, folder)
    return str(folder)


def is_run(folder: Path) -> bool:
    """Whether the folder is a training run without an exported model."""
    return (folder / CHECKPOINT).is_file() and not (folder / FILE_NAME).is_file()


def _export(run: Path, folder: Path) -> None:
    """Export the model folder atomically."""
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
        # Libraries of the child process may still use the system's encoding.
        done = subprocess.run(
            command, env=os.environ | {"PYTHONUTF8": "1"}, capture_output=True, text=True,
            encoding="utf-8", errors="replace", check=False,
        )  # fmt: skip
        if done.returncode:
            reason = (done.stderr.strip() or "no reason given").splitlines()[-1]
            raise UserError(
                "Cannot export {run}: {reason}",
                run=run,
                reason=reason.removeprefix("klipnet-export: "),
            )
        fresh.replace(folder)
