"""Training in a process of its own, and how far it has come. The app imports nothing of the training."""

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
from typing import IO, Any, Literal

from klipnet_live.atomic_file import make_private_folder
from klipnet_live.errors import as_user_error, file_errors_as_user_errors
from klipnet_live.models import user_models
from klipnet_live.types import UserError

Stage = Literal["starting", "preparing", "training", "comparing", "done", "stopped", "failed"]

_STAGES: tuple[Stage, ...] = ("starting", "preparing", "training", "comparing")

_NEEDED = ("klipnet_training", "torch", "onnx", "tensorboard", "jiwer")
_MODULE = "klipnet_training.commands.adapt"

LEAST_SENTENCES = 10
"""Fewer leave too little to learn from, and too little to compare."""

_GRACE_S = 15.0
"""Between two steps of the training it heeds a wish to stop; a process that does not is ended."""

_STEPS_TO_ESTIMATE = 5


@dataclass(frozen=True, slots=True)
class TrainingTask:
    """What is learnt from, where it is worked on, and what the model is called.

    `recordings`: a folder of spoken sentences, or of prepared clips. `changes`: as `klipnet-train --set`.
    `rival`: how many of the kept-out clips are read right without any training.
    """

    recordings: Path
    work: Path
    name: str
    changes: tuple[str, ...] = ()
    rival: Callable[[], int] | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence that took no part in the training, and what is read in it before and after."""

    truth: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class TrainingResult:
    """`before`, `after`: words that are right of `words`; `rival`: whole clips, see TrainingTask."""

    model: Path
    words: int
    before: int
    after: int
    readings: tuple[Reading, ...]
    rival: int | None = None

    @property
    def whole(self) -> int:
        """Clips that the new model reads without any mistake."""
        return sum(reading.after == reading.truth for reading in self.readings)

    @property
    def is_better(self) -> bool:
        """Than what is used today."""
        return self.after > self.before and (self.rival is None or self.whole > self.rival)


@dataclass(frozen=True, slots=True)
class TrainingState:
    """`done` of `total` steps of a stage; `seconds_left` once they can be estimated."""

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
    """Whether this computer can train; packages that were installed meanwhile are found."""
    importlib.invalidate_caches()
    return not is_frozen() and all(importlib.util.find_spec(name) is not None for name in _NEEDED)


def is_frozen() -> bool:
    """A packaged app has no Python that could train."""
    return bool(getattr(sys, "frozen", False))


def install_command() -> str:
    """The one command that installs what training needs into this Python."""
    return subprocess.list2cmdline([sys.executable, "-m", "pip", "install", "klipnet-live[train]"])


class Progress:
    """Lines of the training process in, states out. Pure; `now_s` is the reader's clock."""

    def __init__(self) -> None:
        self.state = TrainingState()
        self._began: tuple[int, float] | None = None

    def hear(self, line: str, now_s: float) -> None:
        """A line that is not understood changes nothing."""
        try:
            told = json.loads(line)
        except ValueError:
            return
        if not isinstance(told, dict):
            return
        if told.get("stage") in _STAGES:
            self._hear_step(told["stage"], int(told["done"]), int(told["total"]), now_s)
        elif "model" in told:
            self.state = TrainingState("done", result=_result(told))
        elif "problem" in told:
            problem = UserError(told["problem"], **told.get("values", {}))
            self.state = TrainingState("failed", problem=problem)

    def _hear_step(self, stage: Stage, done: int, total: int, now_s: float) -> None:
        if stage != self.state.stage or self._began is None:
            # A run that goes on begins in its middle.
            self._began = done, now_s
        steps, began_s = done - self._began[0], self._began[1]
        left = (total - done) * (now_s - began_s) / steps if steps >= _STEPS_TO_ESTIMATE else None
        self.state = TrainingState(stage, done, total, left if stage == "training" else None)


def _result(told: dict[str, Any]) -> TrainingResult:
    readings = tuple(Reading(**reading) for reading in told["readings"])
    return TrainingResult(Path(told["model"]), told["words"], told["before"], told["after"], readings)


class TrainingRun:
    """One process that trains. No call waits but `join`. It ends with the program that started it."""

    def __init__(self, task: TrainingTask) -> None:
        self._task = task
        self._progress = Progress()
        self._process: subprocess.Popen[str] | None = None
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="training", daemon=True)

    @property
    def task(self) -> TrainingTask:
        return self._task

    @property
    def state(self) -> TrainingState:
        return self._progress.state

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ask it to end; what is trained so far is kept, and the same task goes on from there."""
        self._stopped.set()
        if self._process is not None and self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()
            killer = threading.Timer(_GRACE_S, self._process.kill)
            killer.daemon = True
            killer.start()

    def join(self, timeout_s: float) -> bool:
        """Wait until it has ended; false, and then it is ended at once, if that took longer."""
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
            self._progress.state = TrainingState("failed", problem=as_user_error(error))

    def _watch(self, log: IO[str]) -> None:
        process = self._process = _started(self._task, log)
        if self._stopped.is_set():
            self.stop()
        ended = Progress()
        # Its pipes are closed and its end is waited for.
        with process:
            assert process.stdout is not None
            for line in process.stdout:
                ended.hear(line, time.monotonic())
                if ended.state.running:
                    self._progress.state = ended.state
        self._progress.state = self._last(ended.state)

    def _last(self, state: TrainingState) -> TrainingState:
        if state.result is not None and self._task.rival is not None:
            return replace(state, result=replace(state.result, rival=self._task.rival()))
        if not state.running:
            return state
        if self._stopped.is_set():
            return TrainingState("stopped")
        unexpected = UserError(
            "The training ended unexpectedly, perhaps for lack of memory: close other programs and train "
            "again; it goes on from where it was. {path} says more.",
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
    """Copy a model to those of the user, where one of its name is replaced; its name. Errors: UserError."""
    target = user_models() / model.name
    fresh, old = (target.with_name(f".{model.name}.{kind}") for kind in ("new", "old"))
    with file_errors_as_user_errors(target):
        make_private_folder(target.parent)
        for folder in (fresh, old):
            shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(model, fresh)
        if target.exists():
            os.replace(target, old)
        os.replace(fresh, target)
        shutil.rmtree(old, ignore_errors=True)
    return target.name
