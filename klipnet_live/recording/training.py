"""Runs the training in a child process and follows its progress. The app imports no training code."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, Literal

from klipnet_live.assets import is_frozen
from klipnet_live.atomic_file import make_private_folder
from klipnet_live.errors import Problem, as_user_error, file_errors_as_user_errors
from klipnet_live.models import user_models
from klipnet_live.types import UserError

Stage = Literal["starting", "preparing", "training", "comparing", "done", "stopped", "failed"]

_STAGES: tuple[Stage, ...] = ("starting", "preparing", "training", "comparing")

_NEEDED = ("klipnet_training", "torch", "onnx", "tensorboard", "jiwer")
_MODULE = "klipnet_training.commands.adapt"

_GRACE_S = 15.0
"""Time for the current training step to finish after a request to stop; then the process is killed."""

_STEPS_TO_ESTIMATE = 5


@dataclass(frozen=True, slots=True)
class TrainingTask:
    """What to train on, in which work folder, and the name of the new model.

    `recordings`: a folder of recorded sentences, or of prepared clips. `changes`: as `klipnet-train --set`.
    `rival`: counts the held-out clips that are recognised without any training.
    """

    recordings: Path
    work: Path
    name: str
    changes: tuple[str, ...] = ()
    rival: Callable[[], int] | None = None


@dataclass(frozen=True, slots=True)
class ComparedSentence:
    """A held-out sentence, and what is read in it with the model before and after the training."""

    truth: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class TrainingResult:
    """`before`, `after`: correct words out of `words`; `rival`: correct clips, see TrainingTask."""

    model: Path
    words: int
    before: int
    after: int
    readings: tuple[ComparedSentence, ...]
    rival: int | None = None

    @property
    def whole(self) -> int:
        """Number of clips that the new model reads without an error."""
        return sum(reading.after == reading.truth for reading in self.readings)

    @property
    def is_better(self) -> bool:
        """Whether the new model is better than what is in use."""
        return self.after > self.before and (self.rival is None or self.whole > self.rival)


@dataclass(frozen=True, slots=True)
class TrainingState:
    """`done` of `total` steps of a stage; `seconds_left`: estimate, None until there is one."""

    stage: Stage = "starting"
    done: int = 0
    total: int = 0
    seconds_left: float | None = None
    result: TrainingResult | None = None
    problem: UserError | None = None

    @property
    def running(self) -> bool:
        return self.stage in _STAGES


def is_installed() -> bool:
    """Whether training is possible here. Packages installed since the start of the app are found."""
    importlib.invalidate_caches()
    return not is_frozen() and all(importlib.util.find_spec(name) is not None for name in _NEEDED)


def install_command() -> str:
    """The command that installs the training requirements into this Python."""
    return subprocess.list2cmdline([sys.executable, "-m", "pip", "install", "klipnet-live[train]"])


class TrainingOutput:
    """Converts the output of the training process to states. Pure; `now_s`: the caller's clock."""

    def __init__(self) -> None:
        self.state = TrainingState()
        self._began: tuple[int, float] | None = None

    def feed(self, line: str, now_s: float) -> None:
        """Process a line of output; unknown lines are ignored."""
        try:
            message = json.loads(line)
        except ValueError:
            return
        if not isinstance(message, dict):
            return
        if message.get("stage") in _STAGES:
            self._feed_step(message["stage"], int(message["done"]), int(message["total"]), now_s)
        elif "model" in message:
            self.state = TrainingState("done", result=_result(message))
        elif "problem" in message:
            problem = Problem(message["problem"], message.get("values", {}))
            self.state = TrainingState("failed", problem=problem.error())

    def _feed_step(self, stage: Stage, done: int, total: int, now_s: float) -> None:
        if stage != self.state.stage or self._began is None:
            # A resumed run does not start at step 0.
            self._began = done, now_s
        steps, began_s = done - self._began[0], self._began[1]
        left = (total - done) * (now_s - began_s) / steps if steps >= _STEPS_TO_ESTIMATE else None
        self.state = TrainingState(stage, done, total, left if stage == "training" else None)


def _result(message: dict[str, Any]) -> TrainingResult:
    readings = tuple(ComparedSentence(**reading) for reading in message["readings"])
    words, before, after = message["words"], message["before"], message["after"]
    return TrainingResult(Path(message["model"]), words, before, after, readings)


class TrainingRun:
    """A training process. Only `join` blocks. The process ends when the program that started it ends."""

    def __init__(self, task: TrainingTask) -> None:
        self._task = task
        self._state = TrainingState()
        self._process: subprocess.Popen[str] | None = None
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="training", daemon=True)

    @property
    def task(self) -> TrainingTask:
        return self._task

    @property
    def state(self) -> TrainingState:
        return self._state

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ask the process to stop. Its progress is kept; the same task resumes from there."""
        self._stopped.set()
        if self._process is not None and self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()
            killer = threading.Timer(_GRACE_S, self._process.kill)
            killer.daemon = True
            killer.start()

    def join(self, timeout_s: float) -> bool:
        """Wait for the process to end. After the timeout kill it and return False."""
        self._thread.join(timeout_s)
        if self._thread.is_alive() and self._process is not None:
            self._process.kill()
            return False
        return True

    def _run(self) -> None:
        try:
            with file_errors_as_user_errors(self._task.work):
                make_private_folder(self._task.work)
                with (self._task.work / "training.log").open("w", encoding="utf-8") as log:
                    self._watch(log)
        except Exception as error:
            self._state = TrainingState("failed", problem=as_user_error(error))

    def _watch(self, log: IO[str]) -> None:
        process = self._process = _started(self._task, log)
        if self._stopped.is_set():
            self.stop()
        progress = TrainingOutput()
        # Closes the pipes and waits for the process.
        with process:
            assert process.stdout is not None
            for line in process.stdout:
                progress.feed(line, time.monotonic())
                if progress.state.running:
                    self._state = progress.state
        self._state = self._last(progress.state)

    def _last(self, state: TrainingState) -> TrainingState:
        if state.result is not None and self._task.rival is not None:
            return replace(state, result=replace(state.result, rival=self._task.rival()))
        if not state.running:
            return state
        if self._stopped.is_set():
            return TrainingState("stopped")
        unexpected = UserError(
            "Training ended unexpectedly, perhaps for lack of memory. Close other programs and "
            "train again: it continues where it stopped. For details see {path}.",
            path=self._task.work / "training.log",
        )
        return TrainingState("failed", problem=unexpected)


def _started(task: TrainingTask, log: IO[str]) -> subprocess.Popen[str]:
    changes = [part for change in task.changes for part in ("--set", change)]
    where = [str(task.recordings), "-o", str(task.work), "--name", task.name]
    return subprocess.Popen(
        [sys.executable, "-m", _MODULE, *where, "--jsonl", *changes],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
        encoding="utf-8",
        errors="replace",
        creationflags=_WITHOUT_CONSOLE,
    )


_WITHOUT_CONSOLE = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(
    subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0
)


def adopt(model: Path) -> str:
    """Copy a model to the user's models, replacing one of the same name; returns the name.

    Raises UserError.
    """
    target = user_models() / model.name
    with file_errors_as_user_errors(target):
        make_private_folder(target.parent)
        with TemporaryDirectory(dir=target.parent, prefix=".", ignore_cleanup_errors=True) as temporary:
            fresh, old = Path(temporary, "new"), Path(temporary, "old")
            shutil.copytree(model, fresh)
            if target.exists():
                os.replace(target, old)
            try:
                os.replace(fresh, target)
            except OSError:
                if old.exists():
                    os.replace(old, target)
                raise
    return target.name
